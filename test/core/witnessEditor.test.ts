import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { EditEvent, TextChange } from '../../src/core/witness/edit.ts';
import { originOf } from '../../src/core/witness/edit.ts';
import { createEditorWitness } from '../../src/core/witness/editorWitness.ts';
import { follow, locate, newSpan, piecesOf } from '../../src/core/witness/span.ts';

const file = '/p/src/money.ts';
const written =
  'export function price(text) {\n  const value = parseFloat(text);\n  return value.toFixed(2);\n}\n';
const other = '/p/src/cart.ts';

const event = (changes: readonly TextChange[], more: Partial<EditEvent> = {}): EditEvent => ({
  file,
  at: 0,
  changes,
  fromDisk: false,
  active: true,
  size: 1000,
  ...more,
});
const change = (offset: number, length: number, text: string, atCaret = true): TextChange => ({
  offset,
  length,
  text,
  atCaret,
});

/** An editor witness that saw an assistant write into an open file. */
function withText(text = written, document = `// head\n${text}// tail\n`) {
  const witness = createEditorWitness();
  witness.wrote({ file, texts: [text], at: 0 }, document);
  return { witness, start: document.indexOf(text) };
}
const later = 10 * 60_000;

suite('who made an edit', () => {
  const cases: readonly (readonly [string, EditEvent, string])[] = [
    ['a letter', event([change(5, 0, 'a')]), 'typing'],
    ['a line break with its indentation', event([change(5, 0, '\n    ')]), 'typing'],
    ['the same at many carets', event([change(5, 0, 'x'), change(50, 0, 'x')]), 'typing'],
    [
      'a completion with its import',
      event([change(0, 0, "import { a } from './a';\n", false), change(80, 2, 'a')]),
      'typing',
    ],
    ['three lines at the caret', event([change(5, 0, 'one\ntwo\nthree\n')]), 'paste'],
    ['undo', event([change(5, 3, '')], { reason: 'undo' }), 'undo'],
    ['a file read again', event([change(0, 900, 'all new')], { fromDisk: true }), 'disk'],
    ['spacing elsewhere', event([change(5, 2, '\n    ', false), change(90, 1, '', false)]), 'format'],
    ['a rename', event([change(5, 4, 'total', false), change(90, 4, 'total', false)]), 'rename'],
    ['a block far from the caret', event([change(5, 0, 'one\ntwo\nthree\n', false)]), 'tool'],
    ['in a file nobody looks at', event([change(5, 0, 'x')], { active: false }), 'tool'],
    ['everything replaced', event([change(0, 990, 'x'.repeat(990), false)], { size: 990 }), 'replaced'],
  ];
  for (const [what, one, origin] of cases) test(what, () => assert.equal(originOf(one), origin));
});

