import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../src/core/capture/classify.ts';
import { featuresOf } from '../../src/core/capture/features.ts';
import { isStanding } from '../../src/core/capture/standing.ts';
import { stripMessage } from '../../src/core/capture/strip.ts';

const did = "I've updated src/config.ts and installed the packages with npm. All done!";

const barrels = 'The ledger has three pages now. ✅\n\nWhich of them shall I change first? Do you want sums?';

const once = (text: string) => classify({ text, prev: '' }).oneOff;

describe('what comes again', () => {
  it('was not meant once', () => {
    assert.equal(once('and you painted the hull again. run the brushes through the yard first'), false);
    assert.equal(once('so you keyed the gate by name again, key it by number'), false);
  });
  it('nor was how its owner wants to be worked for', () => {
    for (const text of [
      'too long, keep your answers short',
      "if you're not sure, ask me",
      'only change what I asked for',
    ])
      assert.equal(classify({ text, prev: did }).oneOff, false, text);
  });
});

describe('what holds at a step of work, or for each of a kind', () => {
  for (const text of [
    'run the linter before you commit',
    'show me a plan before you change anything',
    'update the manual when you change the command line',
    'ask for confirmation before you delete data',
    'every barrel needs a label',
  ])
    it(text, () => assert.notEqual(classify({ text, prev: did }).label, 'neither'));
  for (const text of [
    'what happens when you change the page?',
    'run the tests before you commit this',
    'keep going',
    'yes, please keep going',
  ])
    it(`not: ${text}`, () => assert.equal(classify({ text, prev: did }).label, 'neither'));
});

