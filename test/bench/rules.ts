/**
 * What a first night makes of real messages: its rules (beside the team's own, where known) and the
 * words its lessons can be asked for in.
 *
 *   rules.mjs --data DIR [--all] [--capture]
 *
 * For each cluster: the team's rule, the rule of the night that most of its messages stand behind, and what would be told
 * of them if they were found together. With `--capture` the messages are read as the product reads them.
 */

import { isLesson, type Memory, type MemoryId } from '../../src/core/memory.ts';
import { clustersOf } from '../../src/core/sleep/crystallization/clusters.ts';
import { wordingSteps } from '../../src/core/sleep/crystallization/ruleWording.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { dream } from '../../src/core/sleep/dream.ts';
import { applyChanges } from '../../src/core/sleep/night/snapshot.ts';
import type { SleepSnapshot } from '../../src/core/sleep/phase.ts';
import { allSteps } from '../../src/core/steps.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';
import { testIds } from '../support/builders.ts';
import { firstNight, nightContext, readSamples } from './samples.ts';

const flag = (name: string) => process.argv.includes(name);
const option = (name: string) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

/** The rule of the night behind which most members of a cluster stand: a third of those behind it, or two. */
function nightsRule(
  { memories, evidence }: SleepSnapshot,
  isMember: (episode: MemoryId) => boolean,
): { readonly rule: Memory; readonly times: number } | undefined {
  const rules = memories
    .filter(isLesson)
    .map((rule) => {
      const behind = evidence.filter(({ memory }) => memory === rule.id);
      return { rule, times: behind.filter(({ episode }) => isMember(episode)).length, all: behind.length };
    })
    .filter(({ times, all }) => times > 0 && (times >= 2 || times * 3 >= all));
  return rules.sort((a, b) => b.times - a.times || b.times / b.all - a.times / a.all)[0];
}

async function main(): Promise<void> {
  const directory = option('--data');
  if (directory === undefined) throw new Error('Give the folder of the material: --data DIR');
  const { samples, clusters } = readSamples(directory);
  const start = firstNight(samples);
  const context = nightContext(start);

  const first = await crystallization.run(start, context);
  const after = applyChanges(start, first.changes);
  const again = await crystallization.run(after, context);

  const gold = createCorpus(start.memories);
  const keys = new Map<string, string>(samples.map(({ key, memory }) => [memory.id, key]));
  for (const cluster of clusters) {
    const members = new Set(cluster.messages.map((m) => `${cluster.repo} ${m.session} ${m.i}`));
    const positions = samples.flatMap(({ key }, at) => (members.has(key) ? [at] : []));
    const wording = allSteps(wordingSteps(gold, positions));
    const found = nightsRule(after, (episode) => members.has(keys.get(episode) ?? ''));
    console.log(
      `${cluster.id.padEnd(11)} team:  ${cluster.gist}\n${''.padEnd(11)} night: ${found === undefined ? '–' : `${found.rule.text} (${found.rule.status}, ${found.times} of ${positions.length} that were kept)`}\n${''.padEnd(11)} told as one: ${wording?.statement ?? '–'}${wording?.why ? ` — ${wording.why}` : ''}`,
    );
  }
  console.log(
    `\n${first.report.detail} A second time: ${again.changes.length} changes.`,
    first.report.measures,
  );
  const goldOf = new Map<string, string[]>();
  for (const cluster of clusters)
    for (const m of cluster.messages) {
      const key = `${cluster.repo} ${m.session} ${m.i}`;
      goldOf.set(key, [...(goldOf.get(key) ?? []), cluster.id.split('-').at(-1) ?? cluster.id]);
    }
  const byId = new Map(samples.map((sample) => [sample.memory.id, sample]));
  for (const rule of after.memories.filter((memory) => memory.kind === 'rule' || memory.kind === 'skill')) {
    const behind = after.evidence
      .filter(({ memory }) => memory === rule.id)
      .map(({ episode }) => byId.get(episode));
    const project = rule.scope.level === 'user' ? 'user' : rule.scope.project.split('/').pop();
    console.log(
      `\n[${project} ${rule.status} ${rule.confidence.toFixed(2)}] ${rule.text}${rule.lesson.why ? ` — ${rule.lesson.why}` : ''}`,
    );
    for (const sample of behind.slice(0, flag('--all') ? 100 : 6)) {
      if (sample !== undefined)
        console.log(
          `     ${(goldOf.get(sample.key) ?? ['·']).join('/').padEnd(4)} ${sample.memory.text.slice(0, 110).replace(/\n/g, ' / ')}`,
        );
    }
    if (behind.length > 6 && !flag('--all')) console.log(`     … ${behind.length} in all`);
  }

  const night = await dream.run(after, context);
  const morning = applyChanges(after, night.changes);
  console.log();
  for (const rule of morning.memories.filter((memory: Memory) => memory.kind === 'rule').slice(0, 6))
    console.log(`  cues of “${rule.text.slice(0, 60)}”: ${rule.cues.join(' | ')}`);

  if (flag('--scale'))
    for (const size of (option('--scale') ?? '10000').split(',').map(Number)) {
      const many = Array.from({ length: size }, (_, at) => {
        const sample = samples[at % samples.length];
        if (sample === undefined) throw new Error('no samples');
        const noise = `${(at * 7919).toString(36)} ${(Math.imul(at, 2654435761) >>> 0).toString(36)}`;
        return {
          ...sample.memory,
          id: testIds.derive('e', String(at)) as Memory['id'],
          text: `${sample.memory.text.slice(0, 200)} ${noise}`,
          source: { ...sample.memory.source, session: `${sample.memory.source.session}${at}` },
        };
      });
      const began = performance.now();
      const corpus = createCorpus(many);
      const read = performance.now();
      const groups = await clustersOf(corpus);
      const grouped = performance.now();
      console.log(
        `${size}: read ${Math.round(read - began)} ms, grouped ${Math.round(grouped - read)} ms into ${groups.length}; ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
      );
      if (size <= 10_000) {
        const at = performance.now();
        const result = await crystallization.run({ ...start, memories: many }, context);
        console.log(`  crystallization ${Math.round(performance.now() - at)} ms`, result.report.measures);
      }
    }
}

await main();
