/** A plausible memory to look at: invented people, projects and words. */
import type { MemoryId, MemoryLabel, NightId, ProjectId } from '../../src/core/memory.ts';
import type {
  AreaCard,
  EpisodeCard,
  MemoryCard,
  Moment,
  NightCard,
  NightChange,
  Snapshot,
} from '../../src/core/protocol.ts';
import type { PhaseName, PhaseReport, Stage } from '../../src/core/sleep/phase.ts';

export const now = Date.UTC(2026, 2, 12, 9, 40);
const hour = 3_600_000;
const day = 24 * hour;
export const harbor = '/home/mira/harbor-web' as ProjectId;
export const tide = '/home/mira/tidewater-api' as ProjectId;
const lantern = '/home/mira/lantern' as ProjectId;

export interface SampleMemory {
  readonly memories: readonly MemoryCard[];
  readonly episodes: readonly EpisodeCard[];
  readonly nights: readonly NightCard[];
  readonly evidence: ReadonlyMap<string, readonly Moment[]>;
  readonly changes: ReadonlyMap<string, readonly NightChange[]>;
}

function rule(name: string, text: string, fields: Partial<MemoryCard> = {}): MemoryCard {
  return {
    id: `r_${name}` as MemoryId,
    kind: 'rule',
    label: 'correction',
    status: 'active',
    text,
    scope: { level: 'project', project: harbor },
    effective: 0.82,
    band: 'strong',
    precision: 0.88,
    pinned: false,
    guard: false,
    offerGuard: false,
    standing: false,
    contradicted: false,
    obsolete: false,
    createdAt: now - 20 * day,
    episodes: 4,
    sessions: 3,
    receipts: { injected: 14, obeyed: 12, violated: 1, irrelevant: 1 },
    ...fields,
  };
}

const told = (injected: number, obeyed: number, violated = 0) => ({
  injected,
  obeyed,
  violated,
  irrelevant: injected - obeyed - violated,
});
const everywhere = { level: 'user' } as const;

const memories: readonly MemoryCard[] = [
  rule('pnpm', 'Install and run scripts with pnpm, never npm.', {
    why: 'the lockfile is pnpm’s and CI refuses any other.',
    standing: true,
    pinned: true,
    effective: 0.94,
  }),
  rule('mock', 'Test repositories against a real Postgres container; do not mock the database.', {
    effective: 0.78,
    receipts: told(31, 28, 2),
  }),
  rule('tokens', 'Take colours from src/theme/tokens.css instead of writing them into components.', {
    scope: { level: 'path', project: harbor, glob: 'src/components/**' },
    effective: 0.55,
    band: 'moderate',
    receipts: told(9, 7),
    restates: 'AGENTS.md:41',
  }),
  rule('dates', 'Keep dates in UTC until they are shown; format them with Temporal.', {
    effective: 0.34,
    band: 'weak',
    contradicted: true,
    receipts: told(3, 1, 1),
  }),
  rule('small', 'Make one small commit per change, and say why in its message.', {
    label: 'preference',
    scope: everywhere,
    standing: true,
    effective: 0.88,
    receipts: told(52, 49, 1),
  }),
  rule('ask', 'Ask before adding a dependency.', {
    label: 'preference',
    scope: everywhere,
    effective: 0.71,
    receipts: told(17, 15),
  }),
  rule('errors', 'Return problem+json from every handler; never throw strings.', {
    scope: { level: 'project', project: tide },
    effective: 0.62,
    band: 'moderate',
    receipts: told(11, 5, 3),
    offerGuard: true,
  }),
  rule('migrate', 'When a migration fails with “relation exists”, drop the shadow schema and run it again.', {
    kind: 'skill',
    label: 'fix',
    scope: { level: 'project', project: tide },
    effective: 0.48,
    band: 'moderate',
    receipts: told(4, 4),
  }),
  rule('zod', 'Parse request bodies with the schema beside the route.', {
    status: 'proposed',
    scope: { level: 'project', project: tide },
    createdAt: now - 8 * hour,
    episodes: 2,
    sessions: 2,
    receipts: told(0, 0),
    effective: 0.8,
  }),
  rule('story', 'Add a story next to every new component.', {
    status: 'proposed',
    createdAt: now - 8 * hour,
    why: 'twice a component was merged that nobody could look at.',
    episodes: 2,
    sessions: 2,
    receipts: told(0, 0),
    effective: 0.8,
  }),
  rule('yarn', 'Use yarn workspaces.', {
    status: 'retired',
    createdAt: now - 200 * day,
    effective: 0.2,
    band: 'weak',
    receipts: told(6, 2, 3),
  }),
  rule(
    'dream',
    'In harbor-web it is a rule: “Retry an upload three times with a growing pause” (3 remarks stand behind it). In tidewater-api you said “webhook deliveries are lost when their server restarts” (one of 3 such remarks), and no rule there speaks of it. Both times a call was given up that would have succeeded a moment later. Perhaps it holds in tidewater-api too: repeat a call with a growing pause before giving it up.',
    {
      id: 'i_dream' as MemoryId,
      kind: 'insight',
      label: 'fix',
      status: 'proposed',
      scope: { level: 'project', project: tide },
      dream: {
        score: 0.74,
        novelty: 0.91,
        utility: 0.5,
        surprise: 0.66,
        proposal: 'Repeat a call with a growing pause before giving it up.',
      },
      createdAt: now - 7 * hour,
      receipts: told(0, 0),
      episodes: 2,
      sessions: 2,
      sources: [
        moment('up', 'no, don’t give up after the first 503 – retry three times with a growing pause', {
          at: now - 40 * day,
          label: 'fix',
        }),
        moment('hook', 'webhook deliveries are lost when their server restarts, that’s the third time', {
          at: now - 2 * day,
          project: tide,
          assistant: 'claude-code',
        }),
      ],
    },
  ),
  rule(
    'dream2',
    'Lantern keeps its flags in one typed file; Harbor could name its feature flags the same way.',
    {
      id: 'i_flags' as MemoryId,
      kind: 'insight',
      label: 'decision',
      status: 'active',
      scope: everywhere,
      createdAt: now - 9 * day,
      receipts: told(0, 0),
      sources: [
        moment('flag', 'all flags live in flags.ts so that the compiler finds the dead ones', {
          project: lantern,
          at: now - 60 * day,
        }),
        moment('flag2', 'where is this flag even defined? don’t read it from a string', {
          at: now - 11 * day,
        }),
      ],
    },
  ),
];

