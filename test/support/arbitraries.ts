/** Arbitrary memories and changes of them, for property tests. Times are whole ms; every optional field comes and goes. */
import fc from 'fast-check';
import {
  type Citation,
  type Lesson,
  type Memory,
  type MemoryId,
  memoryKinds,
  memoryLabels,
  memoryStatuses,
  type ProjectId,
  type Scope,
  type Source,
} from '../../src/core/memory.ts';
import type { MemoryPatch } from '../../src/core/ports.ts';

const words = fc.constantFrom(
  'pnpm',
  'test',
  'mock',
  'Datenbank',
  '数据库',
  'getUserName',
  'src/a.ts',
  "don't",
  '',
);
const text = fc.oneof(
  fc.array(words, { maxLength: 8 }).map((all) => all.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((all) => all.replace(/\0/g, '')),
);
const projectId = fc.constantFrom('/p/one', '/p/two', 'c:/three') as fc.Arbitrary<ProjectId>;
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const count = fc.nat(1_000_000);

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({ level: 'user' as const }),
  projectId.map((project) => ({ level: 'project' as const, project })),
  fc
    .tuple(projectId, fc.constantFrom('**/*.ts', 'a/[b]'))
    .map(([project, glob]) => ({ level: 'path' as const, project, glob })),
);
const lesson: fc.Arbitrary<Lesson> = fc.record(
  { statement: text, wrong: text, right: text, why: text, when: text },
  { requiredKeys: ['statement'], noNullPrototype: true },
);
const source: fc.Arbitrary<Source> = fc.record(
  {
    assistant: fc.constantFrom('copilot', 'jsonl'),
    project: projectId,
    session: text,
    message: text,
    file: text,
    externalId: text,
  },
  { requiredKeys: ['assistant'], noNullPrototype: true },
);
const citation: fc.Arbitrary<Citation> = fc.record(
  {
    path: text,
    blob: fc.string({ minLength: 40, maxLength: 40, unit: fc.constantFrom(...'0123456789abcdef') }),
  },
  { requiredKeys: ['path'], noNullPrototype: true },
);
const otherId = fc.constantFrom('r_other', 'e_other') as fc.Arbitrary<MemoryId>;

const changeable = {
  kind: fc.constantFrom(...memoryKinds),
  label: fc.constantFrom(...memoryLabels),
  status: fc.constantFrom(...memoryStatuses),
  tier: fc.constantFrom('fast' as const, 'mid' as const, 'slow' as const),
  scope,
  text,
  lesson,
  strength: share,
  rate: share,
  salience: fc.record(
    { surprise: share, novelty: share, arousal: share, reward: share, conflict: share, total: share },
    { noNullPrototype: true },
  ),
  confidence: share,
  alpha: fc.double({ min: 1, max: 1e6, noNaN: true }),
  beta: fc.double({ min: 1, max: 1e6, noNaN: true }),
  pinned: fc.boolean(),
  guard: fc.boolean(),
  standing: fc.boolean(),
  oneOff: fc.boolean(),
  topic: text,
  tags: fc.array(text, { maxLength: 3 }),
  cues: fc.array(text, { maxLength: 3 }),
  citations: fc.array(citation, { maxLength: 2 }),
  tokens: count,
  lastAccessedAt: time,
  accessCount: count,
};
const clearable = {
  context: text,
  sleptAt: time,
  replacedBy: otherId,
  contradictedBy: otherId,
  obsoleteAt: time,
  restates: text,
};

/** Ids are handed in: they must be unique within a database. */
export const arbitraryMemory = (id: string): fc.Arbitrary<Memory> =>
  fc.record(
    { id: fc.constant(id as MemoryId), createdAt: time, source, ...changeable, ...clearable },
    {
      requiredKeys: [
        'id',
        'createdAt',
        'source',
        ...(Object.keys(changeable) as (keyof typeof changeable)[]),
      ],
      noNullPrototype: true,
    },
  );

export const arbitraryPatch: fc.Arbitrary<MemoryPatch> = fc.record(
  {
    ...changeable,
    context: fc.option(text),
    sleptAt: fc.option(time),
    replacedBy: fc.option(otherId),
    contradictedBy: fc.option(otherId),
    obsoleteAt: fc.option(time),
    restates: fc.option(text),
  },
  { requiredKeys: [], noNullPrototype: true },
);

export { share as arbitraryShare, time as arbitraryTime };
