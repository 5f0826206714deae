/** Code in what is remembered is found whole and in its parts, in any case style, and with a slip of the finger. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MemoryStore } from '../../src/core/ports.ts';
import { createRecall } from '../../src/core/recall/recall.ts';
import { isOneSlip } from '../../src/core/recall/spelling.ts';
import { buildMemory, fixedClock, project } from '../support/builders.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

/** What is remembered, and the ways it may be asked for. */
const spoken: readonly (readonly [text: string, ...asked: string[]])[] = [
  [
    'parseLedgerRow swallows blank lines',
    'parseLedgerRow',
    'parse_ledger_row',
    'ledger row',
    'PARSE-LEDGER-ROW',
  ],
  ['HARBOUR_PILOT_TOKEN is read at start', 'HARBOUR_PILOT_TOKEN', 'harbourPilotToken', 'pilot token'],
  ['the tide-gauge-reader crate is ours', 'tide-gauge-reader', 'TideGaugeReader', 'gauge'],
  [
    'look into packages/quay/src/crane.config.ts first',
    'packages/quay/src/crane.config.ts',
    'crane.config.ts',
    'crane',
    'quay\\src\\crane.config.ts',
  ],
  ['build it with --skip-varnish', '--skip-varnish', 'skip varnish', 'skipVarnish'],
  ['E11000 means the berth is taken twice', 'E11000', 'e11000'],
  ['TS2589 comes from the recursive buoy type', 'TS2589', 'ts 2589', '2589'],
  ['ERR_ANCHOR_DRAGGED is harmless at low water', 'ERR_ANCHOR_DRAGGED', 'anchor dragged', 'errAnchorDragged'],
  ['winch 4.17.2 broke the pulley; stay on 4.16', '4.17.2', 'v4.17.2', '4.17'],
  ['mooring 3.0.0-rc.2 has the fix', '3.0.0-rc.2', '3.0.0', 'rc.2'],
  ['0x80070057 is told when the sail is reefed', '0x80070057'],
  ['@lantern/wick must be a peer', '@lantern/wick', 'lantern wick', 'wick'],
  [
    'Sextant::Angle#normalise rounds down',
    'Sextant::Angle#normalise',
    'Sextant.Angle.normalise',
    'normalise',
  ],
  ['parseHTTPSUrl drops the port', 'parseHTTPSUrl', 'parse_https_url', 'https url'],
];
const over = (texts: readonly string[]) =>
  createRecall({
    memories: createNaiveStore(texts.map((text) => buildMemory({ text }))).memories as unknown as MemoryStore,
    clock: fixedClock(),
  });
const firstOf = async ({ recall }: ReturnType<typeof over>, text: string) =>
  (await recall({ text, project: project('/home/ada/one') })).results[0]?.memory.text;

test('names, paths, flags, error codes and versions are found whole and in parts', async () => {
  const recall = over(spoken.map(([text]) => text));
  for (const [text, ...asked] of spoken)
    for (const question of asked) assert.equal(await firstOf(recall, question), text, question);
});

test('one slip in a word that nobody said is forgiven; a known word is taken at its word', async () => {
  const recall = over([
    'The harbour database must be locked at night.',
    'Paint the lighthouse every spring.',
    'Point the telescope at the buoy.',
    ...spoken.map(([text]) => text),
  ]);
  for (const question of ['lock the databaes', 'lock the datbase', 'lock the databasse', 'lock the dstabase'])
    assert.match((await firstOf(recall, question)) ?? '', /database/, question);
  assert.match((await firstOf(recall, 'paint it')) ?? '', /lighthouse/);
  assert.match((await firstOf(recall, 'point it')) ?? '', /telescope/);
  /* Too short, two slips, or a name: nobody is taken for another. */
  for (const question of ['lokc', 'dtaabsae', 'What did Datbase say?'])
    assert.equal(await firstOf(recall, question), undefined, question);
});

test('a thing is found by what kind of thing it is, and only where that kind is asked for', async () => {
  const recall = over([
    'Install with pnpm, the lock file is committed.',
    'Berth plans are kept in Postgres.',
    'Write the specs with vitest.',
    'Sailors knot the tabs of the tent.',
    ...spoken.map(([text]) => text),
  ]);
  for (const [question, answer] of [
    ['which package manager is it?', /pnpm/],
    ['what database do the berths live in', /Postgres/],
    ['the test runner, please', /vitest/],
  ] as const)
    assert.match((await firstOf(recall, question)) ?? '', answer, question);
  for (const question of ['which linter?', 'which programming language?', 'who is the manager?'])
    assert.equal(await firstOf(recall, question), undefined, question);
});

test('property: a slip is one way or the other, and what differs more is none', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 7 });
  const naive = (one: string, other: string): boolean => {
    const alphabet = 'abcd';
    const slips = new Set<string>();
    for (let at = 0; at <= one.length; at += 1) {
      slips.add(one.slice(0, at) + one.slice(at + 1));
      slips.add(one.slice(0, at) + (one[at + 1] ?? '') + (one[at] ?? '') + one.slice(at + 2));
      for (const letter of alphabet) {
        slips.add(one.slice(0, at) + letter + one.slice(at + 1));
        slips.add(one.slice(0, at) + letter + one.slice(at));
      }
    }
    return one !== other && slips.has(other);
  };
  fc.assert(
    fc.property(letters, letters, (one, other) => {
      assert.equal(isOneSlip(one, other), naive(one, other));
      assert.equal(isOneSlip(one, other), isOneSlip(other, one));
    }),
    { numRuns: 2000 },
  );
});