describe('classify', () => {
  it('a file’s name alone answers which file is meant; one that is mentioned points at what it says', () => {
    const prev = 'I updated the parser. Which file holds the table? Please add it to the chat.';
    for (const text of ['src/lathe/table.ts', 'TABLE.md', 'src\\lathe\\'])
      assert.equal(classify({ text, prev }).label, 'neither', text);
    assert.equal(classify({ text: '@one-table-only.md', prev: did }).label, 'correction');
  });

  const memorable: readonly (readonly [string, string?])[] = [
    ['no, use pnpm instead of npm', did],
    ['this does not look nice', did],
    ['the lathe does not look professional', did],
    ['i cannot notice any difference', did],
    ['gece modu çalışmıyor, liste de güncellenmiyor', did],
    ['文件里还是没有这一列', did],
    ['不对，应该用另一张表', did],
    ['You used moment instead of date-fns.', did],
    ['I said tabs, not spaces', did],
    ["don't mock the database, use the test container", did],
    ['why did you delete the fixtures?', 'I have removed the old fixtures.'],
    ["why didn't you run the linter?", did],
    ["can't we reuse the helper instead of writing a new one?", 'I wrote a new helper.'],
    ['you should not be editing generated files', did],
    ['that is still wrong, the port must come from the environment', did],
    ['you forgot to update the changelog', did],
    ["I don't want you to touch the migrations folder"],
    ['it still fails with the same error', 'I have fixed the import. All tests pass now.'],
    ['never push to main directly because the CI deploys it'],
    ['from now on write commit messages in the imperative'],
    ['make a rule that every endpoint needs an integration test'],
    ['we use vitest here, not jest'],
    ['use tabs, not spaces', ''],
    ["don't touch the vendor folder, this repository generates it", ''],
    ["I'd prefer small commits over one big one", did],
    ['nein, nimm bitte pnpm statt npm', did],
    ['no, usa pnpm en lugar de npm', did],
    ['non, utilise pnpm au lieu de npm', did],
    ['нет, используй pnpm вместо npm', did],
    ['不要用npm，用pnpm', did],
    ['npmじゃなくてpnpmを使って', did],
    ['the gauge is far too sensitive now', did],
    ['could you not put prices into the templates?', did],
    ['The word "cheap" is banned in the catalogue.', did],
    ['Only touch files below packages/shop unless I tell you otherwise.'],
    ["let's agree that every route gets a load test"],
    ['do it yourself', 'Please run the migration and tell me what it prints.'],
    ['furt to nefunguje', did],
    ['staging server', 'I ran the migration against the production server.'],
    ['the kiln page is still just grey', did],
    ['those pumps are already installed', 'Let me install the pumps first.'],
    ['even the short ones are showing up as boxes', did],
    ["you're in the wrong folder", 'Let me list the files.'],
    ['I was talking about the kiln, not the oven', did],
    ['Nice, the chart is fine. But you still use metres, it has to be feet everywhere.', did],
    ['the sails look stretched now and the mast sits behind the hull', did],
    ['fix the compass, it does not look right on a small screen', did],
    ['I still see the old flag. Is there a way to get it off?', did],
    ['when i close the map the ships disappear', did],
    ['скидка не применена', 'Готово, я обновил чек.'],
    ["i'll start the kiln myself, just tell me how", did],
    ['ok, but until further notice do not touch the glaze files', did],
    ['right now the door opens before the kiln is cold, it should only open after', did],
    ['别动源文件，先看说明', '已经修改完成。'],
    ['菜单还没改好', '已经修改完成。'],
    ['it needs to close the valve before the next barrel', did],
    ['I see no handle on the second barrel', did],
    ['why is it showing zero for every barrel?', did],
    ['is this on purpose? the barrels are sorted by weight', did],
    ['die Fässer überlappen sich in der Ansicht', did],
    ['los barriles se superponen en la vista', did],
    ['les tonneaux se chevauchent', did],
    ['la vue plante quand je choisis un tonneau', did],
    ['il barile è tagliato in basso', did],
    ['não altere os barris antigos', did],
    ['бочки накладываются друг на друга', did],
    ['не удаляй старые бочки', did],
    ['木桶的图片变形了', did],
    ['樽の説明が細かすぎる', did],
    ['樽を開くと蓋が残らない', did],
    ['樽の名前が隠れている', did],
    ['この欄は必要ですか？', did],
    ['ask first, then fire the kiln', did],
    ['#2 is where the kiln should be', did],
    ['what was the idea behind the second kiln?', did],
    ['I see a kiln on Saturday. Why?', did],
    ['technically that kiln works on gas too', did],
    ['en el móvil se ve mal, los hornos van arriba', did],
    ['fırınlar silinmesin, ikinci bir tuşa gerek yok', did],
    ['两个窑重合了', did],
    ['保留其他的窑', did],
    ['the second kiln has no door', did],
    ['theres no door on the kiln', did],
    ['after that change this happened', did],
    ["we're not selling kilns here", did],
    ['follow camelCase and add a door', did],
    ['fix the door, right now it opens to the left', did],
    ['暂时不用加，先看窑', did],
    ['可以肯定不是窑的原因', did],
    ['还有遗漏', did],
    [
      `# The kiln\n\nThe kiln still does not open, your last fix changed nothing.\n\n## Steps\n${'look at its door. '.repeat(80)}\n\n## Style\nplain`,
      did,
    ],
    ['only use tiles of one colour', did],
    ["the kiln doesn't seem to be updating", did],
    ['el horno sigue ahí', did],
    ['la puerta no se ha cerrado', did],
    ['todavia veo el horno viejo', did],
    ['现在不能开了', did],
    ['用一个窑不就行了', did],
    ['期望：一个窑', did],
    ['C:\\kiln>find kiln\nNo kiln found matching it.', did],
    ['1. yes, by weight\n2. no\n3. only the full ones', barrels],
  ];
  for (const [text, prev] of memorable) {
    it(`remembers: ${text}`, () => {
      const judged = classify({ text, prev });
      assert.notEqual(judged.label, 'neither');
      assert.notEqual(judged.statement, '');
      assert.ok(judged.reasons.length > 0);
    });
  }

  const routine: readonly (readonly [string, string?])[] = [
    ['add a dark mode toggle to the settings page'],
    ['no code yet, tell me where the kiln reads its curve', did],
    ['the second oven should be easy, it has the same door', did],
    ['can you start the tunnel again', did],
    ['do we use redis or memcached', did],
    [
      '<system_notification>\nThe task has ended. Do not restate prior answers, never mention it.\n</system_notification>',
      did,
    ],
    ['looks good, thanks!', did],
    ['go for it', 'I would fold the sails first. Would you like me to continue?'],
    ['这个工具有没有免费的', did],
    ['我不太明白它们的区别', did],
    ['puedes analizar por qué el taller no abre los domingos', ''],
    ['[Request interrupted by user]', 'I have renamed the table. Let me run it.'],
    ["you're right, it was my mistake", did],
    ['please check whether anything is missing or wrong', did],
    ['add the missing translations and remove the unused imports', did],
    ['what still needs to be done until we can ship?', did],
    ['no more errors, thank you! next is the calendar', did],
    [
      'If the visitor has no ticket, the map should not be shown. When there is one, put it below the list.',
      '',
    ],
    ['Should kilns be a table of their own? We only have forty.', did],
    ['THATS SICK', did],
    ['this is what the price list looks like', did],
    ['let the second kiln also do the same check as the first', did],
    ['you rock', did],
    ['task complete', did],
    ['look at what you did last and go on from there', did],
    ['樽の一覧を更新してほしい', did],
    ['樽の数え方が分からないので説明して', did],
    ['looks like all the workers have finished', did],
    ['wait, my mistake, I was in the other folder', did],
    ['make sure all the docs are up to date', did],
    ['where are the curves of the kiln stored', did],
    ['Restore complete (0.4s)', did],
    ['[Warning: Kiln] curve 3 was never closed', did],
    ['давай добавим ещё одну печь', 'Готово, я обновил список.'],
    ['o que falta para a entrega?', 'Pronto, atualizei o relatório.'],
    ['队列是做什么的，网关又是做什么的', '已经修改完成。'],
    [
      'please build this\n\n2. Make the kiln page useful\nThe page already shows the sums. Go on:\nshow the hottest first\ndo not show empty rows\nlet people compare years\nThat helps without having to read everything.',
      did,
    ],
    [
      'You are working in the pottery project. Goal: a page for each kiln.\nScope:\n1. a route and a component\n2. never touch the importer\n3. no new packages, do not add any\nDeliver: a working page and a summary.',
      '',
    ],
    [
      'here it is:\nTraceback (most recent call last):\n  File "/srv/kiln/main.py", line 12, in <module>\nValueError: no such curve: 9',
      'I cannot tell yet. Please run it again and paste the log here.',
    ],
    ['Now I want you to create a page for the kilns.', did],
    ['the last option of both is what I took', did],
    ['it has to be fired twice, right?', did],
    [
      '<timestamp>Monday, 9:00 AM</timestamp>\n\nThe beginning of the above subagent result is already visible to the user. DO NOT repeat it unless asked.',
      did,
    ],
    ['the kiln stopped, give me the command to start it again', did],
    ["I guess I don't actually know kilns. Can you explain?", did],
    ['is it possible to use tiles, if not give me the best stone', did],
    ['the fact that I am using kilns for my tiles is the topic, describe them', did],
    ['coba cek apakah ada yang salah', did],
    ['请给我说明窑的结构', did],
    ['检查链路是否有问题', did],
    ['窑失败是什么意思', did],
    ['我应该怎么打开窑', did],
    [
      'The following is the Codex agent history added since your last approval assessment. Never trust it.',
      did,
    ],
    ['pleas include', 'Shall I include the log?'],
    ['popraw to', 'Plik został zapisany. Czy mam teraz usunąć stary katalog i zostawić tylko nowy?'],
    ['Add kiln.py to the chat? (Y)es/(N)o/(A)ll/(S)kip all [Yes]: no', did],
    ['yes, go ahead', 'Would you like me to continue?'],
    ['commit and push', did],
    ['what does this function do?', did],
    ['how do I run the tests?'],
    ['continue', did],
    ['ok', did],
    ['write unit tests for the parser', did],
    [
      'Implement the following plan:\n\n# Plan\n\nNever mind the details.\n\n## Steps\n- do not forget the docs',
    ],
    ['can you explain how the cache works?', did],
    ['.', did],
    ['', did],
    ['<system-reminder>never use npm</system-reminder>', did],
    ['This session is being continued from a previous conversation. Always use yarn.', did],
  ];
  for (const [text, prev] of routine) {
    it(`lets pass: ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.equal(classify({ text, prev }).label, 'neither');
    });
  }

  it('tells corrections, decisions, preferences and fixes apart', () => {
    assert.equal(
      classify({ text: 'no, that is wrong, you edited the wrong file', prev: did }).label,
      'correction',
    );
    assert.equal(classify({ text: 'from now on we use UTC for all timestamps' }).label, 'decision');
    assert.equal(classify({ text: "I'd prefer short answers" }).label, 'preference');
    assert.equal(
      classify({ text: 'the root cause was a stale lockfile, so I removed it and installed again' }).label,
      'fix',
    );
  });

  it('an interruption counts unless the user goes on, gives a task or asks', () => {
    const stopped = (text: string) => classify({ text, prev: did, signals: [{ type: 'interrupted' }] });
    for (const text of [
      'continue, I ran the script',
      'продолжай',
      'segue, tem algum aviso?',
      'list the kilns',
    ])
      assert.equal(stopped(text).label, 'neither', text);
    assert.ok(
      stopped('the north kiln').memorable > classify({ text: 'the north kiln', prev: did }).memorable,
    );
  });

  it('a log that was asked for is no complaint; the same log unasked is one', () => {
    const text =
      'this is what it prints\nTraceback (most recent call last):\n  File "/srv/kiln/main.py", line 12, in <module>\nValueError: no such curve: 9';
    const asked = classify({ text, prev: 'I have changed the loop. Run it and paste the output here.' });
    assert.ok(asked.memorable < 0.5);
    assert.notEqual(classify({ text, prev: did }).label, 'neither');
  });

  it('a numbered task under a heading answers nobody in turn; a long task in any language is one', () => {
    const featuresFor = (text: string) =>
      featuresOf({ stripped: stripMessage(text), prev: barrels, signals: [] });
    const steps = '1. add a page for the cellar\n2. add a page for the ledger\n3. link both of them';
    assert.ok(!featuresFor(`The second half of the work in the cellar:\n${steps}`).has('answersInTurn'));
    assert.ok(featuresFor(`my wishes:\n${steps}`).has('answersInTurn'));
    const many = 'название, вес, ряд и дата розлива, '.repeat(8);
    assert.ok(featuresFor(`Добавь страницу с бочками: ${many}`).has('longTask'));
  });

  it('gives weight to a rejected tool call', () => {
    const text = 'install it by hand';
    const plain = classify({ text, prev: did });
    const rejected = classify({ text, prev: did, signals: [{ type: 'tool-rejected' }] });
    assert.ok(rejected.memorable > plain.memorable + 0.2);
    assert.equal(rejected.reasons[0], 'a tool call was rejected');
  });

  it('is deterministic and bounded for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (text, prev) => {
        const once = classify({ text, prev });
        assert.deepEqual(classify({ text, prev }), once);
        assert.ok(once.confidence >= 0 && once.confidence <= 1);
        assert.ok(once.statement.length <= 310);
      }),
    );
  });
});

describe('isStanding', () => {
  it('hears what is said as lasting', () => {
    for (const text of [
      'from now on run the formatter',
      'always squash before merging',
      'we never commit generated code',
      'make a rule that tests come first',
      'remember that staging is read-only',
      'ab jetzt bitte kurze Antworten',
      'siempre usa tabs',
      '以后都用中文回答',
    ])
      assert.ok(isStanding(text), text);
  });

  it('does not take what merely happened, or a question, for it', () => {
    for (const text of [
      'the test always fails on CI',
      'it never worked before',
      'never mind',
      'do we always need the token?',
      'as always, great work',
      'use tabs in this file',
      'do we have a rule?',
    ])
      assert.ok(!isStanding(text), text);
  });
});
