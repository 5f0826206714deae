import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { termSetOf, termsOf } from '../../src/core/text/terms.ts';

test('an identifier gives the same terms in every case style', () => {
  const expected = ['getusernam', 'user', 'name'];
  for (const name of ['getUserName', 'GetUserName', 'get_user_name', 'get-user-name', 'GET_USER_NAME']) {
    assert.deepEqual(termsOf(name), expected, name);
  }
});

test('a path is found whole, by file name and by its parts', () => {
  const terms = termSetOf('look at src/core/memoryStore.ts');
  for (const term of ['src_core_memorystore_ts', 'memorystore_ts', 'memorystor', 'memori', 'store', 'ts']) {
    assert.ok(terms.has(term), `${term} in ${[...terms].join(' ')}`);
  }
  assert.ok(termSetOf('C:\\work\\app\\main.rs').has('main_rs'));
});

test('versions, error codes and flags stay whole', () => {
  assert.deepEqual(termsOf('v1.22.3'), ['1_22_3', '1_22']);
  assert.deepEqual(termsOf('TS2304'), ['ts2304', 'ts', '2304']);
  assert.ok(termSetOf('ERR_MODULE_NOT_FOUND').has('errmodulenotfound'));
  assert.deepEqual(termsOf('--no-verify'), ['noverifi', 'verifi']);
  assert.deepEqual(termsOf('C++ and C#'), ['cplusplus', 'csharp']);
});

test('words are stemmed, function words and case go, repetitions stay', () => {
  assert.deepEqual(termsOf('The tests were testing TESTED databases'), ['test', 'test', 'test', 'databas']);
  assert.deepEqual(termsOf("don't, you're, it’s"), []);
});

test('diacritics do not matter and other scripts are indexed', () => {
  assert.deepEqual(termsOf('Café Überprüfung'), termsOf('cafe uberprufung'));
  assert.deepEqual(
    termsOf('データベース').slice(0, 2),
    ['デー', 'ータ'].map((pair) => pair.normalize('NFC')),
  );
  assert.deepEqual(termsOf('тесты'), ['тесты']);
  assert.deepEqual(termsOf('🎉 !!! …'), []);
});

test('encoded blobs give no terms', () => {
  assert.deepEqual(termsOf('A'.repeat(300)), []);
  assert.ok(termsOf(`x/${'ab/'.repeat(500)}`).length <= 33);
});

test('every text: terms are letters, digits and underscores, without spaces, the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const terms = termsOf(text);
      assert.deepEqual(termsOf(text), terms);
      for (const term of terms) assert.match(term, /^[\p{L}\p{N}_]+$/u);
    }),
    { numRuns: 500 },
  );
});

test('a text gives the terms of its lines, so that fields can be indexed apart or together', () => {
  const word = fc.constantFrom(
    'useEffect',
    'src/app.ts',
    'never',
    'naïve',
    'v2.0.1',
    'snake_case',
    'and',
    'database',
  );
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (one, other) => {
      assert.deepEqual(termsOf(`${one.join(' ')}\n${other.join(' ')}`), [
        ...termsOf(one.join(' ')),
        ...termsOf(other.join(' ')),
      ]);
    }),
  );
});
