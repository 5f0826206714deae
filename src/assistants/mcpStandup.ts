/** The prompt `reverie-standup`: what was learnt here lately, what waits for the user, what to look out for today. */

import type { Database } from '../core/database.ts';
import { fenced, lineOf } from '../core/injection/wording.ts';
import { dayMs, type Memory, type MemoryId, type ProjectId, projectOf, toldWords } from '../core/memory.ts';
import type { Clock, MemoryFilter } from '../core/ports.ts';

/** Days that count as lately, and how many memories of a section are shown. */
const lately = { days: 3, most: 12 } as const;

const request =
  'Give me a short stand-up from my memory below: what I corrected or decided lately, which rules are new, which proposed rules wait for my verdict, and what to look out for today. At most ten lines; cite ids; add nothing that is not there.';

async function here(
  database: Database,
  projects: readonly ProjectId[],
  filter: MemoryFilter,
): Promise<readonly Memory[]> {
  const found = new Map<MemoryId, Memory>();
  for (const project of projects.length === 0 ? [undefined] : projects) {
    const memories = await database.memories.list({
      ...filter,
      ...(project === undefined ? {} : { project }),
    });
    for (const memory of memories) {
      const owner = projectOf(memory);
      if (owner === undefined || owner === project) found.set(memory.id, memory);
    }
  }
  return [...found.values()].slice(0, lately.most);
}

/** The text of the prompt. */
export async function standup(
  database: Database,
  clock: Clock,
  projects: readonly ProjectId[],
): Promise<string> {
  const since = clock.now() - lately.days * dayMs;
  const lasting = ['rule', 'skill', 'insight'] as const;
  const sections = [
    ['Corrected and decided lately', { kinds: ['episode'], statuses: ['active'], since, limit: 100 }],
    ['New in force', { kinds: lasting, statuses: ['active'], since, limit: 100 }],
    ['Waiting for a verdict', { kinds: lasting, statuses: ['proposed'], limit: 100 }],
    ['In force', { kinds: lasting, statuses: ['active'], order: 'strongest', limit: 100 }],
  ] as const satisfies readonly (readonly [string, MemoryFilter])[];
  const lines = [];
  const shown = new Set<MemoryId>();
  for (const [title, filter] of sections) {
    const memories = (await here(database, projects, filter)).filter(
      (memory) => !shown.has(memory.id) && toldWords(memory) !== '',
    );
    for (const { id } of memories) shown.add(id);
    if (memories.length > 0)
      lines.push({ text: `${title}:`, tokens: 0 }, ...memories.map((memory) => lineOf(memory)));
  }
  return lines.length === 0
    ? 'Tell me that Reverie remembers nothing about this project yet, and that importing past conversations or a few days of work will change that.'
    : `${request}\n\n${fenced(lines, 'full').context}`;
}
