import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { overlap, recollect, wordsOf } from '../../src/core/injection/recollections.ts';
import type { InjectionRequest } from '../../src/core/injection/request.ts';
import type { Memory, MemoryId } from '../../src/core/memory.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, memoryId, noon, project } from '../support/builders.ts';
import { createTestInjection } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const here = project('/home/ada/one');

function injectionOver(all: readonly Memory[], behind: ReadonlySet<MemoryId> = new Set()) {
  const store = createNaiveStore(all, { behind });
  const injection = createTestInjection(store);
  const ask = (request: Partial<InjectionRequest> = {}) =>
    injection.compose({
      event: 'SessionStart',
      project: here,
      session: 'now',
      leaveReceipt: true,
      ...request,
    });
  return { ask, store };
}

const said = (text: string, fields: Parameters<typeof buildMemory>[0] = {}) =>
  buildMemory({
    kind: 'episode',
    text: `no, ${text.toLowerCase()}`,
    lesson: { statement: text },
    confidence: 0.85,
    ...fields,
    source: { session: 'before', ...fields?.source },
  });
const ports = said('Read the port from the environment.');

test('what was said once is told as said once, after the rules', async () => {
  const rule = buildMemory({ text: 'Write the changelog in the past tense.', strength: 0.2 });
  const { context, rules } = await injectionOver([ports, rule]).ask();
  assert.deepEqual(rules, [rule.id, ports.id]);
  assert.match(context, /- Read the port from the environment\. \[said once, project e_/);
  assert.doesNotMatch(context, /past tense\. \[said/);
});

test('a tight budget goes to rules', async () => {
  const rule = buildMemory({
    text: 'Write the changelog in the past tense.',
    strength: 0.2,
    confidence: 0.2,
  });
  const { rules } = await injectionOver([ports, rule]).ask({ budget: 90 });
  assert.deepEqual(rules, [rule.id]);
});

test('what several conversations said is one line, in the newest words that say it all', async () => {
  const newer = said('Read the port only from the environment.', {
    createdAt: noon + 1,
    source: { session: 'later' },
  });
  const { context, rules } = await injectionOver([ports, newer]).ask();
  assert.deepEqual(rules, [newer.id]);
  assert.match(context, /said 2 times/);
});

const crates = said(
  'Keep the crates in the shed. Treat the lids with the grey varnish that the harbour office keeps for crates which stand in the rain all year.',
);

test('the further orders of a message are told where there is room for them', async () => {
  const { context } = await injectionOver([crates]).ask();
  assert.match(
    context,
    /- Keep the crates in the shed\. Treat the lids with the grey varnish that .* all year\. \[said once/,
  );
});

test('they put out nothing else that could be told', async () => {
  const points = await injectionOver([said('Keep the crates in the shed.'), ports]).ask();
  const { context, rules } = await injectionOver([crates, ports]).ask({ budget: points.tokens + 25 });
  assert.equal(rules.length, 2);
  assert.match(context, /- Keep the crates in the shed\. \[/);
});

test('what says the same is known by its point, whatever was asked for beside it', async () => {
  const again = said(
    'Keep the crates in the shed. Print all lists of the harbour office twice on yellow paper.',
    {
      createdAt: noon + 1,
      source: { session: 'later' },
    },
  );
  const { context } = await injectionOver([crates, again]).ask();
  assert.match(context, /said 2 times/);
});

const later = { createdAt: noon + 1, confidence: 0.75, source: { session: 'later' } };
const tickets = said('Print the tickets in the staging room, not at the till.', {
  lesson: {
    statement: 'Print the tickets in the staging room, not at the till.',
    wrong: 'at the till',
    right: 'print the tickets in the staging room',
  },
});

test('a newer, shorter word for the same does not hide what was said fully', async () => {
  const shorter = said('Be in the staging room.', later);
  const { context, rules } = await injectionOver([tickets, shorter]).ask();
  assert.deepEqual(rules, [tickets.id]);
  assert.match(context, /not at the till\. \[said 2 times/);
});

test('what was turned round since is told as it was said last', async () => {
  for (const turned of ['Do not print in the staging room.', 'Print tickets at the till.']) {
    const { rules } = await injectionOver([tickets, said(turned, later)]).ask();
    const newest = rules[0];
    assert.notEqual(newest, undefined);
    assert.ok(!(rules.length === 1 && newest === tickets.id), turned);
  }
});

test('an errand is done with once it was carried out; one that lasts, or names a written rule, is not', async () => {
  const remove = said('Remove the import of the harbour map.');
  assert.deepEqual((await injectionOver([remove]).ask()).rules, []);
  for (const fields of [
    { standing: true },
    { lesson: { statement: 'Define the voyage as in voyages.md.' } },
  ]) {
    const { rules } = await injectionOver([said('Define the voyage.', fields)]).ask();
    assert.equal(rules.length, 1);
  }
});

test('with a prompt only where it fits', async () => {
  const { ask } = injectionOver([ports]);
  const prompt = { event: 'UserPromptSubmit' } as const;
  assert.deepEqual((await ask({ ...prompt, prompt: 'why is the header so tall?' })).rules, []);
  const fitting = await ask({ ...prompt, prompt: 'read the port for the server from the environment file' });
  assert.deepEqual(fitting.rules, [ports.id]);
});

test('it is not told to the conversation that said it, in another project, or when its owner wants only rules', async () => {
  assert.deepEqual((await injectionOver([ports]).ask({ session: 'before' })).rules, []);
  assert.deepEqual((await injectionOver([ports]).ask({ project: project('/home/ada/two') })).rules, []);
  assert.deepEqual((await injectionOver([ports]).ask({ recollections: false })).rules, []);
});

test('what a rule says already, whatever its owner decided about the rule, is not told a second time', async () => {
  assert.deepEqual((await injectionOver([ports], new Set([ports.id])).ask()).rules, []);
  const rule = buildMemory({ text: 'Always read the port from the environment.' });
  assert.deepEqual((await injectionOver([rule, ports]).ask()).rules, [rule.id]);
  const { ask } = injectionOver([rule, ports]);
  await ask();
  const later = await ask({ event: 'UserPromptSubmit', prompt: 'read the port from the environment' });
  assert.deepEqual(later.rules, []);
});

test('told often and never needed again, it falls silent; corrected again, it speaks', async () => {
  const { ask, store } = injectionOver([ports]);
  for (let at = 0; at < tunables.injection.recollection.mostTold; at += 1)
    assert.deepEqual((await ask({ session: `s${at}` })).rules, [ports.id]);
  assert.deepEqual((await ask({ session: 'one too many' })).rules, []);
  await store.receipts.setVerdict(store.receipts.all[0]?.id ?? '', 'violated');
  assert.deepEqual((await ask({ session: 'once more' })).rules, [ports.id]);
});

test('what several conversations said stays as many times as long', async () => {
  const again = { ...ports, id: memoryId('e_again'), source: { ...ports.source, session: 'another day' } };
  const { ask } = injectionOver([ports, again]);
  const { mostTold } = tunables.injection.recollection;
  for (let at = 0; at < 2 * mostTold; at += 1)
    assert.equal((await ask({ session: `s${at}` })).rules.length, 1, String(at));
  assert.deepEqual((await ask({ session: 'one too many' })).rules, []);
});

test('a proposed rule is no rule yet: it is told with the number of conversations, never while its owner wants only rules', async () => {
  const proposed = buildMemory({ text: 'Squash before merging.', status: 'proposed' });
  const { context, rules } = await injectionOver([proposed]).ask();
  assert.deepEqual(rules, [proposed.id]);
  assert.match(context, /said once/);
  assert.deepEqual((await injectionOver([proposed]).ask({ recollections: false })).rules, []);
  const dream = buildMemory({ text: 'Squash before merging.', status: 'proposed', kind: 'insight' });
  assert.deepEqual((await injectionOver([dream]).ask()).rules, []);
});

test('what says the same is grouped as by comparing all with all, the first of the groups that are alike', () => {
  const word = fc.constantFrom(
    ...'crate shed lid varnish harbour list paper ticket till room port'.split(' '),
  );
  const sentences = fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { maxLength: 14 });
  const { same } = tunables.injection.recollection;
  fc.assert(
    fc.property(sentences, (all) => {
      const memories = all.map((words, at) =>
        said(`${words.join(' ')}.`, { id: memoryId(`e_${at}`), source: { session: `s${at}` } }),
      );
      const groups: { readonly first: Memory; count: number }[] = [];
      for (const memory of memories) {
        const known = groups.find(({ first }) => overlap(wordsOf(first), wordsOf(memory)) >= same);
        if (known === undefined) groups.push({ first: memory, count: 1 });
        else known.count += 1;
      }
      assert.deepEqual(
        recollect(memories, new Map(), noon).map(({ sessions }) => sessions),
        groups.map(({ count }) => count),
      );
    }),
  );
});

const manyOf = (count: number, fields: (at: number) => Parameters<typeof buildMemory>[0]) =>
  Array.from({ length: count }, (_, at) =>
    said(`Put crate number ${at} on shelf ${String.fromCharCode(97 + (at % 26))}${at} of the shed.`, {
      id: memoryId(`e_${String(at).padStart(3, '0')}`),
      createdAt: noon + 1000 + at,
      ...fields(at),
    }),
  );

test('a start reads as many memories as it compares, not as many as it may look at', async () => {
  const { store, ask } = injectionOver(manyOf(300, () => ({ standing: true, sleptAt: noon })));
  let read = 0;
  const { list } = store.memories;
  Object.assign(store.memories, {
    list: async (filter: Parameters<typeof list>[0]) => {
      const found = await list(filter);
      read += found.length;
      return found;
    },
  });
  assert.ok((await ask()).rules.length > 0);
  assert.ok(read <= tunables.injection.recollection.compared, String(read));
});

test('behind many that are too uncertain to be told it finds one that is not, but not behind all that it may look at', async () => {
  const { sessionCandidates } = tunables.injection;
  const doubtful = (count: number) => manyOf(count, () => ({ confidence: 0.1 }));
  const old = said('Read the port from the environment.', { createdAt: noon - 1000 });
  assert.deepEqual((await injectionOver([old, ...doubtful(sessionCandidates - 1)]).ask()).rules, [old.id]);
  assert.deepEqual((await injectionOver([old, ...doubtful(sessionCandidates)]).ask()).rules, []);
  const lasting = { ...old, standing: true };
  assert.deepEqual((await injectionOver([lasting, ...doubtful(sessionCandidates - 1)]).ask()).rules, [
    old.id,
  ]);
  assert.deepEqual((await injectionOver([lasting, ...doubtful(sessionCandidates)]).ask()).rules, []);
});
