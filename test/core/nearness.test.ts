/** What is found fast is what a naive reading of all pairs finds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Memory } from '../../src/core/memory.ts';
import { clustersOf, groupAlong } from '../../src/core/sleep/crystallization/clusters.ts';
import { type Edges, neighbourTable } from '../../src/core/sleep/crystallization/neighbours.ts';
import { sleepOneNight } from '../../src/core/sleep/cycle.ts';
import { createNeighbourhood, homeOf, termsOfMemory } from '../../src/core/sleep/night/neighbourhood.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { areOpposite, oppositionTable } from '../../src/core/text/opposition.ts';
import { createCorpus } from '../../src/core/text/similarity.ts';
import { createEntries, dot, heaviest, plus, signedAt, type Vector } from '../../src/core/text/vector.ts';
import { buildMemory, fixedClock, memoryId, noon, project, silentLog, testIds } from '../support/builders.ts';
import { createSleepStore } from '../support/sleepStore.ts';
import { syntheticEpisodes } from '../support/syntheticDays.ts';

const opening = ['always', 'never', 'please', 'you should', 'why did you', "don't", 'you forgot to'];
const acts = ['mock', 'rename', 'deploy', 'cache', 'format', 'squash'];
const things = ['the database', 'the staging cluster', 'timestamps', 'the generated client', 'invoices'];
const asides = ['', ', not the other way round', ' before a release', ' again', ' in the integration tests'];
const sentence = fc
  .tuple(
    fc.constantFrom(...opening),
    fc.constantFrom(...acts),
    fc.constantFrom(...things),
    fc.constantFrom(...asides),
  )
  .map(([start, act, thing, aside]) => `${start} ${act} ${thing}${aside}`);
const remarks = (most: number) =>
  fc.array(fc.tuple(sentence, fc.constantFrom('/code/a', '/code/b', '')), { minLength: 2, maxLength: most });

const memoriesOf = (said: readonly (readonly [string, string])[]): readonly Memory[] =>
  said.map(([text, home], at) =>
    buildMemory({
      id: memoryId(`e_${String(at).padStart(3, '0')}`),
      kind: 'episode',
      text,
      scope: home === '' ? { level: 'user' } : { level: 'project', project: project(home) },
      createdAt: noon + at * 60_000,
    }),
  );
const breathe = async () => {};

test('nearest by the index are the nearest by comparing with everything', async () => {
  await fc.assert(
    fc.asyncProperty(remarks(40), async (said) => {
      const memories = memoriesOf(said);
      const near = await createNeighbourhood(memories, breathe);
      const termSets = memories.map(termsOfMemory);
      const count = (term: string) => termSets.filter((terms) => terms.has(term)).length;
      const rarity = (term: string) =>
        memories.length < 3
          ? 1
          : Math.max(0.05, Math.log(1 + memories.length / count(term)) / Math.log(1 + memories.length));
      for (const [at, memory] of memories.entries()) {
        const terms = [...(termSets[at] ?? [])];
        /* The index looks a memory up under its nine rarest terms: these have fewer. */
        assert.ok(terms.length <= 9);
        const mass = terms.reduce((sum, term) => sum + rarity(term), 0);
        const shared = (other: number) =>
          terms.reduce((sum, term) => sum + (termSets[other]?.has(term) === true ? rarity(term) : 0), 0);
        const may = [...memories.keys()].filter(
          (other) =>
            other !== at &&
            shared(other) >= 0.2 * mass - 1e-9 &&
            [homeOf(memory), ''].includes(homeOf(memories[other] as Memory)),
        );
        const answer = near.near(memory, { atLeast: 0.2, limit: 50 });
        const likenesses = answer.map(({ likeness }) => likeness);
        assert.deepEqual(
          likenesses,
          likenesses.toSorted((a, b) => b - a),
        );
        for (const { memory: other, likeness, opposite } of answer) {
          assert.ok(may.includes(memories.indexOf(other)), other.text);
          assert.deepEqual(near.compare(memory, other).likeness, likeness);
          assert.ok(likeness >= 0.2 || opposite);
        }
        /* Of those that share most the eight first are compared; none of them is missing. */
        const least = may
          .map(shared)
          .sort((a, b) => b - a)
          .at(8);
        for (const other of may) {
          if (least !== undefined && shared(other) <= least + 1e-9) continue;
          /* Exactly at the bound it is a matter of the last digit of a sum. */
          if (shared(other) <= 0.2 * mass + 1e-9) continue;
          const judged = near.compare(memory, memories[other] as Memory);
          if (judged.likeness < 0.2 && !judged.opposite) continue;
          assert.ok(answer.some((one) => one.memory === memories[other]));
        }
      }
    }),
    { numRuns: 60 },
  );
});

