import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { tokensOf } from '../../src/core/injection/lineTokens.ts';
import { tunables } from '../../src/core/tunables.ts';
import { createIds } from '../../src/sqlite/ids.ts';
import { buildMemory, project, testIds } from '../support/builders.ts';
import { createTestInjection } from '../support/injecting.ts';
import { createNaiveStore } from '../support/naiveStore.ts';

const words =
  'please keep the harbour ledger in integer cents README.md src/boats/mooring.ts kubectl useEffect `pnpm dlx` TIDE_TABLE 4711 --no-verify @notes.mdc antidisestablishment quay\u2019s don\'t "quoted" (aside) a I 数据库 naïve'.split(
    ' ',
  );
const sentence = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 14 })
  .map((all) => all.join(' '));
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

test('property: a sentence out of a text costs at most what is said, by a real tokenizer', () => {
  fc.assert(
    fc.property(sentence, sentence, sentence, (before, told, after) => {
      const text = `${before}. ${told}, ${after}`;
      const why = after;
      const memory = { text, tokens: countTokens(`${text}\n${why}`), lesson: { statement: told, why } };
      const part = `- ${capital(told)}. Why: ${why}.`;
      assert.ok(countTokens(part) <= tokensOf(part, memory), part);
    }),
  );
});

test('what no count is known of is bounded too, identities to a few tokens', () => {
  const ids = createIds();
  for (let index = 0; index < 3_000; index++) {
    const source = ` [said once, project ${ids.derive('r', String(index))}]`;
    assert.ok(countTokens(source) <= tokensOf(source) + 3, source);
  }
});

test('a budget is used: what is said to be spent is spent, but for a tenth', async () => {
  const home = project('/home/ada/harbour');
  const rules = Array.from({ length: 60 }, (_, index) => {
    const text = `Write the ${words[index % 7]} of berth ${index} into the ledger before the tide turns.`;
    return buildMemory({
      id: testIds.derive('r', String(index)) as never,
      text,
      tokens: countTokens(text),
      scope: { level: 'project', project: home },
    });
  });
  const { context, tokens } = await createTestInjection(createNaiveStore(rules)).compose({
    event: 'SessionStart',
    project: home,
    leaveReceipt: false,
  });
  const real = countTokens(context);
  assert.ok(real <= tokens && tokens <= tunables.budget.session);
  assert.ok(real >= 0.9 * tunables.budget.session, `${real} of ${tunables.budget.session}`);
});
