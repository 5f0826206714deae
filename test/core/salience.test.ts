import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MessageSignal } from '../../src/core/capture/message.ts';
import { arousalOf } from '../../src/core/salience/arousal.ts';
import { conflictOf } from '../../src/core/salience/conflict.ts';
import {
  gateFrom,
  gateTable,
  initialGate,
  passes,
  threshold,
  withEvent,
} from '../../src/core/salience/gate.ts';
import { noveltyOf } from '../../src/core/salience/novelty.ts';
import { rewardOf } from '../../src/core/salience/reward.ts';
import { scoreSalience } from '../../src/core/salience/score.ts';
import type { EventKind, SalienceInput } from '../../src/core/salience/signals.ts';
import { surpriseOf, withTransition } from '../../src/core/salience/surprise.ts';
import { termsOf } from '../../src/core/text/terms.ts';

const nothingKnown = { total: 0, counts: new Map<string, number>() };

function event(kind: EventKind, text: string, more: Partial<SalienceInput> = {}): SalienceInput {
  return {
    text,
    kind,
    memorable: kind === 'neither' ? 0.1 : 0.8,
    standing: false,
    signals: [],
    transitions: {},
    terms: termsOf(text),
    known: nothingKnown,
    showsFailure: false,
    ...more,
  };
}

describe('surprise', () => {
  it('is higher for a correction than for a routine message, before anything is known', () => {
    assert.ok(surpriseOf(event('correction', '')).value > surpriseOf(event('neither', '')).value);
  });

  it('falls with what happens often, after what it happens', () => {
    let transitions = {};
    for (let index = 0; index < 50; index += 1)
      transitions = withTransition(transitions, 'fix', 'correction');
    const often = surpriseOf({ kind: 'correction', previousKind: 'fix', transitions });
    const elsewhere = surpriseOf({ kind: 'correction', previousKind: 'neither', transitions });
    assert.ok(often.value < 0.3 && elsewhere.value > 0.8);
    assert.match(elsewhere.reason ?? '', /unlikely/);
  });
});

describe('novelty', () => {
  it('is the share of idf mass that memory does not hold', () => {
    const terms = ['alpha', 'beta', 'gamma', 'delta'];
    assert.equal(noveltyOf({ terms, known: nothingKnown, kind: 'correction' }).value, 1);
    const all = { total: 10, counts: new Map(terms.map((term) => [term, 3])) };
    assert.equal(noveltyOf({ terms, known: all, kind: 'correction' }).value, 0);
    const half = {
      total: 10,
      counts: new Map([
        ['alpha', 10],
        ['beta', 10],
      ]),
    };
    assert.ok(
      noveltyOf({ terms, known: half, kind: 'correction' }).value > 0.5,
      'what is common weighs less',
    );
  });

  it('is nothing for nothing, and counts half for routine talk', () => {
    assert.equal(noveltyOf({ terms: [], known: nothingKnown, kind: 'correction' }).value, 0);
    const terms = ['alpha', 'beta', 'gamma', 'delta'];
    assert.equal(noveltyOf({ terms, known: nothingKnown, kind: 'neither' }).value, 0.5);
  });
});

describe('arousal', () => {
  const signals: readonly (readonly [string, MessageSignal])[] = [
    ['a rejection', { type: 'tool-rejected' }],
    ['an interrupt', { type: 'interrupted' }],
    ['a vote down', { type: 'vote', up: false }],
    ['an undone edit', { type: 'edit', outcome: 'undone' }],
    ['a failing command', { type: 'command', failed: true }],
  ];
  for (const [name, signal] of signals) {
    it(`rises with ${name}`, () => {
      const { value, reason } = arousalOf({ text: 'use tabs', signals: [signal], showsFailure: false });
      assert.ok(value >= 0.2);
      assert.ok(reason);
    });
  }
  for (const text of [
    'I told you to use tabs',
    'NEVER do this',
    'wtf',
    'use tabs again',
    'use tabs!',
    'schon wieder falsch',
  ]) {
    it(`rises with “${text}”`, () =>
      assert.ok(arousalOf({ text, signals: [], showsFailure: false }).value >= 0.1));
  }
  it('rises with a failure that is shown', () => {
    assert.ok(arousalOf({ text: 'use tabs', signals: [], showsFailure: true }).value >= 0.2);
  });
  it('is zero for calm words', () => {
    assert.deepEqual(arousalOf({ text: 'use tabs', signals: [], showsFailure: false }), { value: 0 });
  });
});

describe('reward', () => {
  const of = (text: string, signals: readonly MessageSignal[] = [], showsFailure = false) =>
    rewardOf({ text, signals, showsFailure }).value;
  it('is high for good outcomes and low for bad ones', () => {
    const neutral = of('use tabs');
    assert.ok(of('thanks, all tests pass') > of('thanks') && of('thanks') > neutral);
    assert.ok(of('x', [{ type: 'edit', outcome: 'kept' }]) > neutral);
    assert.ok(of('x', [{ type: 'command', failed: false }]) > neutral);
    assert.ok(of('x', [{ type: 'vote', up: true }]) > neutral);
    assert.ok(of('x', [{ type: 'command', failed: true }]) < neutral);
    assert.ok(of('x', [{ type: 'tool-rejected' }]) < neutral);
    assert.ok(of('x', [], true) < neutral);
  });
});

