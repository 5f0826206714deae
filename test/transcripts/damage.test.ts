/** A short run of what `npm run bench -- fuzz` does at length. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseCase, growingCase } from '../support/fuzzFiles.ts';
import { fuzzCase } from '../support/fuzzing.ts';

const inputs = 1500;

test(`${inputs} damaged transcripts and hook inputs: nothing breaks, nothing readable is lost`, async () => {
  for (let number = 1; number <= inputs; number++) {
    const one = fuzzCase('short', number);
    await one.check().catch((error: unknown) => {
      assert.fail(
        `input ${number} (${one.format}, ${one.damage}): ${error instanceof Error ? error.message : error}`,
      );
    });
  }
});

test('databases with odd values and changed bytes', async () => {
  for (let number = 1; number <= 12; number++) await databaseCase('short', number).check();
  /* An index whose keys come round in a circle: reading it ends. */
  await databaseCase('damage', 72_500).check();
});

test('files that grow between two readings', async () => {
  for (let number = 1; number <= 20; number++) await growingCase('short', number).check();
});