function moment(name: string, text: string, fields: Partial<Moment> = {}): Moment {
  return {
    id: `e_${name}` as MemoryId,
    label: 'correction',
    text,
    assistant: 'copilot',
    project: harbor,
    session: '7f3a91c2',
    at: now - 5 * day,
    ...fields,
  };
}

const evidence = new Map<string, readonly Moment[]>([
  [
    'r_pnpm',
    [
      moment('pnpm1', 'no, pnpm! we don’t use npm here', {
        context: 'I’ll run npm install to add the date library.',
        at: now - 19 * day,
      }),
      moment('pnpm2', 'again: pnpm, not npm. always.', {
        assistant: 'claude-code',
        session: 'b02d77aa',
        at: now - 12 * day,
      }),
      moment('pnpm3', 'use pnpm dlx for that', { session: '40c1e9f3', at: now - 6 * day }),
    ],
  ],
  [
    'm_workspace',
    [
      moment('api', 'the api is in tidewater, not here', { at: now - 9 * day }),
      moment('2', 'you edited the wrong workspace, the api lives in tidewater', { at: now - day }),
    ],
  ],
]);

const said: readonly (readonly [MemoryLabel, string, ProjectId, string])[] = [
  ['correction', 'no, pnpm! we don’t use npm here', harbor, 'copilot'],
  ['decision', 'let’s keep the cart in the URL, then a link can be shared', harbor, 'claude-code'],
  ['correction', 'you edited the wrong workspace, the api lives in tidewater', tide, 'copilot'],
  ['fix', 'the flaky test waits for the animation now; it was the 200 ms timeout', harbor, 'claude-code'],
  ['preference', 'shorter answers please, I can read the diff', tide, 'cursor'],
  ['outcome', 'works, all green', tide, 'claude-code'],
  ['decision', 'we stay on Postgres 15 until the extension is ported', tide, 'codex'],
  ['correction', 'don’t mock the database, use the container like the other tests', harbor, 'copilot'],
  ['fix', 'the type error came from two versions of the schema package', lantern, 'cline'],
  ['preference', 'name the branch after the issue', lantern, 'copilot'],
];

/** `count` episodes, newest first, a few a day. */
export function sampleEpisodes(count: number): readonly EpisodeCard[] {
  return Array.from({ length: count }, (_, index) => {
    const [label, text, project, assistant] = said[index % said.length] ?? ['outcome', '', harbor, 'copilot'];
    return {
      id: `e_${index}` as MemoryId,
      label,
      text: index < said.length ? text : `${text} (${index})`,
      assistant,
      project,
      session: `session${Math.floor(index / 3)}`,
      at: now - hour - index * 4.7 * hour,
      status: index % 17 === 16 ? 'archived' : 'active',
      ...(index === 2 ? { merged: 'm_workspace' as MemoryId } : {}),
      salience: 0.3 + ((index * 37) % 60) / 100,
      ...(label === 'correction'
        ? { context: 'I’ll start by changing the configuration so that everything fits together.' }
        : {}),
    };
  });
}