/** Every pair, the strongest first, in the order in which the fast search would have come across them. */
function allEdges(vectors: readonly Vector[]): Edges {
  const pairs: { a: number; b: number; weight: number }[] = [];
  for (const [b, vector] of vectors.entries()) {
    const near = vectors
      .slice(0, b)
      .map((other, a) => ({ a, b, weight: dot(vector, other) }))
      .filter(({ weight }) => weight >= neighbourTable.edge);
    pairs.push(...near.sort((x, y) => y.weight - x.weight || y.a - x.a));
  }
  const step = (weight: number) => Math.round(Math.fround(weight) * neighbourTable.steps);
  pairs.sort((x, y) => step(y.weight) - step(x.weight));
  return {
    size: pairs.length,
    a: Uint32Array.from(pairs, ({ a }) => a),
    b: Uint32Array.from(pairs, ({ b }) => b),
    weight: Float32Array.from(pairs, ({ weight }) => weight),
  };
}

test('groups along the few nearest are the groups along all pairs', async () => {
  await fc.assert(
    fc.asyncProperty(remarks(24), async (said) => {
      const corpus = createCorpus(memoriesOf(said));
      const fast = await clustersOf(corpus);
      const naive = await groupAlong(corpus, allEdges(said.map((_, at) => corpus.vectors.at(at))));
      assert.deepEqual(fast, naive);
    }),
    { numRuns: 120 },
  );
});

const vector = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 60 }).map((at) => at * 8),
      plain: fc.double({ min: 0.01, max: 1, noNaN: true }),
      sign: fc.double({ min: -1, max: 1, noNaN: true }),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  )
  .map((drawn) => {
    const entries = createEntries();
    for (const { id, plain, sign } of drawn) entries.add(id, plain, plain * sign);
    return entries.vector({ least: 0 });
  });
const entriesOf = ({ ids, plain, signed }: Vector) =>
  new Map([...ids].map((id, at) => [id, [plain[at] ?? 0, signed[at] ?? 0] as const]));

test('sums, heaviest features and poles are what maps and sorting give', () => {
  fc.assert(
    fc.property(vector, vector, fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (a, b, poles) => {
      const [one, other] = [entriesOf(a), entriesOf(b)];
      const sum = entriesOf(plus(a, b));
      assert.deepEqual(
        [...sum.keys()],
        [...new Set([...one.keys(), ...other.keys()])].sort((x, y) => x - y),
      );
      for (const [id, [plain, signed]] of sum) {
        assert.equal(plain, Math.fround((one.get(id)?.[0] ?? 0) + (other.get(id)?.[0] ?? 0)));
        assert.equal(signed + 0, Math.fround((one.get(id)?.[1] ?? 0) + (other.get(id)?.[1] ?? 0)) + 0);
      }
      for (const most of [1, 3, 16, 100]) {
        const sorted = [...one].sort((x, y) => y[1][0] - x[1][0] || x[0] - y[0]).map(([id]) => id);
        assert.deepEqual([...heaviest(a, most)], sorted.slice(0, most));
      }
      const set = new Set(poles.map((at) => at * 8));
      const over = (v: Vector, w: Vector) =>
        [...set].reduce((total, id) => total + signedAt(v, id) * signedAt(w, id), 0);
      const { poleMass, poleSigned } = oppositionTable;
      const [left, right, agreed] = [over(a, a), over(b, b), over(a, b)];
      const bound = poleSigned * Math.sqrt(left * right);
      const close = [left - poleMass * dot(a, a), right - poleMass * dot(b, b), agreed - bound, agreed];
      if (close.some((distance) => Math.abs(distance) < 1e-6)) return;
      const atPoles =
        agreed < 0 && left >= poleMass * dot(a, a) && right >= poleMass * dot(b, b) && agreed <= bound;
      assert.equal(areOpposite(a, b, set), areOpposite(a, b) || atPoles);
    }),
  );
});

test('a night finds the same rules in whatever order the store answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }), async (seed, order) => {
      const episodes = syntheticEpisodes({ seed, count: 60, projects: 2, days: 40 });
      const random = createRandom(order);
      const shuffled = episodes
        .map((memory) => ({ memory, key: random.next() }))
        .sort((x, y) => x.key - y.key)
        .map(({ memory }) => memory);
      const contents = [];
      for (const memories of [episodes, shuffled]) {
        const store = createSleepStore(memories);
        await sleepOneNight(
          {
            sleep: store,
            clock: fixedClock(noon + 3_600_000),
            ids: testIds,
            tokenizer: { count: (text) => Math.ceil(text.length / 4) },
            log: silentLog,
          },
          { owner: 'test', fixedClock: true },
        );
        contents.push(store.content());
      }
      assert.deepEqual(contents[1], contents[0]);
    }),
    { numRuns: 8 },
  );
});
