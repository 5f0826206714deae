/**
 * An invented developer's weeks, from a seed: corrections that come again, decisions, one-offs, changes of mind, and
 * much that happens once. For property tests and benchmarks, where real words are neither needed nor wanted.
 */
import type { Memory, MemoryId, MemoryLabel } from '../../src/core/memory.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, noon, project } from './builders.ts';

const tools = [
  'pnpm',
  'vitest',
  'eslint',
  'docker',
  'terraform',
  'kubectl',
  'webpack',
  'cargo',
  'gradle',
  'poetry',
  'ruff',
  'helm',
  'bazel',
  'swc',
];
const others = [
  'npm',
  'jest',
  'prettier',
  'podman',
  'pulumi',
  'bash',
  'rollup',
  'make',
  'maven',
  'pip',
  'black',
  'kustomize',
  'nx',
  'babel',
];
const places = [
  'migrations',
  'components',
  'fixtures',
  'handlers',
  'schemas',
  'workers',
  'routes',
  'widgets',
  'reducers',
  'parsers',
  'exporters',
  'locales',
];
const acts = [
  'rename',
  'mock',
  'delete',
  'format',
  'commit',
  'log',
  'cache',
  'retry',
  'inline',
  'wrap',
  'validate',
  'export',
];
const objects = [
  'database',
  'timestamps',
  'credentials',
  'snapshots',
  'interfaces',
  'callbacks',
  'constants',
  'queries',
  'headers',
  'tokens',
  'events',
  'stylesheets',
];
const asides = [
  'before review',
  'in this service',
  'on the release branch',
  'for the public client',
  'while tests run',
  'when the build is slow',
  'after the merge',
  'in staging',
];
const reasons = [
  'the pipeline breaks',
  'reviewers asked for it',
  'it leaks memory',
  'the licence forbids it',
  'deploys took an hour',
  'customers saw it',
];

export interface Days {
  readonly seed: string;
  readonly count: number;
  readonly projects?: number;
  /** Days over which the episodes are spread, ending at `until`. */
  readonly days?: number;
  readonly until?: number;
}

/** `count` episodes, oldest first. The same seed gives the same episodes. */
export function syntheticEpisodes({
  seed,
  count,
  projects = 4,
  days = 30,
  until = noon,
}: Days): readonly Memory[] {
  const random = createRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random.next() * items.length)] as T;
  const episodes: Memory[] = [];
  for (let index = 0; index < count; index++) {
    const home = project(`/code/project-${Math.floor(random.next() * projects)}`);
    const session = `session-${Math.floor((index / count) * (count / 8))}`;
    const kind = random.next();
    const at = Math.round(until - days * 86_400_000 * (1 - (index + 1) / (count + 1)));
    const tool = Math.floor(random.next() * tools.length);
    const detail = `${pick(acts)} ${pick(objects)} ${pick(asides)}, ticket ${Math.floor(random.next() * count * 3)}`;
    let text: string;
    let label: MemoryLabel;
    const extra: Omit<Partial<Memory>, 'lesson'> & { lesson?: Partial<Memory['lesson']> } = {};
    if (kind < 0.25) {
      label = 'correction';
      text = `no, use ${tools[tool]} instead of ${others[tool]} in ${pick(places)}`;
      extra.lesson = {
        right: tools[tool] ?? '',
        wrong: others[tool] ?? '',
        ...(random.next() < 0.4 ? { why: pick(reasons) } : {}),
      };
    } else if (kind < 0.4) {
      label = 'correction';
      text = `don't ${pick(acts)} the ${pick(objects)} in ${pick(places)}`;
    } else if (kind < 0.45) {
      label = 'correction';
      text = `you should ${pick(acts)} the ${pick(objects)} in ${pick(places)}`;
    } else if (kind < 0.6) {
      label = 'decision';
      text = `we ${pick(acts)} ${pick(objects)} with ${pick(tools)} because ${pick(reasons)}`;
      Object.assign(extra, random.next() < 0.2 ? { standing: true } : {});
    } else if (kind < 0.7) {
      label = 'preference';
      text = `I like ${pick(places)} that ${pick(acts)} ${pick(objects)}`;
    } else if (kind < 0.75) {
      label = 'fix';
      text = `${pick(tools)} failed on ${pick(objects)}: ${pick(acts)} the ${pick(places)}`;
    } else {
      label = kind < 0.85 ? 'outcome' : 'correction';
      text = `${detail} ${pick(places)} ${pick(tools)}`;
      Object.assign(extra, random.next() < 0.2 ? { oneOff: true } : {});
    }
    const total = Math.round(random.next() * 1000) / 1000;
    const { lesson, ...rest } = extra;
    episodes.push(
      buildMemory({
        kind: 'episode',
        tier: 'fast',
        id: `e_${seed}${String(index).padStart(7, '0')}` as MemoryId,
        label,
        text,
        scope: random.next() < 0.1 ? { level: 'user' } : { level: 'project', project: home },
        source: { project: home, session, message: String(index) },
        ...tunables.start[label],
        salience: { surprise: total, novelty: total, arousal: total, reward: total, conflict: total, total },
        tags: random.next() < 0.3 ? [pick(tools)] : [],
        citations: random.next() < 0.2 ? [{ path: `src/${pick(places)}/index.ts` }] : [],
        createdAt: at,
        lastAccessedAt: at,
        accessCount: random.next() < 0.1 ? 4 : 0,
        ...rest,
        ...(lesson === undefined ? {} : { lesson }),
      }),
    );
  }
  return episodes;
}
