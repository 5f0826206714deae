import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type JsonElement, jsonElements } from '../../src/transcripts/jsonElements.ts';
import { linesOf } from '../../src/transcripts/lines.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  /* One buffer filled again and again, as reading a file does: nothing may hold on to it. */
  const shared = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(shared, 0, at, Math.min(at + size, bytes.length));
    yield shared.subarray(0, length);
  }
}

async function elementsOf(
  text: string,
  path: readonly string[],
  size: number,
  limit = 1e6,
): Promise<JsonElement[]> {
  const found: JsonElement[] = [];
  for await (const element of jsonElements(inPieces(Buffer.from(text), size), path, limit))
    found.push(element);
  return found;
}

const values = (found: readonly JsonElement[]) =>
  found.flatMap((element) => (element.type === 'element' ? [element.value] : []));

test('elements of a list are what JSON.parse finds, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
      fc.constantFrom<readonly string[]>([], ['list'], ['v', 'list']),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 2),
      async (list, beside, path, size, indent) => {
        const { list: _list, v: _v, ...others } = beside;
        const document =
          path.length === 0
            ? list
            : path.length === 1
              ? { ...others, list, after: 1 }
              : { ...others, v: { ...others, list } };
        const text = JSON.stringify(document, null, indent);
        const expected: unknown[] = JSON.parse(JSON.stringify(list));
        const found = await elementsOf(text, path, size);
        assert.deepEqual(values(found), expected);
        assert.ok(found.every(({ type }) => type !== 'unreadable'));
        const fields = new Map(
          found.flatMap((element) => (element.type === 'field' ? [[element.key, element.value]] : [])),
        );
        if (path.length > 0) {
          for (const [key, value] of Object.entries(JSON.parse(JSON.stringify(others))))
            assert.deepEqual(fields.get(key), value);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('of a list that was cut off, the whole elements come and the end is told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.integer({ min: 1, max: 20 }),
      async (list, where, size) => {
        const text = JSON.stringify({ list });
        const cut = Buffer.from(text).subarray(0, 9 + (where % (Buffer.byteLength(text) - 9)));
        const found: JsonElement[] = [];
        for await (const element of jsonElements(inPieces(cut, size), ['list'], 1e6)) found.push(element);
        const whole: unknown[] = JSON.parse(JSON.stringify(list));
        assert.deepEqual(values(found), whole.slice(0, values(found).length));
        assert.equal(found[found.length - 1]?.type, 'unreadable');
      },
    ),
    { numRuns: 150 },
  );
});

test('an element over the limit is passed over, the next is read', async () => {
  const found = await elementsOf(JSON.stringify({ list: ['x'.repeat(100), 'y'] }), ['list'], 7, 50);
  assert.deepEqual(
    found.map((element) => (element.type === 'element' ? [element.index, element.value] : element.type)),
    ['unreadable', [1, 'y']],
  );
});

test('lines are what splitting finds, with offsets that lead back to them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '')),
        { maxLength: 12 },
      ),
      fc.boolean(),
      fc.integer({ min: 1, max: 30 }),
      async (texts, closed, size) => {
        const whole = texts.join('\n') + (closed && texts.length > 0 ? '\n' : '');
        const bytes = Buffer.from(whole);
        const expected = whole.split('\n');
        if (expected[expected.length - 1] === '') expected.pop();
        const found: string[] = [];
        for await (const batch of linesOf(inPieces(bytes, size))) {
          for (const line of batch) {
            assert.ok(line.bytes);
            const text = line.bytes.toString('utf8');
            const stop = line.end - (line.finished ? 1 : 0);
            assert.equal(bytes.subarray(line.offset, stop).toString('utf8'), text);
            found.push(text);
          }
        }
        assert.deepEqual(found, expected);
      },
    ),
    { numRuns: 200 },
  );
});

test('a line over the limit has no bytes, and those after it have theirs', async () => {
  const found: (string | undefined)[] = [];
  for await (const batch of linesOf(
    inPieces(Buffer.from(`a\n${'b'.repeat(50)}\nc\n${'d'.repeat(50)}`), 8),
    0,
    20,
  )) {
    for (const line of batch) found.push(line.bytes?.toString());
  }
  assert.deepEqual(found, ['a', undefined, 'c', undefined]);
});