const plan: readonly (readonly [Stage, PhaseName, number, string])[] = [
  ['N1', 'replay', 900, 'Replayed 14 episodes together with 6 old ones.'],
  ['N2', 'homeostasis', 160, 'Strengths were scaled by 0.94.'],
  ['N2', 'propagation', 700, 'Three memories confirm what was known; one contradicts it.'],
  ['N2', 'precision', 220, 'Twelve receipts weighed.'],
  ['N3', 'crystallization', 2600, 'Two rules from seven episodes.'],
  ['N3', 'reorganize', 180, 'One topic became deeper.'],
  ['N3', 'consolidate', 900, 'Five faint memories became two.'],
  ['N3', 'prune', 240, 'Three memories faded.'],
  ['REM', 'dream', 1500, 'One analogy between two projects.'],
  ['REM', 'expertise', 300, 'Working knowledge of PostgreSQL.'],
];

function stagesOf(startedAt: number, cycles: number): readonly PhaseReport[] {
  const reports: PhaseReport[] = [];
  let at = startedAt;
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const [stage, phase, ms, detail] of plan) {
      const part =
        stage === 'REM' ? ms * (0.4 + cycle * 0.9) : stage === 'N3' ? ms / (1 + cycle * 0.8) : ms * 0.7;
      reports.push({
        stage,
        phase,
        cycle,
        started: at,
        ms: part,
        read: 40,
        changed: 2,
        detail,
        measures: {},
      });
      at += part;
    }
  }
  return reports;
}

function night(number: number, ago: number, fields: Partial<NightCard> = {}): NightCard {
  const startedAt = now - ago;
  return {
    id: `n_${number}` as NightId,
    number,
    startedAt,
    finishedAt: startedAt + 46_000,
    state: 'complete',
    summary:
      'Two lessons became rules: parsing request bodies with the schema beside the route, and a story for every new component. Five faint memories became two, and three faded.',
    stages: stagesOf(startedAt, 3),
    changes: 4,
    ...fields,
  };
}

const nights: readonly NightCard[] = [
  night(12, 8 * hour),
  night(11, 32 * hour, {
    state: 'interrupted',
    stages: stagesOf(now - 32 * hour, 2).slice(0, 15),
    summary: 'You came back after twenty seconds; the night stopped at a safe point and goes on next time.',
    changes: 1,
  }),
  night(10, 58 * hour, {
    stages: stagesOf(now - 58 * hour, 4),
    summary: 'A quiet night: everything that happened was known already.',
    changes: 0,
  }),
];

const changes = new Map<string, readonly NightChange[]>([
  [
    'n_12',
    [
      {
        entry: 'j_1',
        phase: 'crystallization',
        what: 'born',
        subject: 'Parse request bodies with the schema beside the route.',
        why: 'Said in two sessions in the same sense.',
        undone: false,
      },
      {
        entry: 'j_2',
        phase: 'crystallization',
        what: 'born',
        subject: 'Add a story next to every new component.',
        why: 'Two corrections in two sessions.',
        undone: false,
      },
      {
        entry: 'j_3',
        phase: 'prune',
        what: 'changed',
        subject: 'try the other port',
        why: 'Its strength fell below 0.1 and it mattered little.',
        undone: false,
      },
      {
        entry: 'j_4',
        phase: 'dream',
        what: 'linked',
        why: 'Uploads and webhooks fail and recover alike.',
        undone: false,
      },
    ],
  ],
]);

const areas: readonly AreaCard[] = [
  {
    kind: 'project',
    area: harbor,
    score: 0.83,
    band: 'expert',
    memories: 61,
    conclusions: 5,
    known: [
      { id: 'r_pnpm' as MemoryId, text: 'Install and run scripts with pnpm, never npm.' },
      { id: 'r_mock' as MemoryId, text: 'Test repositories against a real Postgres container.' },
    ],
    gaps: ['2 corrections have no rule yet.', 'One rule is contradicted.'],
  },
  {
    kind: 'project',
    area: tide,
    score: 0.44,
    band: 'working',
    memories: 14,
    conclusions: 2,
    known: [],
    gaps: ['One proposal waits for your word.'],
  },
  {
    kind: 'topic',
    area: 'testing/database',
    project: harbor,
    score: 0.67,
    band: 'deep',
    memories: 17,
    conclusions: 2,
    known: [],
    gaps: [],
  },
  {
    kind: 'language',
    area: 'TypeScript',
    score: 0.71,
    band: 'deep',
    memories: 40,
    conclusions: 4,
    known: [],
    gaps: ['One rule was never seen obeyed or broken.'],
  },
];

const due = [
  { id: 'r_dates' as MemoryId, why: 'You said the opposite later. Which holds?' },
  { id: 'r_ask' as MemoryId, why: 'Is this still true?' },
];

/** @param count how many episodes. */
export function sampleMemory(count = 240): SampleMemory {
  return { memories, episodes: sampleEpisodes(count), nights, evidence, changes };
}

export function snapshotOf(memory: SampleMemory, epoch: string): Snapshot {
  return {
    now,
    mood: { state: 'awake', pressure: 0.38, unslept: 9 },
    writable: true,
    notices: [],
    here: [harbor],
    memories: memory.memories,
    nights: memory.nights,
    areas: memory.memories.length === 0 ? [] : areas,
    due: memory.memories.length === 0 ? [] : due,
    episodes: { total: memory.episodes.length, epoch },
  };
}
