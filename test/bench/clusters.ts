/**
 * How well memories that ask for the same thing find each other. Prints pairwise precision and recall over hand-made
 * clusters, with every captured message of the same repositories clustered alongside.
 *
 *   node out/bench/clusters.mjs --data DIR [--show] [--all]
 *
 * DIR holds `messages.jsonl`, `annotations.jsonl` (which messages count as captured) and `clusters.jsonl`.
 */
import { clustersOf, clusterTable } from '../../src/core/sleep/clusters.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';
import { type GoldCluster, readSamples } from './samples.ts';

interface Score {
  readonly joined: number;
  readonly right: number;
  readonly gold: number;
}

function measure(
  groups: readonly (readonly string[])[],
  clusters: readonly GoldCluster[],
  present: ReadonlySet<string>,
) {
  const goldOf = new Map<string, Set<string>>();
  const looseOf = new Map<string, Set<string>>();
  for (const cluster of clusters) {
    for (const m of cluster.messages) add(goldOf, `${cluster.repo} ${m.session} ${m.i}`, cluster.id);
    for (const m of [...cluster.messages, ...cluster.weak_messages])
      add(looseOf, `${cluster.repo} ${m.session} ${m.i}`, cluster.id);
  }
  const groupOf = new Map<string, number>();
  groups.forEach((group, index) => {
    for (const key of group) groupOf.set(key, index);
  });
  const labelled = [...goldOf.keys()].filter((key) => present.has(key)).sort();
  let [gold, right, joined] = [0, 0, 0];
  for (let a = 0; a < labelled.length; a += 1)
    for (let b = a + 1; b < labelled.length; b += 1) {
      const [x = '', y = ''] = [labelled[a], labelled[b]];
      const same = meets(goldOf.get(x), goldOf.get(y));
      const together = groupOf.get(x) !== undefined && groupOf.get(x) === groupOf.get(y);
      if (same) gold += 1;
      if (together) joined += 1;
      if (same && together) right += 1;
    }
  // Strict: every pair with at least one labelled end counts; weak members of the same cluster count as right.
  let [strictJoined, strictRight] = [0, 0];
  for (const group of groups)
    for (let a = 0; a < group.length; a += 1)
      for (let b = a + 1; b < group.length; b += 1) {
        const [x = '', y = ''] = [group[a], group[b]];
        if (!goldOf.has(x) && !goldOf.has(y)) continue;
        strictJoined += 1;
        if (meets(looseOf.get(x), looseOf.get(y))) strictRight += 1;
      }
  return {
    labelled: { joined, right, gold } satisfies Score,
    strict: { joined: strictJoined, right: strictRight, gold } satisfies Score,
    goldOf,
  };
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
const meets = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) =>
  a !== undefined && b !== undefined && [...a].some((value) => b.has(value));
const rate = (part: number, whole: number) => (whole === 0 ? '  – ' : (part / whole).toFixed(3));

async function main(): Promise<void> {
  const option = (name: string) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  const directory = option('--data');
  if (directory === undefined) throw new Error('Give the folder of the material: --data DIR');
  const { samples, clusters } = readSamples(directory);
  const joins = option('--join')?.split(',').map(Number) ?? [clusterTable.join];
  for (const repo of new Set(samples.map((sample) => sample.repo))) {
    const own = samples.filter((sample) => sample.repo === repo);
    const corpus = createCorpus(own.map((sample) => sample.memory));
    for (const join of joins) {
      const groups = await clustersOf(corpus, { join });
      const keys = groups.map((group) => group.map((at) => own[at]?.key ?? ''));
      const gold = clusters.filter((cluster) => cluster.repo === repo);
      const { labelled, strict, goldOf } = measure(keys, gold, new Set(own.map((sample) => sample.key)));
      const many = groups.filter((group) => group.length > 1);
      console.log(`${repo}: ${own.length} episodes, ${many.length} groups of ≥ 2, join ${join}`);
      if (gold.length > 0) {
        console.log(
          `  labelled pairs: P ${rate(labelled.right, labelled.joined)} R ${rate(labelled.right, labelled.gold)} (${labelled.right}/${labelled.joined}, gold ${labelled.gold})`,
        );
        console.log(
          `  ≥ 1 labelled end: P ${rate(strict.right, strict.joined)} (${strict.right}/${strict.joined})`,
        );
        if (process.argv.includes('--each'))
          for (const cluster of gold) {
            const parts = keys
              .map(
                (group) =>
                  cluster.messages.filter((m) => group.includes(`${repo} ${m.session} ${m.i}`)).length,
              )
              .filter((n) => n > 0)
              .sort((a, b) => b - a);
            console.log(`    ${cluster.id.padEnd(12)} ${parts.join('+')}`);
          }
      }
      if (process.argv.includes('--show'))
        for (const group of many) {
          console.log('  ——');
          for (const at of group) {
            const sample = own[at];
            if (sample === undefined) continue;
            console.log(
              `    ${[...(goldOf.get(sample.key) ?? ['·'])].join('/').padEnd(5)} ${sample.memory.source.session?.slice(20, 32)}#${sample.memory.source.message} ${sample.memory.text.slice(0, 120).replace(/\n/g, ' / ')}`,
            );
          }
        }
    }
  }
}

await main();