suite('the editor as witness', () => {
  test('what a person rewrites of an assistant’s text is told once, when they have left it alone', () => {
    const { witness, start } = withText();
    const at = start + written.indexOf('parseFloat');
    witness.edited(event([change(at, 'parseFloat'.length, 'toCents')], { at: 1000 }));
    assert.deepEqual(witness.settled(2000), []);
    assert.equal(witness.dueAt() !== undefined, true);
    const [rewrite] = witness.settled(later);
    assert.equal(rewrite?.file, file);
    assert.equal(rewrite?.pieces[0]?.before, written);
    assert.equal(rewrite?.pieces[0]?.after, written.replace('parseFloat', 'toCents'));
    assert.deepEqual(witness.settled(2 * later), []);
  });

  test('they are left alone for half a minute first; what changed just before an agent told was its own doing', () => {
    const retyped = (text: string, start: number) =>
      event([change(start + text.indexOf('parseFloat'), 'parseFloat'.length, 'toCents')], { at: 1000 });
    const settledAt = (at: number) => {
      const { witness, start } = withText();
      witness.edited(retyped(written, start));
      return witness.settled(at).length;
    };
    assert.equal(settledAt(30_999), 0);
    assert.equal(settledAt(31_000), 1);
    const toldAgain = (at: number) => {
      const { witness, start } = withText();
      witness.edited(retyped(written, start));
      witness.wrote({ file, texts: [], at }, undefined);
      return witness.settled(later).length;
    };
    assert.equal(toldAgain(3000), 0);
    assert.equal(toldAgain(3001), 1);
  });

  test('what comes without a caret is an assistant’s from eighty characters and three lines on', () => {
    const told = (text: string) => {
      const witness = createEditorWitness();
      witness.edited(event([change(8, 0, text, false)], { active: false, at: 0 }));
      const at = 8 + text.indexOf('parseFloat');
      witness.edited(event([change(at, 'parseFloat'.length, 'toCents')], { at: 60_000 }));
      return witness.settled(later).length;
    };
    const lines = (count: number, length: number) => {
      const body = 'const v = parseFloat(t);';
      const text = [body, ...Array.from({ length: count - 1 }, (_, line) => `const w${line} = v + u;`)].join(
        '\n',
      );
      return `${text}${'x'.repeat(Math.max(0, length - text.length - 1))}\n`;
    };
    assert.equal(told(lines(4, 80)), 1);
    assert.equal(told(lines(3, 79)), 0, `${lines(3, 79).length} characters`);
    assert.equal(told(lines(2, 200)), 0, 'two lines');
    assert.equal(told(lines(3, 200)), 1, 'three lines');
  });

  test('text taken back with undo; redo takes that back', () => {
    const { witness, start } = withText();
    witness.edited(event([change(start, written.length, '')], { at: 1000, reason: 'undo' }));
    witness.edited(event([change(start, 0, written)], { at: 2000, reason: 'redo' }));
    assert.deepEqual(witness.settled(later), []);
    witness.edited(event([change(start, written.length, '')], { at: later + 1000, reason: 'undo' }));
    const [rewrite] = witness.settled(3 * later);
    assert.deepEqual([rewrite?.pieces[0]?.undone, rewrite?.pieces[0]?.after], [true, '']);
  });

  test('a block deleted, and another typed in its place, is one rewrite', () => {
    const { witness, start } = withText();
    witness.edited(event([change(start, written.length, '')], { at: 1000 }));
    for (const [index, letter] of [...'const a = 1;'].entries())
      witness.edited(event([change(start + index, 0, letter)], { at: 2000 + index }));
    const [rewrite] = witness.settled(later);
    assert.equal(rewrite?.pieces[0]?.after, 'const a = 1;');
  });

  test('typing elsewhere moves the text and changes nothing', () => {
    const { witness, start } = withText();
    witness.edited(event([change(0, 0, 'x'), change(start + written.length, 0, 'y')], { at: 1000 }));
    assert.equal(witness.dueAt(), undefined);
    witness.edited(event([change(start + 1, written.length, '')], { at: 2000 }));
    assert.equal(witness.settled(later)[0]?.pieces[0]?.before, written);
  });

  test('a formatter, a rename and a checkout are nobody’s rewriting', () => {
    const { witness, start } = withText();
    witness.edited(event([change(start + written.indexOf('\n') + 1, 2, '\t', false)], { at: 1000 }));
    const at = (text: string, from = 0) => start + written.indexOf(text, from) - 1;
    witness.edited(
      event([change(at('value'), 5, 'number', false), change(at('value', 60), 5, 'number', false)], {
        at: 2000,
      }),
    );
    assert.deepEqual(witness.settled(later), []);
    witness.edited(event([change(0, 120, 'else')], { at: later + 1, fromDisk: true }));
    assert.deepEqual(witness.settled(2 * later), []);
  });

  test('text that vanishes without a key stroke was undone by a button, unless the assistant did it', () => {
    const first = withText();
    first.witness.edited(event([change(first.start, written.length, '', false)], { at: 1000 }));
    assert.equal(first.witness.settled(later)[0]?.pieces[0]?.undone, true);
    const second = withText();
    second.witness.edited(event([change(second.start, written.length, '', false)], { at: 1000 }));
    second.witness.wrote(
      { file, texts: ['const other = 1;\nexport { other };\n'], at: 1500 },
      '// head\nconst other = 1;\nexport { other };\n// tail\n',
    );
    assert.deepEqual(second.witness.settled(later), []);
    const third = withText();
    third.witness.edited(event([change(third.start, written.length, '', false)], { at: 1000 }));
    third.witness.gitMoved(1500);
    assert.deepEqual(third.witness.settled(later), []);
  });

  test('written while the file was closed: found when it is opened', () => {
    const witness = createEditorWitness();
    witness.wrote({ file, texts: [written], at: 0 });
    witness.opened(other, 10, () => assert.fail('nothing was written there'));
    witness.opened(file, 10, () => `\n${written.replace(/\n/g, '\n  ')}`);
    witness.edited(event([change(1, 60, '')], { at: 1000 }));
    assert.equal(witness.settled(later).length, 1);
  });

  test('without a hook: blocks that come into several files at one moment are a program’s', () => {
    const block =
      'export const rates = {\n  standard: 20,\n  reduced: 5,\n  // as of this year, by country\n  none: 0,\n};\n';
    const insert = change(10, 0, block, false);
    const rewrite = (witness: ReturnType<typeof createEditorWitness>) => {
      witness.edited(event([change(10, block.length, '')], { at: 60_000 }));
      return witness.settled(later);
    };
    const both = createEditorWitness();
    both.edited(event([insert], { at: 0 }));
    both.edited(event([insert], { at: 100, file: other }));
    assert.equal(rewrite(both).length, 1);
    const alone = createEditorWitness();
    alone.edited(event([insert], { at: 0 }));
    assert.deepEqual(rewrite(alone), [], 'a code action in the file at hand');
    const moved = createEditorWitness();
    moved.edited(event([change(10, block.length, '', false)], { at: 0, file: other }));
    moved.edited(event([insert], { at: 100, active: false }));
    assert.deepEqual(rewrite(moved), [], 'moved from another file');
  });

  test('a closed document is settled; clearing forgets', () => {
    const { witness, start } = withText();
    witness.edited(event([change(start, 30, '')], { at: 1000 }));
    witness.closed(file);
    assert.equal(witness.settled(1001).length, 1);
    const second = withText();
    second.witness.edited(event([change(second.start, 30, '')], { at: 1000 }));
    second.witness.clear();
    assert.deepEqual(second.witness.settled(later), []);
  });
});

