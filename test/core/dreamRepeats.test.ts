/** A dream that says a lesson over again, or rests on an errand, is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memory } from '../../src/core/memory.ts';
import { dreamPairs } from '../../src/core/sleep/dream/dreamPairs.ts';
import { tracesOf } from '../../src/core/sleep/dream/dreamReading.ts';
import { tunables } from '../../src/core/tunables.ts';
import { buildMemory, memoryId, noon, project } from '../support/builders.ts';

const said = (text: string, where: string): Memory =>
  buildMemory({
    id: memoryId(`e_${text}`),
    kind: 'episode',
    text,
    scope: { level: 'project', project: project(`/home/ada/${where}`) },
    source: { session: text },
  });

test('what one errand is for is no way of working', () => {
  const schemas = (text: string) => tracesOf(said(text, 'atlas')).map(({ schema }) => schema.name);
  assert.deepEqual(schemas('we must also update the booking form to simplify it'), []);
  assert.deepEqual(schemas('please simplify the booking form, nobody needs all of these fields'), [
    'bigger-than-needed',
  ]);
});

test('of one trouble each project is told once a night', async () => {
  const lessons = [
    said('you saved it in the main folder, not on the draft branch', 'atlas'),
    said('why are you working in the main folder again', 'atlas'),
    said('you edited the chart in the wrong directory', 'atlas'),
    said('you are writing into the production database, not the staging server', 'ferry'),
    said('you just uploaded this to the production server', 'ferry'),
    said('you changed the timetable in the wrong folder', 'ferry'),
    said('you put the invoice on the live site, not on the test server', 'ledger'),
    said('why are you editing the wrong repository again', 'ledger'),
    said('you booked that in the wrong environment', 'ledger'),
    ...Array.from({ length: 12 }, (_, at) => said(`the label of axis ${at} overlaps its neighbour`, 'atlas')),
  ];
  const pairs = await dreamPairs(lessons, {
    now: noon,
    seen: new Set(),
    told: new Map(),
    behind: new Map(),
    breathe: async () => {},
  });
  const good = pairs.filter(
    ({ schema, helps, score }) =>
      schema?.name === 'wrong-place' && helps.length > 0 && score.total >= tunables.dream.keep,
  );
  const homes = good.flatMap(({ a, b }) => [a, b].map(({ memory }) => JSON.stringify(memory.scope)));
  assert.ok(good.length > 0);
  assert.equal(new Set(homes).size, homes.length, homes.join());
});
