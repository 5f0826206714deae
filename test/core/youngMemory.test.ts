/** The first days: few conversations, each lesson said two or three times in the words people use. */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { nightAfter, rulesFrom } from '../support/rulesFrom.ts';

/** Said beside the lessons, once each. */
const asides = [
  'the header is too big, make it smaller please',
  'no, the date should be in UTC',
  'the chart is broken on mobile',
  'rename the column to created_at instead',
  "that's wrong, the price is per seat",
  'the error message should say what to do',
];

describe('what is said two or three times becomes a rule with those moments behind it', () => {
  const lessons: Readonly<Record<string, { said: readonly string[]; rule: RegExp }>> = {
    'a component that is there': {
      said: [
        'no, use the existing Button component',
        'please use our existing Button component again, not a new one',
        'you made a new button again, use the existing Button component!',
      ],
      rule: /use (?:the|our) existing Button component/i,
    },
    'no comments': {
      said: [
        "don't add comments to the code",
        "again so many comments, I don't want comments in the code",
        'remove the comments, I told you not to add comments',
      ],
      rule: /^Do not add comments/,
    },
    'a logger': {
      said: ['use the logger, not console.log', 'there is console.log again, we have a logger'],
      rule: /^Use the logger, not console\.log\.$/,
    },
    'a place for texts': {
      said: [
        'no hardcoded strings, use the translation file',
        'strings belong in the translation file, not in the component',
      ],
      rule: /translation file/,
    },
    'where it runs': {
      said: [
        'run it in docker compose, not on the host',
        'you started the server on the host again, use docker compose',
      ],
      rule: /docker compose/,
    },
    'what is turned down, a comma, and what instead': {
      said: ['no inline styles pls, utility classes', 'I see inline styles again. use utility classes'],
      rule: /^Use utility classes, not inline styles\.$/,
    },
    'by one word, where the other was seen': {
      said: ['use rem here, not px', 'you wrote px again. rem please, the whole stylesheet is in rem'],
      rule: /^Use rem, not px\.$/,
    },
    'in other words each time': {
      said: ['answers should be brief', 'keep replies short', 'too long, keep your answers concise'],
      rule: /^Keep your answers concise\.$/,
    },
    'where not to work': {
      said: ['we do not work on main, put it on a branch', 'you worked on main again. we never work on main'],
      rule: /(?:work on main)/,
    },
  };
  for (const [name, { said, rule }] of Object.entries(lessons))
    it(name, async () => {
      const { rules, evidenceOf } = await nightAfter(said.flatMap((one, at) => [one, asides[at] ?? '']));
      assert.equal(rules.length, 1, rules.map(({ text }) => text).join(' | '));
      assert.match(rules[0]?.text ?? '', rule);
      assert.deepEqual([...evidenceOf(rules[0]?.id ?? '')].sort(), [...said].sort());
    });
});

test('a rule says nothing of the repository it stands in, and spells what it names', async () => {
  for (const [said, rule] of [
    ['Always use pnpm here, never npm.', /^(?:Always use|Use) pnpm, never npm\.$/],
    ['always use pnpm in this repo, never npm', /^(?:Always use|Use) pnpm, never npm\.$/],
    ['Never commit the .env file', /^Never commit the \.env file\.$/],
  ] as const) {
    const rules = await rulesFrom([said]);
    assert.equal(rules.length, 1, said);
    assert.match(rules[0]?.text ?? '', rule);
  }
});

test('a list of rules given in one message is several rules, and they stay so', async () => {
  const list = [
    '- NEVER call the payment gateway from a controller',
    '- ALWAYS wrap money in the Amount type',
    '- ALWAYS write migrations with a down step',
    '- NEVER log a card number',
    'add these rules that should be followed when working on this project',
  ].join('\n');
  const { rules } = await nightAfter([list]);
  assert.deepEqual(rules.map(({ text }) => text).sort(), [
    'Always wrap money in the Amount type.',
    'Always write migrations with a down step.',
    'Never call the payment gateway from a controller.',
    'Never log a card number.',
  ]);
});
