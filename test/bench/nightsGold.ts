/** What the annotators said about the messages a memory came from, for judging rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Memory } from '../../src/core/memory.ts';

const messageSchema = z.object({ repo: z.string(), session: z.string(), i: z.number(), text: z.string() });
const annotationSchema = z.object({ durable: z.boolean(), label: z.string() });
const memberSchema = z.object({ session: z.string(), i: z.number() });
const clusterSchema = z.object({
  id: z.string(),
  repo: z.string(),
  messages: z.array(memberSchema),
});

export interface GoldMessage {
  readonly label: string;
  readonly durable: boolean;
  /** What asks for the same thing carries the same name; absent where nothing else does. */
  readonly clusters: readonly string[];
}

export interface Gold {
  /** The annotated message behind an episode; undefined where it has no row. */
  of(episode: Memory): GoldMessage | undefined;
  /** The annotated message of a conversation. */
  ofMessage(session: string, text: string): GoldMessage | undefined;
}

const rows = <T>(file: string, schema: z.ZodType<T>): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)));

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
/** So much of the beginning tells two messages of one conversation apart. */
const tellingLength = 48;

const sessionOf = (name: string) =>
  name
    .replace(/^specstory__history__/, '')
    .replace(/^.*\//, '')
    .replace(/\.(md|markdown|jsonl)$/, '');

/** Reads `messages.jsonl`, `annotations.jsonl` and `clusters.jsonl` of `directory`. */
export function readGold(directory: string): Gold {
  const messages = rows(join(directory, 'messages.jsonl'), messageSchema);
  const annotations = rows(join(directory, 'annotations.jsonl'), annotationSchema);
  const clustersAt = new Map<string, string[]>();
  for (const cluster of rows(join(directory, 'clusters.jsonl'), clusterSchema)) {
    /* What repeats but belongs to one task only (`…-N1`) must not become a rule, so none is missed. */
    if (/-N\d+$/.test(cluster.id)) continue;
    for (const { session, i } of cluster.messages) {
      const key = `${sessionOf(session)}#${i}`;
      clustersAt.set(key, [...(clustersAt.get(key) ?? []), cluster.id]);
    }
  }
  const bySession = new Map<string, { readonly words: string; readonly gold: GoldMessage }[]>();
  for (const [at, message] of messages.entries()) {
    const session = sessionOf(message.session);
    const gold = {
      label: annotations[at]?.label ?? '',
      durable: annotations[at]?.durable === true,
      clusters: clustersAt.get(`${session}#${message.i}`) ?? [],
    };
    const list = bySession.get(session) ?? [];
    bySession.set(session, list);
    list.push({ words: plain(message.text), gold });
  }
  const find = (session: string, text: string) => {
    const words = plain(text).slice(0, tellingLength);
    if (words === '') return undefined;
    const list = bySession.get(sessionOf(session)) ?? [];
    return (list.find((one) => one.words === plain(text)) ?? list.find((one) => one.words.includes(words)))
      ?.gold;
  };
  return { of: (episode) => find(episode.source.session ?? '', episode.text), ofMessage: find };
}