suite('a followed stretch', () => {
  test('whatever is changed, it stays what the document holds at its offsets', () => {
    const edit = fc.record({ at: fc.nat(200), length: fc.nat(40), text: fc.string({ maxLength: 30 }) });
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.array(edit, { maxLength: 30 }),
        (text, edits) => {
          const head = 'head of the file\n';
          let document = `${head}${text}\ntail of the file\n`;
          let span = newSpan(head.length, text, 0, true);
          for (const one of edits) {
            const offset = one.at % (document.length + 1);
            const length = Math.min(one.length, document.length - offset);
            span = follow(span, { offset, length, text: one.text, atCaret: true }, 'typing');
            document = document.slice(0, offset) + one.text + document.slice(offset + length);
            assert.equal(document.slice(span.start, span.end), span.now);
          }
        },
      ),
    );
  });

  test('pieces make up the whole, each where it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a = 1\n', '\n', '  b\n', 'function c() {\n', '}\n'), { maxLength: 300 }),
        (lines) => {
          const text = lines.join('');
          const pieces = piecesOf(text);
          assert.equal(pieces.map((piece) => piece.text).join(''), text);
          for (const piece of pieces) assert.ok(text.startsWith(piece.text, piece.offset));
        },
      ),
    );
  });

  test('found as it is, or by its lines whatever the indentation', () => {
    assert.equal(locate(`a\n${written}b`, written)?.start, 2);
    const indented = `a\n${written.replace(/^/gm, '    ')}b`;
    assert.equal(locate(indented, written)?.text.includes('parseFloat'), true);
    assert.equal(locate('nothing of it', written), undefined);
  });
});
