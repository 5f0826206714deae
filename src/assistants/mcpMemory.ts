/** What the MCP tools ask of the memory, over an open database and the places the client works in. */

import type { Database } from '../core/database.ts';
import { readHookFacts } from '../core/injection/hookFacts.ts';
import { rulesInForce } from '../core/injection/inForce.ts';
import { lineOf } from '../core/injection/wording.ts';
import { type Memory, type MemoryId, type ProjectId, projectOf } from '../core/memory.ts';
import type { Clock, FileBlob } from '../core/ports.ts';
import { createRecall, type RecallResult } from '../core/recall/recall.ts';
import type { Place } from './mcpScope.ts';

/** What a list of rules may cost, in tokens: it stays in the conversation. */
const mostRuleTokens = 2_000;

export interface Found {
  readonly results: readonly RecallResult[];
  readonly tokens: number;
}

/** The best of each place in turn: scores are comparable only within one place. No memory twice. */
export async function recallAt(
  database: Database,
  clock: Clock,
  places: readonly Place[],
  request: { readonly query: string; readonly k: number },
): Promise<Found> {
  const { recall } = createRecall({ memories: database.memories, clock });
  const answers = [];
  for (const { project, path } of places) {
    const { results } = await recall({
      text: request.query,
      project,
      k: request.k,
      reinforce: database.writable === true,
      ...(path === undefined ? {} : { path }),
    });
    answers.push(results);
  }
  const found = new Map<MemoryId, RecallResult>();
  for (let rank = 0; rank < request.k; rank += 1) {
    for (const results of answers) {
      const result = results[rank];
      if (result !== undefined && found.size < request.k && !found.has(result.memory.id))
        found.set(result.memory.id, result);
    }
  }
  const results = [...found.values()];
  return { results, tokens: results.reduce((sum, { memory }) => sum + memory.tokens, 0) };
}

export interface RulesInForce {
  readonly rules: readonly Memory[];
  /** Left out for the sake of length. */
  readonly more: number;
}

/** What is in force in all of the places, as far as a conversation has room for it. */
export async function rulesAt(
  database: Database,
  clock: Clock,
  places: readonly Place[],
  fileBlob?: FileBlob,
): Promise<RulesInForce> {
  const found = new Map<MemoryId, Memory>();
  for (const place of places) {
    for (const memory of await rulesInForce(database.memories, place, clock.now(), fileBlob))
      found.set(memory.id, memory);
  }
  const rules: Memory[] = [];
  let tokens = 0;
  for (const memory of found.values()) {
    tokens += lineOf(memory).tokens;
    if (tokens > mostRuleTokens) break;
    rules.push(memory);
  }
  return { rules, more: found.size - rules.length };
}

/** A memory by its identity, if it belongs to the user or to one of the projects. */
export async function memoryHere(
  database: Database,
  projects: readonly ProjectId[],
  id: string,
): Promise<Memory | undefined> {
  const memory = await database.memories.get(id as MemoryId);
  if (memory === undefined) return undefined;
  const project = projectOf(memory);
  return project === undefined || projects.includes(project) ? memory : undefined;
}

/** Why nothing is told and nothing kept now; undefined when Reverie is awake. */
export async function silenceOf(database: Database, privateSession: boolean): Promise<string | undefined> {
  if (privateSession) return 'This is a private session: Reverie tells nothing and keeps nothing.';
  const { paused } = await readHookFacts(database);
  return paused
    ? 'Reverie is paused: it tells nothing and keeps nothing until its user resumes it (command “Reverie: Resume”).'
    : undefined;
}