describe('conflict', () => {
  const of = (text: string, more: Partial<SalienceInput> = {}) =>
    conflictOf(event('decision', text, more)).value;
  it('rises with negation, replacement, doubt, rejection, rewriting and contradiction', () => {
    assert.equal(of('sort the list'), 0);
    assert.ok(of('no, sort it') >= 0.6);
    assert.ok(of('tabs instead of spaces') >= 0.6);
    assert.ok(of('why did you sort it?') >= 0.4);
    assert.ok(of('sort', { signals: [{ type: 'tool-rejected' }] }) >= 0.8);
    assert.ok(of('sort', { signals: [{ type: 'edit', outcome: 'modified' }] }) >= 0.7);
    assert.ok(of('sort', { contradictsMemory: true }) >= 0.9);
  });
  it('is high for a correction whatever its words', () => {
    assert.ok(conflictOf(event('correction', 'session folder')).value > 0.7);
  });
});

describe('score', () => {
  const corrections = [
    'no, use pnpm instead of npm here',
    'session folder',
    'you edited the wrong file',
    "don't mock the database",
    'why did you delete the tests?',
  ];
  const routine = [
    'add a button to the page',
    'great, thanks! all tests pass, please commit and push',
    'what does this do?',
    'Implement the plan: build an exporter for invoices with pagination, retries, throttling, telemetry and localisation!',
    'yes, do it again for the other module',
  ];
  it('ranks every correction above every routine event', () => {
    const totals = (kind: EventKind, texts: readonly string[], more: Partial<SalienceInput> = {}) =>
      texts.map((text) => scoreSalience(event(kind, text, more)).salience.total);
    assert.ok(Math.min(...totals('correction', corrections)) > Math.max(...totals('neither', routine)));
    const happy: Partial<SalienceInput> = {
      signals: [
        { type: 'command', failed: false },
        { type: 'edit', outcome: 'kept' },
      ],
    };
    assert.ok(
      Math.min(...totals('correction', corrections)) > Math.max(...totals('neither', routine, happy)),
    );
  });

  it('keeps a lesson said again above routine events, though no word of it is new', () => {
    const text = corrections[0] ?? '';
    const known = { total: 20, counts: new Map(termsOf(text).map((term) => [term, 5])) };
    const again = scoreSalience(event('correction', text, { known })).salience;
    assert.equal(again.novelty, 0);
    assert.ok(again.arousal > 0);
    for (const other of routine)
      assert.ok(again.total > scoreSalience(event('neither', other)).salience.total);
  });

  it('is the weighted mean, in bounds, with reasons', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom<EventKind>('neither', 'correction', 'fix'), (text, kind) => {
        const { salience } = scoreSalience(event(kind, text));
        const { surprise, novelty, arousal, reward, conflict, total } = salience;
        for (const value of [surprise, novelty, arousal, reward, conflict, total])
          assert.ok(value >= 0 && value <= 1);
        assert.ok(Math.abs(total - (surprise + novelty + arousal + reward + conflict) / 5) < 0.002);
      }),
    );
    const only = { surprise: 0, novelty: 0, arousal: 0, reward: 0, conflict: 2 };
    const { salience, reasons } = scoreSalience(event('correction', 'no, use tabs'), only);
    assert.equal(salience.total, salience.conflict);
    assert.ok(reasons.some((reason) => reason.startsWith('conflict:')));
  });
});

describe('gate', () => {
  it('follows the run of events between floor and ceiling', () => {
    let quiet = initialGate;
    let loud = initialGate;
    for (let index = 0; index < 200; index += 1) {
      quiet = withEvent(quiet, 0.05);
      loud = withEvent(loud, 0.9);
    }
    assert.equal(threshold(quiet, 0), gateTable.floor);
    assert.equal(threshold(loud, 0), gateTable.ceiling);
    assert.equal(loud.count, 200);
  });

  it('is the running mean and half a standard deviation, between them', () => {
    const values = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 0.2 : 0.36));
    const state = values.reduce(withEvent, initialGate);
    assert.ok(Math.abs(threshold(state, 0) - (0.28 + 0.5 * 0.08)) < 0.01, String(threshold(state, 0)));
  });

  it('rises as the buffer fills', () => {
    const steps = [0, 100, 200, 400, 4000].map((unslept) => threshold(initialGate, unslept));
    assert.deepEqual(
      [...steps].sort((a, b) => a - b),
      steps,
    );
    assert.ok((steps[3] ?? 0) > (steps[0] ?? 0));
    assert.equal(steps[3], steps[4]);
  });

  it('always lets certain events through', () => {
    assert.equal(passes(initialGate, 0, 4000, true), true);
    assert.equal(passes(initialGate, 0, 0, false), false);
  });

  it('survives storage, and what is no state', () => {
    const state = withEvent(initialGate, 0.4);
    assert.deepEqual(gateFrom(JSON.parse(JSON.stringify(state))), state);
    for (const value of [
      undefined,
      null,
      3,
      {},
      { mean: 'x', variance: 0, count: 0 },
      { mean: 2, variance: 0, count: 1 },
    ])
      assert.deepEqual(gateFrom(value), initialGate);
  });
});
