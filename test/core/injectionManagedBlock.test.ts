import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withManagedBlock, withoutManagedBlock } from '../../src/core/injection/managedBlock.ts';

const piece = fc.constantFrom(
  '',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '# Rules',
  '- use tabs',
  '\uFEFF',
  '---',
  'ä🧨',
  ' ',
  '<!-- x -->',
);
const content = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const lines = fc.array(fc.constantFrom('- Use pnpm.', '- Never mock the database.'), { maxLength: 4 });

test('property: what was there before comes back byte for byte, however often it was written', () => {
  fc.assert(
    fc.property(fc.option(content, { nil: undefined }), lines, lines, (before, first, second) => {
      const header = '---\napplyTo: "**"\n---\n';
      const written = withManagedBlock(before, first, header);
      const again = withManagedBlock(written, second, header);
      assert.equal(withManagedBlock(again, second, header), again);
      assert.equal(withoutManagedBlock(written, header), before);
      assert.equal(withoutManagedBlock(again, header), before);
      assert.ok(again.startsWith(before ?? header));
    }),
    { numRuns: 1000 },
  );
});

test('what was written around the block stays where it is', () => {
  const written = withManagedBlock('# Ours', ['- Use pnpm.']);
  const around = `${written}A line below.\n`;
  const again = withManagedBlock(around, ['- Use tabs.']);
  assert.match(again, /- Use tabs\.\n<!-- reverie:end -->\nA line below\.\n$/);
  assert.equal(withoutManagedBlock(again), '# Ours\n\nA line below.\n');
});
