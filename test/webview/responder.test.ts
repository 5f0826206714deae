/** The protocol and the extension's end of it, without a browser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ReverieError } from '../../src/core/errors.ts';
import {
  type Mood,
  maxText,
  parseFromSidebar,
  parseReply,
  parseToSidebar,
  protocolVersion,
  type Snapshot,
  type ToSidebar,
} from '../../src/core/protocol.ts';
import { createSidebarResponder, type SidebarHost } from '../../src/vscode/sidebarResponder.ts';
import { silentLog } from '../support/builders.ts';
import { sampleMemory, snapshotOf } from './sample.ts';

const snapshot: Snapshot = snapshotOf(sampleMemory(3), '1');
const unused = async (): Promise<never> => {
  throw new Error('not asked in this test');
};
const idleHost: SidebarHost = {
  snapshot: async () => snapshot,
  episodes: unused,
  evidence: unused,
  accept: unused,
  retire: unused,
  edit: unused,
  pin: unused,
  guard: unused,
  review: unused,
  forget: unused,
  changes: unused,
  undo: unused,
};

function answering(host: Partial<SidebarHost>, run: () => Promise<void> = unused) {
  const sent: ToSidebar[] = [];
  const responder = createSidebarResponder({
    host: { ...idleHost, ...host },
    run,
    log: silentLog,
    post: (message) => sent.push(message),
  });
  return { sent, responder };
}
const ready = { type: 'ready', version: protocolVersion };
/** Lets everything that is already decided happen. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the responder', () => {
  it('sends nothing before the sidebar is ready, then a whole snapshot', async () => {
    const { sent, responder } = answering({});
    responder.refresh();
    responder.mood({ state: 'paused', where: 'everywhere' });
    await settled();
    assert.deepEqual(sent, []);
    responder.receive(ready);
    await settled();
    assert.deepEqual(sent, [{ type: 'snapshot', revision: 1, snapshot }]);
  });

  it('shows a view that was asked for before it was ready', async () => {
    const { sent, responder } = answering({});
    responder.show('nights');
    responder.receive(ready);
    assert.deepEqual(sent, [{ type: 'show', view: 'nights' }]);
  });

  it('sends nothing to a page that is gone, and tells the next what it missed', async () => {
    const { sent, responder } = answering({});
    responder.receive(ready);
    await settled();
    responder.rest();
    responder.refresh();
    responder.show('dreams');
    await settled();
    assert.equal(sent.length, 1);
    responder.receive(ready);
    await settled();
    assert.deepEqual(
      sent
        .slice(1)
        .map(({ type }) => type)
        .sort(),
      ['show', 'snapshot'],
    );
  });

  it('joins refreshes that come while a snapshot is made into one more', async () => {
    const waiting: (() => void)[] = [];
    const { sent, responder } = answering({
      snapshot: () => new Promise((resolve) => waiting.push(() => resolve(snapshot))),
    });
    responder.receive(ready);
    for (let i = 0; i < 10; i++) responder.refresh();
    for (let i = 0; i < 5; i++) {
      waiting.shift()?.();
      await settled();
    }
    assert.deepEqual(
      sent.map((message) => message.type === 'snapshot' && message.revision),
      [1, 2],
    );
  });

  it('answers what it cannot read, so that nobody waits', async () => {
    const { sent, responder } = answering({});
    responder.receive({ type: 'request', id: 7, method: 'dropTables', params: {} });
    responder.receive({
      type: 'request',
      id: 8,
      method: 'edit',
      params: { id: 'r_1', text: 'x'.repeat(maxText + 1) },
    });
    responder.receive({
      type: 'request',
      id: 9,
      method: 'run',
      params: { command: 'workbench.action.quit' },
    });
    responder.receive('nonsense');
    await settled();
    assert.deepEqual(
      sent.map((message) => message.type === 'failure' && [message.id, message.reason]),
      [
        [7, 'invalid-input'],
        [8, 'invalid-input'],
        [9, 'invalid-input'],
      ],
    );
  });

  it('hands on our own reasons, and keeps the words of other errors to itself', async () => {
    const { sent, responder } = answering({
      retire: async () => {
        throw new ReverieError('undo-conflict', 'It was changed since.');
      },
      accept: async () => {
        throw new Error('SQLITE_CORRUPT near "the user said"');
      },
    });
    responder.receive({ type: 'request', id: 1, method: 'retire', params: { id: 'r_1' } });
    responder.receive({ type: 'request', id: 2, method: 'accept', params: { id: 'r_1' } });
    await settled();
    assert.deepEqual(sent[0], {
      type: 'failure',
      id: 1,
      reason: 'undo-conflict',
      message: 'It was changed since.',
    });
    assert.equal(sent[1]?.type === 'failure' && sent[1].reason, 'unexpected');
    assert.doesNotMatch(JSON.stringify(sent[1]), /user said|SQLITE/);
  });

  it('tells trouble where no snapshot can be made', async () => {
    const { sent, responder } = answering({
      snapshot: async () => {
        throw new ReverieError('database-busy', 'The database is busy.');
      },
    });
    responder.receive(ready);
    await settled();
    assert.deepEqual(sent, [{ type: 'trouble', message: 'The database is busy.' }]);
  });

  it('answers open requests as aborted when it is disposed, and is silent then', async () => {
    const { sent, responder } = answering({ evidence: () => new Promise(() => undefined) });
    responder.receive({ type: 'request', id: 3, method: 'evidence', params: { id: 'r_1' } });
    responder.dispose();
    responder.receive(ready);
    await settled();
    assert.deepEqual(
      sent.map((message) => message.type === 'failure' && [message.id, message.reason]),
      [[3, 'aborted']],
    );
  });

  it('asks for a reload when the sidebar is of another version', () => {
    const { sent, responder } = answering({});
    responder.receive({ type: 'ready', version: protocolVersion + 1 });
    assert.equal(sent[0]?.type, 'trouble');
  });
});

describe('the guards', () => {
  it('refuse anything else with invalid-input, never with another error', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const parse of [parseFromSidebar, parseToSidebar]) {
          try {
            parse(value);
          } catch (error) {
            assert.ok(ReverieError.is(error, 'invalid-input'));
          }
        }
      }),
    );
  });

  it('let a snapshot through as it is, without what they do not know', () => {
    const message = { type: 'snapshot', revision: 1, snapshot: { ...snapshot, extra: 1 }, more: 2 };
    assert.deepEqual(parseToSidebar(message), { type: 'snapshot', revision: 1, snapshot });
  });

  it('refuse a snapshot with one broken field, wherever it is', () => {
    const [first, ...others] = snapshot.memories;
    const broken = { ...snapshot, memories: [{ ...first, effective: Number.NaN }, ...others] };
    assert.throws(
      () => parseToSidebar({ type: 'snapshot', revision: 1, snapshot: broken }),
      (error) => ReverieError.is(error, 'invalid-input'),
    );
    const mood: Mood = { state: 'awake', pressure: 1.2, unslept: 0 };
    assert.throws(() => parseToSidebar({ type: 'mood', mood }));
  });

  it('read a reply by its method', () => {
    assert.deepEqual(parseReply('undo', { undone: 2 }), { undone: 2 });
    assert.throws(() => parseReply('undo', []));
    assert.equal(parseReply('forget', undefined), undefined);
  });
});
