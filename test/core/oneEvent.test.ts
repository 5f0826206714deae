/** However many ways an event reaches us, in whatever order and number, it is one episode. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TranscriptEvent } from '../../src/core/capture/message.ts';
import type { ProjectId } from '../../src/core/memory.ts';
import type { WitnessDraft } from '../../src/core/witness/draft.ts';
import { keepWitnessed } from '../../src/core/witness/keep.ts';
import { fixedClock, noon, project } from '../support/builders.ts';
import { createTestCapture } from '../support/capturing.ts';

const app: ProjectId = project('/home/ada/app');

/** What people say that is kept, whatever is around it. */
const words = [
  'no, use pnpm instead of npm, the lockfile is pnpm',
  "don't mock the clock in these tests, pass it in",
  'never commit the generated client',
  'you edited the fixture, not the parser',
] as const;

/** The same words as another program hands them on. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `  ${text}\n`,
  (text) => text.replaceAll("'", '’'),
  (text) => text.replaceAll(' ', '  '),
  (text) => `${text}.`,
  (text) => text.charAt(0).toUpperCase() + text.slice(1),
];

type Way = 'hook' | 'transcript' | 'import' | 'tool';
interface Sighted {
  readonly way: Way;
  readonly spelling: number;
  /** ms after the event at which this way tells it. */
  readonly late: number;
}

const sighted: fc.Arbitrary<Sighted> = fc.record({
  way: fc.constantFrom<Way>('hook', 'transcript', 'import', 'tool'),
  spelling: fc.nat(spellings.length - 1),
  late: fc.integer({ min: 0, max: 55_000 }),
});

/** The message as a way tells it: a hook has no identity of its own, a transcript has its uuid and its own time. */
function told(text: string, { way, spelling, late }: Sighted, at: number, number: number): TranscriptEvent {
  const hook = way === 'hook';
  return {
    type: 'message',
    message: {
      format: way === 'import' ? 'jsonl' : 'claude-code',
      role: 'user',
      text: (spellings[spelling] ?? String)(text),
      session: 'conversation-1',
      message: hook ? `prompt ${at + late}` : `c0ffee00-0000-4000-8000-00000000000${number}`,
      at: hook ? at + late : at,
      project: app,
      signals: [],
    },
  };
}

describe('one event, one episode', () => {
  it('by hook, transcript, import and tool, in any order and number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...words),
        fc.array(sighted, { minLength: 1, maxLength: 7 }),
        fc.boolean(),
        async (text, ways, together) => {
          const clock = fixedClock(noon + 60_000);
          const { ingest, capture, episodes } = createTestCapture({ clock });
          const remember = (way: Sighted) =>
            capture.remember((spellings[way.spelling] ?? String)(text), {
              project: app,
              source: 'mcp',
              ...(way.late % 2 === 0 ? { session: 'conversation-1' } : {}),
            });
          if (together)
            await ingest(ways.filter(({ way }) => way !== 'tool').map((way) => told(text, way, noon, 1)));
          for (const way of ways) {
            if (way.way === 'tool') await remember(way);
            else if (!together) await ingest([told(text, way, noon, 1)]);
          }
          assert.equal(episodes().length, 1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('said again later, or in another conversation, is another event, each told once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...words),
        fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
        fc.array(fc.tuple(sighted, fc.nat(2)), { maxLength: 8 }),
        async (text, moments, again) => {
          const { ingest, episodes } = createTestCapture({ clock: fixedClock(noon + 3 * 3_600_000) });
          const tell = (way: Sighted, moment: number) =>
            ingest([
              told(
                text,
                way.way === 'tool' ? { ...way, way: 'hook' } : way,
                noon + moment * 3_600_000,
                moment,
              ),
            ]);
          for (const moment of moments) await tell({ way: 'transcript', spelling: 0, late: 0 }, moment);
          for (const [way, moment] of again) if (moments.includes(moment)) await tell(way, moment);
          assert.equal(episodes().length, moments.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('in a conversation that was exported twice, or is read from its assistant as well', async () => {
    const own = 'c0ffee00-0000-4000-8000-0000000000aa';
    const copy = (name: string, number: number, late: number): TranscriptEvent => ({
      type: 'message',
      message: {
        format: 'specstory',
        role: 'user',
        text: words[0],
        session: name,
        ...(name === own ? {} : { conversation: own }),
        message: `${number}`,
        at: noon + late,
        project: app,
        signals: [],
      },
    });
    const ways = [copy('monday-a-fence', 3, 0), copy('monday-fence', 5, 30_000), copy(own, 1, 5000)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...ways), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (told, together) => {
          const { ingest, episodes } = createTestCapture({ clock: fixedClock(noon + 60_000) });
          if (together) await ingest(told);
          else for (const one of told) await ingest([one]);
          assert.equal(episodes().length, 1);
          const later = copy('monday-fence', 9, 3_600_000);
          await ingest([later, later]);
          assert.equal(episodes().length, 2);
          if (told.every((one) => one !== ways[2]))
            assert.equal(new Set(episodes().map(({ source }) => source.session)).size, 1);
        },
      ),
    );
  });

  it('what the editor noticed is kept once, though several windows tell it', async () => {
    const draft: WitnessDraft = {
      text: 'In `src/queue.ts` the assistant’s `retries = 3` was rewritten to `retries = 5`.',
      label: 'correction',
      lesson: {
        statement: 'Use `retries = 5`, not `retries = 3`.',
        wrong: 'retries = 3',
        right: 'retries = 5',
      },
      confidence: 0.9,
      standing: false,
      oneOff: false,
      explicit: true,
      signals: [],
      message: 'edit 1',
      at: noon,
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 110_000 }), fc.boolean()), {
          minLength: 1,
          maxLength: 6,
        }),
        async (tellings) => {
          const { deps, episodes } = createTestCapture({ clock: fixedClock(noon + 200_000) });
          const where = { project: app, session: 'window-1', assistant: 'editor' };
          for (const [late, twice] of tellings) {
            const one = { ...draft, at: noon + late, message: `edit ${late}`, where };
            await keepWitnessed(twice ? [one, one] : [one], deps);
          }
          assert.equal(episodes().length, 1);
        },
      ),
      { numRuns: 100 },
    );
  });
});
