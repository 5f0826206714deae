/**
 * Prevention with perfect learning: each durable lesson is a well-worded rule on the next day, and what asks for the
 * same is one rule. So what is measured is injection alone: choosing 600 tokens at the start of a session and 200
 * with a prompt.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { createInjection } from '../../src/core/injection/compose.ts';
import type { Memory, MemoryId } from '../../src/core/memory.ts';
import { confidenceOf } from '../../src/core/sleep/crystallization/crystalLesson.ts';
import { buildMemory, memoryId, project, silentLog, testIds } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

/** Measures over `messages.jsonl`, `annotations.jsonl` and `clusters.jsonl` of `data`; answers lines to print. */
export async function idealPrevention(data: string): Promise<string> {
  const lines = <T>(file: string): T[] =>
    readFileSync(join(data, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): T => JSON.parse(line));

  interface Message {
    readonly repo: string;
    readonly session: string;
    readonly i: number;
    readonly ts: string;
    readonly text: string;
  }
  interface Annotation {
    readonly label: string;
    readonly durable: boolean;
    readonly standing: boolean;
    readonly statement: string | null;
    readonly wrong: string | null;
    readonly right: string | null;
  }
  interface Cluster {
    readonly id: string;
    readonly messages: readonly { readonly session: string; readonly i: number }[];
  }

  /** How often each rule's lesson was said before its day. */
  const timesSaid = new Map<MemoryId, number>();
  const keyOf = ({ session, i }: { readonly session: string; readonly i: number }) => `${session}#${i}`;
  const clusterOf = new Map<string, string>();
  for (const cluster of lines<Cluster>('clusters.jsonl')) {
    for (const message of cluster.messages) clusterOf.set(keyOf(message), cluster.id);
  }
  const annotations = lines<Annotation>('annotations.jsonl');
  const timeOf = ({ session, ts }: Message) =>
    /\d{4}-\d\d-\d\d_\d\d-\d\d/.exec(session)?.[0] ?? ts.slice(0, 16).replace('T', '_').replace(':', '-');
  const timeline = lines<Message>('messages.jsonl')
    .flatMap((message, index) => {
      const annotation = annotations[index];
      return annotation === undefined ? [] : [{ message, annotation, at: timeOf(message), index }];
    })
    .sort((one, other) => one.at.localeCompare(other.at) || one.index - other.index);
  type Moment = (typeof timeline)[number];

  const dayOf = (at: string) => at.slice(0, 10);
  /** The same lesson in the annotator's own words, or by cluster. */
  const lessonOf = ({ message, annotation }: Moment) =>
    clusterOf.get(keyOf(message)) ?? `${message.repo}: ${annotation.statement}`;

  /** Rules known on the morning of `day`; `balanced` keeps those a user would not have been asked about. */
  function rulesBefore(day: string, repo: string, balanced: boolean): Memory[] {
    const lessons = new Map<string, Moment[]>();
    for (const moment of timeline) {
      const { message, annotation, at } = moment;
      if (dayOf(at) >= day || message.repo !== repo || !annotation.durable || annotation.statement === null)
        continue;
      lessons.set(lessonOf(moment), [...(lessons.get(lessonOf(moment)) ?? []), moment]);
    }
    return [...lessons].flatMap(([lesson, moments]) => {
      const [first] = moments;
      const last = moments.at(-1);
      if (first === undefined || last === undefined) return [];
      const standing = moments.some(({ annotation }) => annotation.standing);
      const sessions = new Set(moments.map(({ message }) => message.session)).size;
      if (balanced && !standing && sessions < 3) return [];
      const { statement, wrong, right } = last.annotation;
      const text = statement ?? '';
      const id = memoryId(`r_${testIds.derive('', lesson).slice(1, 13)}`);
      timesSaid.set(id, moments.length);
      return [
        buildMemory({
          id,
          text,
          lesson: {
            statement: text,
            ...(wrong === null ? {} : { wrong }),
            ...(right === null ? {} : { right }),
          },
          scope: { level: 'project', project: project(repo) },
          standing,
          topic: lesson,
          strength: Math.min(1, 0.8 + 0.05 * sessions),
          confidence: confidenceOf({ sessions, standing }),
          createdAt: Date.parse(dayOf(first.at)),
          lastAccessedAt: Date.parse(dayOf(last.at)),
          tokens: countTokens(text),
        }),
      ].map((memory) => ({ ...memory, topic: '', tags: [lesson] }));
    });
  }

  async function replay(balanced: boolean): Promise<string> {
    let repeats = 0;
    let prevented = 0;
    let quiet = 0;
    let noisy = 0;
    let atStart = 0;
    let known = 0;
    const sessions = new Map<string, Moment[]>();
    for (const moment of timeline) {
      sessions.set(moment.message.session, [...(sessions.get(moment.message.session) ?? []), moment]);
    }
    const rulesOfDay = new Map<string, readonly Memory[]>();
    for (const [session, moments] of sessions) {
      const [first] = moments;
      if (first === undefined) continue;
      const { repo } = first.message;
      const day = dayOf(first.at);
      const key = `${day} ${repo}`;
      const rules = rulesOfDay.get(key) ?? rulesBefore(day, repo, balanced);
      rulesOfDay.set(key, rules);
      const lessonById = new Map(rules.map((rule) => [rule.id, rule.tags[0] ?? '']));
      const untagged = rules.map((rule) => ({ ...rule, tags: [] }));
      const store = createNaiveStore(untagged, { moments: timesSaid });
      const injection = createInjection({
        memories: store.memories as never,
        receipts: store.receipts,
        clock: { now: () => Date.parse(day) },
        ids: testIds,
        log: silentLog,
      });
      const scope = project(repo);
      const told = new Set<string>();
      const hear = (ids: readonly MemoryId[]) => {
        for (const id of ids) told.add(lessonById.get(id) ?? '');
      };
      hear(
        (await injection.compose({ event: 'SessionStart', project: scope, session, leaveReceipt: true }))
          .rules,
      );
      const started = new Set(told);
      for (const moment of moments) {
        const lesson = lessonOf(moment);
        const isRepeat = moment.annotation.durable && [...lessonById.values()].includes(lesson);
        const couldKnow =
          moment.annotation.durable &&
          timeline.some(
            (earlier) =>
              earlier.annotation.durable && dayOf(earlier.at) < day && lessonOf(earlier) === lesson,
          );
        if (couldKnow) {
          repeats += 1;
          if (isRepeat) known += 1;
          if (told.has(lesson)) prevented += 1;
          if (started.has(lesson)) atStart += 1;
        }
        const { rules: ids } = await injection.compose({
          event: 'UserPromptSubmit',
          prompt: moment.message.text,
          project: scope,
          session,
          leaveReceipt: true,
        });
        if (moment.annotation.label === 'neither') {
          quiet += 1;
          if (ids.length > 0) noisy += 1;
        }
        hear(ids);
      }
    }
    const share = (part: number, whole: number) =>
      `${(part / Math.max(1, whole)).toFixed(3)} (${part}/${whole})`;
    return [
      `${balanced ? 'balanced approval' : 'every lesson a rule'}`,
      `  a rule existed  ${share(known, repeats)}`,
      `  prevented       ${share(prevented, repeats)}`,
      `  … at start      ${share(atStart, repeats)}`,
      `  noise           ${share(noisy, quiet)}`,
    ].join('\n');
  }

  return [await replay(false), await replay(true)].join('\n');
}
