/**
 * How well memories that ask for the same thing find each other. Prints pairwise precision and recall over hand-made
 * clusters, over all pairs (micro) and as the mean over clusters (macro), with every captured message of the same
 * repositories clustered alongside: once for the groups, once for the rules that come of them.
 *
 *   node out/bench/clusters.mjs --data DIR [--capture] [--each] [--show] [--join N,N]
 *
 * DIR holds `messages.jsonl`, `annotations.jsonl` (which messages count as captured) and `clusters.jsonl`.
 */
import { clustersOf, clusterTable } from '../../src/core/sleep/crystallization/clusters.ts';
import { utterancesOf } from '../../src/core/sleep/crystallization/utterances.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { applyChanges } from '../../src/core/sleep/night/snapshot.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';
import { wordVectors } from '../../src/core/text/wordVectors.ts';
import { firstNight, type GoldCluster, nightContext, readSamples } from './samples.ts';

type Groups = readonly ReadonlySet<string>[];

interface Gold {
  /** Clusters by message; the loose ones also hold what nearly says the same. */
  readonly strict: ReadonlyMap<string, ReadonlySet<string>>;
  readonly loose: ReadonlyMap<string, ReadonlySet<string>>;
  readonly clusters: readonly GoldCluster[];
}

function goldOf(repo: string, all: readonly GoldCluster[]): Gold {
  const clusters = all.filter((cluster) => cluster.repo === repo);
  const strict = new Map<string, Set<string>>();
  const loose = new Map<string, Set<string>>();
  for (const cluster of clusters) {
    for (const m of cluster.messages) add(strict, keyOf(repo, m), cluster.id);
    for (const m of [...cluster.messages, ...cluster.weak_messages]) add(loose, keyOf(repo, m), cluster.id);
  }
  return { strict, loose, clusters };
}

const keyOf = (repo: string, { session, i }: { session: string; i: number }) => `${repo} ${session} ${i}`;

function measure(groups: Groups, { strict, loose, clusters }: Gold, present: ReadonlySet<string>) {
  const together = pairsWithin(groups);
  const labelled = [...strict.keys()].filter((key) => present.has(key)).sort();
  let [gold, right, joined] = [0, 0, 0];
  for (const [x, y] of pairsOf(labelled)) {
    const same = meets(strict.get(x), strict.get(y));
    const found = together.has(pairKey(x, y));
    gold += same ? 1 : 0;
    joined += found ? 1 : 0;
    right += same && found ? 1 : 0;
  }
  /* Every pair with at least one labelled end counts; weak members of the same cluster count as right. */
  let [endJoined, endRight] = [0, 0];
  for (const pair of together) {
    const [x = '', y = ''] = pair.split('\n');
    if (!strict.has(x) && !strict.has(y)) continue;
    endJoined += 1;
    endRight += meets(loose.get(x), loose.get(y)) ? 1 : 0;
  }
  const each = clusters.map((cluster) => {
    const members = cluster.messages.map((m) => keyOf(cluster.repo, m)).filter((key) => present.has(key));
    const pairs = pairsOf(members.sort());
    const found = pairs.filter(([x, y]) => together.has(pairKey(x, y))).length;
    const parts = groups
      .map((group) => members.filter((key) => group.has(key)).length)
      .filter((count) => count > 1)
      .sort((a, b) => b - a);
    return { cluster, pairs: pairs.length, found, members: members.length, parts };
  });
  return { joined, right, gold, endJoined, endRight, each };
}

const pairKey = (x: string, y: string) => (x < y ? `${x}\n${y}` : `${y}\n${x}`);

function pairsOf(keys: readonly string[]): readonly (readonly [string, string])[] {
  return keys.flatMap((x, at) => keys.slice(at + 1).map((y) => [x, y] as const));
}

function pairsWithin(groups: Groups): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const group of groups) for (const [x, y] of pairsOf([...group])) pairs.add(pairKey(x, y));
  return pairs;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
