import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { judgeRewrite } from '../../src/core/witness/rewrite.ts';

const judge = (before: string, after: string, file = 'src/a.ts', undone = false) =>
  judgeRewrite([{ before, after, undone }], file);

const dates = `import moment from 'moment';

export function formatDate(date) {
  return moment(date).format('YYYY-MM-DD');
}
`;

suite('a rewrite of an assistant’s text', () => {
  test('another library in the import is a lasting choice', () => {
    const after = dates
      .replace("import moment from 'moment'", "import { format } from 'date-fns'")
      .replace("moment(date).format('YYYY-MM-DD')", "format(date, 'yyyy-MM-dd')");
    const lesson = judge(dates, after);
    assert.deepEqual(
      { kind: lesson?.kind, wrong: lesson?.wrong, right: lesson?.right, lasting: lesson?.lasting },
      { kind: 'swapped', wrong: 'moment', right: 'date-fns', lasting: true },
    );
  });

  test('in Python too, where imports are bare names', () => {
    const before =
      'import requests\n\ndef load(url):\n    answer = requests.get(url, timeout=5)\n    return answer.json()\n';
    const lesson = judge(before, before.replaceAll('requests', 'httpx'), 'load.py');
    assert.deepEqual([lesson?.wrong, lesson?.right, lesson?.lasting], ['requests', 'httpx', true]);
  });

  test('a call put in the place of another, wherever it stood', () => {
    const before =
      'function total(items) {\n  const a = parseFloat(items[0].price);\n  const b = parseFloat(items[1].price);\n  return a + b;\n}\n';
    const lesson = judge(before, before.replaceAll('parseFloat', 'toCents'));
    assert.deepEqual([lesson?.kind, lesson?.wrong, lesson?.right], ['swapped', 'parseFloat', 'toCents']);
  });

  test('a variable of its own named otherwise concerns this place only', () => {
    const before =
      'function total(items) {\n  let data = 0;\n  for (const item of items) data = data + item.price;\n  return data;\n}\n';
    const lesson = judge(before, before.replaceAll('data', 'sum'));
    assert.deepEqual([lesson?.kind, lesson?.lasting], ['renamed', false]);
  });

  test('calls taken out wherever they stood are left out from now on', () => {
    const before =
      'function save(user) {\n  console.log("saving", user);\n  store.put(user.id, user);\n  console.log("saved");\n  return user.id;\n}\n';
    const lesson = judge(
      before,
      'function save(user) {\n  store.put(user.id, user);\n  return user.id;\n}\n',
    );
    assert.deepEqual([lesson?.kind, lesson?.wrong, lesson?.lasting], ['left-out', 'console.log', true]);
  });

  test('comments taken out of unchanged code', () => {
    const before =
      '// Adds two numbers\nfunction add(a, b) {\n  // Return the sum\n  return a + b; // done\n}\n';
    assert.equal(judge(before, 'function add(a, b) {\n  return a + b;\n}\n')?.kind, 'uncommented');
    const python = '# Adds two numbers\ndef add(a, b):\n    # Return the sum\n    return a + b\n';
    assert.equal(judge(python, 'def add(a, b):\n    return a + b\n', 'a.py')?.kind, 'uncommented');
  });

  test('a block deleted or undone tells of this place, with what it declared', () => {
    const lesson = judge(dates, '');
    assert.deepEqual([lesson?.kind, lesson?.lasting, lesson?.symbol], ['deleted', false, 'formatDate']);
    assert.equal(judge(dates, '', 'src/a.ts', true)?.kind, 'undone');
  });

  test('what was deleted of a text of which some stays is named, not what stays', () => {
    const lesson = judge(`export const version = 2;\n\n${dates}`, 'export const version = 2;\n');
    assert.deepEqual([lesson?.kind, lesson?.symbol], ['deleted', 'formatDate']);
  });

  test('a body written anew is a rewrite', () => {
    const before =
      'function isEmpty(list) {\n  if (list.length === 0) {\n    return true;\n  } else {\n    return false;\n  }\n}\n';
    const lesson = judge(before, 'function isEmpty({ size }) {\n  return size < 1;\n}\n');
    assert.deepEqual([lesson?.kind, lesson?.symbol], ['rewritten', 'isEmpty']);
  });

  const ordinary: readonly (readonly [what: string, change: (text: string) => string])[] = [
    ['nothing', (text) => text],
    ['indentation', (text) => text.replace(/^ {2}/gm, '\t')],
    ['other quotes and no semicolons', (text) => text.replace(/'/g, '"').replace(/;/g, '')],
    ['a line more', (text) => text.replace('return', 'if (!date) return;\n  return')],
    ['another value', (text) => text.replace('YYYY-MM-DD', 'DD.MM.YYYY')],
    ['a type annotation', (text) => text.replace('(date)', '(date: Date): string')],
    [
      'another function below',
      (text) => `${text}\nexport function today() {\n  return formatDate(new Date());\n}\n`,
    ],
    ['a comment', (text) => `// Dates as people write them.\n${text}`],
    ['one word of a comment', (text) => text],
    ['an export taken away', (text) => text.replace('export ', '')],
  ];
  for (const [what, change] of ordinary) {
    test(`going on with the work says nothing: ${what}`, () => {
      assert.equal(judge(dates, change(dates)), undefined);
    });
  }

  test('values filled into a skeleton say nothing', () => {
    const before =
      'const options = {\n  host: "localhost",\n  port: 8080,\n  retries: 3,\n};\nconnect(options);\n';
    assert.equal(
      judge(before, before.replace('localhost', 'db.internal').replace('8080', '5432')),
      undefined,
    );
  });
});
