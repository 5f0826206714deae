/** From what is said in other languages to a rule: capture, then crystallization. */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { isStanding } from '../../src/core/capture/standing.ts';
import { stancesOf } from '../../src/core/text/stance.ts';
import { finished, lastsInTongue, ordersInTongue } from '../../src/core/text/tongues.ts';
import { rulesFrom } from '../support/rulesFrom.ts';

describe('one wish, said three times, becomes one rule in its own language', () => {
  const wishes: Readonly<Record<string, readonly string[]>> = {
    German: [
      'nein, nimm yarn statt npm',
      'bitte immer yarn verwenden, nicht npm!',
      'schon wieder npm. Benutze yarn, nicht npm.',
    ],
    Spanish: [
      'no, usa yarn en vez de npm',
      'usa siempre yarn, no npm',
      'otra vez npm... te dije que uses yarn en lugar de npm',
    ],
    French: [
      'non, utilise yarn au lieu de npm',
      'il faut toujours utiliser yarn, pas npm',
      'encore npm ! utilise yarn et non npm',
    ],
    Portuguese: [
      'não, use yarn em vez de npm',
      'use sempre yarn, não npm',
      'de novo npm! use yarn em vez de npm',
    ],
    Italian: [
      'no, usa yarn invece di npm',
      'usa sempre yarn, non npm',
      'ancora npm! usa yarn al posto di npm',
    ],
    Russian: [
      'нет, используй yarn вместо npm',
      'всегда используй yarn, а не npm',
      'опять npm. Используй yarn вместо npm',
    ],
    Polish: [
      'nie, użyj yarn zamiast npm',
      'zawsze używaj yarn, nie npm',
      'znowu npm. używaj yarn zamiast npm',
    ],
    Chinese: [
      '不对，请用 yarn，不要用 npm',
      '以后一律使用 yarn 而不是 npm',
      '又用 npm 了，应该用 yarn 不要用 npm',
    ],
    Japanese: [
      'いや、npm ではなく yarn を使って',
      'npm じゃなくて必ず yarn を使ってください',
      'また npm になってる。yarn を使って、npm は使わないで',
    ],
  };
  for (const [tongue, remarks] of Object.entries(wishes))
    it(tongue, async () => {
      const rules = await rulesFrom(remarks);
      assert.deepEqual(
        rules.map(({ status, lesson: { wrong, right } }) => [status, wrong, right]),
        [['active', 'npm', 'yarn']],
        rules.map(({ text }) => text).join(' | '),
      );
      assert.ok(
        remarks.some((remark) =>
          remark.toLowerCase().includes(rules[0]?.text.toLowerCase().replace(/[.。]$/, '') ?? '-'),
        ),
      );
    });
});

test('what is said once to last is a rule; what always happens is none', async () => {
  for (const [remark, rule] of [
    ['Ändere nie die generierten Tabellen in src/gen', 'Ändere nie die generierten Tabellen in src/gen.'],
    ['nunca modifiques las tablas generadas en src/gen', 'Nunca modifiques las tablas generadas en src/gen.'],
    [
      'ne modifie jamais les tables générées dans src/gen',
      'Ne modifie jamais les tables générées dans src/gen.',
    ],
    [
      'никогда не меняй сгенерированные таблицы в src/gen',
      'Никогда не меняй сгенерированные таблицы в src/gen.',
    ],
    ['永远不要修改 src/gen 里生成的表', '永远不要修改 src/gen 里生成的表。'],
    ['src/gen の生成された表は絶対に変更しないで', 'src/gen の生成された表は絶対に変更しないで。'],
  ] as const)
    assert.deepEqual(
      (await rulesFrom([remark])).map(({ text }) => text),
      [rule],
    );
  for (const remark of [
    'das passiert immer noch, wenn ich klicke',
    'sigue sin funcionar, siempre falla al hacer clic',
    'ça ne marche toujours pas quand je clique',
    'всё ещё не работает, всегда падает при клике',
    '还是不行，点击的时候总是报错',
    'まだ動かない、クリックすると必ずエラーになる',
  ]) {
    assert.ok(!isStanding(remark), remark);
    assert.deepEqual(await rulesFrom([remark]), [], remark);
  }
});

test('orders of other languages are told from English and from what is only told', () => {
  for (const order of [
    'ab jetzt bitte kurze Antworten',
    'hay que preguntar antes',
    'нельзя менять схему',
    '提交信息请用英文',
  ])
    assert.ok(ordersInTongue(order), order);
  for (const other of [
    'the footer is always wide',
    'Die Fußzeile ist breit',
    'funciona siempre',
    'use it when you commit',
  ])
    assert.ok(!ordersInTongue(other), other);
  assert.ok(lastsInTongue('immer zuerst testen') && !lastsInTongue('immer noch kaputt'));
});

test('what stands behind "en vez de" or "вместо" is turned down', () => {
  for (const text of [
    'usa yarn en vez de npm',
    'utilise yarn au lieu de npm',
    'используй yarn вместо npm',
    'nimm yarn statt npm',
  ]) {
    const words = new Map(
      stancesOf(text).flatMap(({ words }) => words.map(({ word, sign }) => [word, sign])),
    );
    assert.ok((words.get('yarn') ?? 0) > 0, text);
    assert.ok((words.get('npm') ?? 0) < 0, text);
  }
});

test('a sentence ends as its script has it', () => {
  assert.equal(finished('nimm yarn'), 'Nimm yarn.');
  assert.equal(finished('npm は使わないで'), 'npm は使わないで。');
  assert.equal(finished('npm 말고 yarn'), 'npm 말고 yarn.');
});

test('what a product is to do always is no custom of whoever works on it', () => {
  for (const said of [
    'Haz que se vea con el cursor, que siempre se muestre en el móvil',
    'fais que le menu reste toujours ouvert',
    'mach, dass die Liste immer sichtbar ist',
    'сделай так, чтобы меню всегда было видно',
  ])
    assert.equal(lastsInTongue(said), false, said);
  for (const said of [
    'file_folders tiene RLS, así que siempre debe insertar user_id',
    'usa siempre yarn, no npm',
    'immer yarn verwenden, nicht npm',
    'il faut toujours utiliser yarn, pas npm',
    'если сомневаешься, всегда спрашивай',
  ])
    assert.equal(lastsInTongue(said), true, said);
});

test('what points at something only those present can see is no rule in any language', async () => {
  for (const said of [
    '¿por qué lo escribiste tú? los esquemas los genera la herramienta. NUNCA hagas esto a mano',
    'das nie wieder von Hand machen',
    'ne touche plus jamais à ça',
    'никогда не трогай это',
    '以后不要再改这个',
    'en vez de hacerlo así, siempre uno de estos',
  ])
    assert.deepEqual(await rulesFrom([said]), [], said);
});

test('“以后” is “from now on” at the head of a clause, and “after” behind an act', () => {
  for (const said of [
    '以后都用 yarn',
    '请以后用中文回答',
    '好的，以后提交之前先跑测试',
    '改完代码以后都要跑测试',
  ])
    assert.ok(lastsInTongue(said), said);
  for (const said of [
    '点击保存以后可以有个窗口去预览',
    '按了继续以后，再按暂停没有用',
    '助手出现以后情况变了',
    '过去要手动填写；以后可能逐渐变成自动的',
  ])
    assert.ok(!lastsInTongue(said), said);
});