const meets = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) =>
  a !== undefined && b !== undefined && [...a].some((value) => b.has(value));
const rate = (part: number, whole: number) => (whole === 0 ? '  – ' : (part / whole).toFixed(3));

/** Whether a cluster is one that must become a rule: ids of those that must not begin with N. */
const isDurable = ({ id }: GoldCluster) => !/-N\d+$/.test(id);

function print(title: string, groups: Groups, gold: Gold, present: ReadonlySet<string>): void {
  const found = measure(groups, gold, present);
  const wanted = found.each.filter(({ cluster, pairs }) => pairs > 0 && isDurable(cluster));
  const macro = wanted.reduce((sum, one) => sum + one.found / one.pairs, 0) / wanted.length;
  const touched = wanted.filter((one) => one.found > 0).length;
  console.log(
    `  ${title}: P ${rate(found.right, found.joined)} R ${rate(found.right, found.gold)} (${found.right}/${found.joined}, gold ${found.gold}); macro R ${macro.toFixed(3)} over ${wanted.length} clusters, ${touched} of them found; ≥ 1 labelled end: P ${rate(found.endRight, found.endJoined)} (${found.endRight}/${found.endJoined})`,
  );
  if (process.argv.includes('--each'))
    for (const { cluster, parts, members, pairs, found: right } of found.each)
      console.log(
        `    ${cluster.id.padEnd(12)} ${rate(right, pairs)}  ${parts.join('+') || '–'} of ${members}`,
      );
}

async function main(): Promise<void> {
  const option = (name: string) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  const directory = option('--data');
  if (directory === undefined) throw new Error('Give the folder of the material: --data DIR');
  const { samples, clusters } = readSamples(directory);
  const joins: readonly (number | undefined)[] = option('--join')?.split(',').map(Number) ?? [undefined];
  for (const repo of new Set(samples.map((sample) => sample.repo))) {
    const own = samples.filter((sample) => sample.repo === repo);
    const gold = goldOf(repo, clusters);
    const present = new Set(own.map(({ key }) => key));
    const keys = new Map(own.map(({ key, memory }) => [memory.id, key]));
    const said = own.flatMap(({ memory }) => utterancesOf(memory));
    const corpus = createCorpus(said, await wordVectors());
    for (const join of joins) {
      const positions = (
        await clustersOf({ ...corpus, vectors: corpus.meant }, join === undefined ? {} : { join })
      ).filter((group) => group.length > 1);
      const groups = positions.map(
        (group) => new Set(group.map((at) => keys.get(said[at]?.id ?? ('' as never)) ?? '')),
      );
      console.log(
        `${repo}: ${own.length} episodes, ${said.length} utterances, ${groups.length} groups, join ${join ?? clusterTable.join}`,
      );
      if (gold.clusters.length > 0) print('groups', groups, gold, present);
      if (process.argv.includes('--show'))
        for (const group of positions) {
          console.log('  ——');
          for (const at of group) {
            const memory = said[at];
            if (memory === undefined) continue;
            const ids = gold.strict.get(keys.get(memory.id) ?? '') ?? ['·'];
            console.log(
              `    ${[...ids].join('/').padEnd(9)} ${memory.source.session?.slice(20, 32)}#${memory.source.message} ${memory.text.slice(0, 140).replace(/\n/g, ' / ')}`,
            );
          }
        }
    }
    if (gold.clusters.length === 0) continue;
    const night = firstNight(own);
    const after = applyChanges(night, (await crystallization.run(night, nightContext(night))).changes);
    const behind = new Map<string, Set<string>>();
    for (const { memory, episode } of after.evidence) add(behind, memory, keys.get(episode) ?? '');
    print('rules', [...behind.values()], gold, present);
    const kinds = [...behind.values()].map(
      (keys) => new Set([...keys].flatMap((key) => [...(gold.strict.get(key) ?? [])])),
    );
    for (const ids of kinds) if (ids.size > 1) console.log(`    one rule of ${[...ids].join(' and ')}`);
  }
}

await main();
