/** What is not shown to the secret detector holds nothing that it would find. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { lintSource } from '@secretlint/core';
import { creator, rules } from '@secretlint/secretlint-rule-preset-recommend';
import { anchoredRules, mayInterestDetector } from '../../src/redaction/detectorAnchors.ts';
import { createLetters, plantSecrets } from './secrets.ts';

const preset = { id: '@secretlint/secretlint-rule-preset-recommend', rule: creator };

async function found(content: string): Promise<readonly string[]> {
  const { messages } = await lintSource({
    source: { content, filePath: 'message.txt', ext: '.txt', contentType: 'text' },
    options: { config: { rules: [preset] }, noPhysicFilePath: true },
  });
  return messages.map(({ ruleId }) => ruleId.replace('@secretlint/secretlint-rule-', ''));
}

const letters = createLetters(115);
const pem = { type: 'pkcs1', format: 'pem' } as const;
const connectTo = (scheme: string) => `${scheme}://keeper:${letters.mixed(14)}@db.harbour.dev/tides`;

/** For each way in which a rule can find something, a text in which it does; prefixes are split, as in `secrets.ts`. */
const samples: readonly (readonly [rule: string, text: string])[] = [
  ...['A3TX', 'AKIA', 'AGPA', 'AIDA', 'AROA', 'AIPA', 'ANPA', 'ANVA', 'ASIA'].map(
    (prefix) => ['aws', `take ${prefix}${letters.of('ABCDEFGHJKLMNP234567', 16)} for it`] as const,
  ),
  ...['AWS_SECRET_ACCESS_KEY=', 'SecretKey: ', 'aws_secretaccess_key => '].map(
    (before) => ['aws', `${before}${letters.mixed(40)}`] as const,
  ),
  ...['AWS_ACCOUNT_ID=', 'Account: ', '"accountid": '].map(
    (before) => ['aws', `${before}"1234-5678-9012"`] as const,
  ),
  ['privatekey', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem).toString()],
  ['npm', `//registry.example.org/:_auth${'Token='}${letters.mixed(36)}`],
  ['npm', `publish with np${'m_'}${letters.mixed(36)}`],
  ['npm', `https://${letters.mixed(40)}:x-oauth-${'basic'}@github.com/a/b`],
  ...['b', 'p', 'a', 'o', 'r'].map(
    (kind) => ['slack', `post xo${'x'}${kind}-1234567890-${letters.mixed(24)}`] as const,
  ),
  ['slack', `post xa${'pp-'}1-A012345-${letters.mixed(24)}`],
  [
    'slack',
    `https://hooks.slack.${'com'}/services/T${letters.mixed(9)}/B${letters.mixed(9)}/${letters.mixed(24)}`,
  ],
  ['basicauth', `ftp://keeper:${letters.mixed(12)}@files.harbour.dev/a`],
  ['sendgrid', `mail by S${'G.'}${letters.mixed(22)}.${letters.mixed(43)}`],
  ...['pa', 'ca', 'at', 'ss'].map(
    (kind) => ['shopify', `shop sh${'p'}${kind}_${letters.of('0123456789abcdef', 32)}`] as const,
  ),
  ...['p', 'o', 'u', 's', 'r'].map((kind) => ['github', `push g${'h'}${kind}_${letters.mixed(36)}`] as const),
  ['github', `push git${'hub_pat_'}${letters.mixed(82)}`],
  ['openai', `ask s${'k-'}${letters.mixed(20)}T3Blbk${'FJ'}${letters.mixed(20)}`],
  ['anthropic', `ask s${'k-ant-'}api03-${letters.mixed(93)}AA`],
  ['linear', `file li${'n_api_'}${letters.mixed(40)}`],
  ['1password', `vault op${'s_'}ey${Buffer.from(`J${'{"email":"k"}'.repeat(20)}}`).toString('base64url')}fQ`],
  ...['mongodb', 'mongodb+srv', 'mysql', 'jdbc:mysql', 'mysqlx', 'postgres', 'postgresql', 'POSTGRES'].map(
    (scheme) => ['database-connection-string', `use ${connectTo(scheme)}`] as const,
  ),
];

describe('anchors of the secret detector', () => {
  it('stand for each of its rules', () => {
    const ids = rules.map(({ meta }) => meta.id.replace('@secretlint/secretlint-rule-', ''));
    assert.deepEqual([...ids].sort(), anchoredRules);
  });

  it('let through whatever a rule finds, and each rule that looks at texts finds something here', async () => {
    const seen = new Set<string>();
    for (const [, text] of samples) {
      for (const rule of await found(text)) {
        seen.add(rule);
        assert.ok(mayInterestDetector(text), rule);
      }
    }
    const ofTexts = anchoredRules.filter((rule) => !['gcp', 'filter-comments', '1password'].includes(rule));
    assert.deepEqual([...seen].sort(), ofTexts);
  });

  it('let through every sample, found or not', () => {
    for (const [rule, text] of samples) assert.ok(mayInterestDetector(text), rule);
  });

  it('let through all planted secrets in which the detector finds something, and most plain texts they do not', async () => {
    for (const { text, format } of plantSecrets(23, 3))
      if ((await found(text)).length > 0) assert.ok(mayInterestDetector(text), format);
    const texts = readFileSync('scripts/training/english.txt', 'utf8').split('\n');
    assert.ok(texts.filter(mayInterestDetector).length < texts.length / 100);
  });
});
