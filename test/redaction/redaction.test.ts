import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { createRedactor } from '../../src/redaction/secretlint.ts';
import { formats, plantSecrets } from './secrets.ts';

const redactor = await createRedactor();

describe('redaction', () => {
  it('removes every planted secret, in every format', async () => {
    const planted = plantSecrets(7, 10);
    assert.ok(planted.length >= 500 && Object.keys(formats).length >= 30);
    const leaked: string[] = [];
    for (const { format, secret, text } of planted) {
      const { text: safe, found } = await redactor.redact(text);
      if (safe.includes(secret) || found.size === 0) leaked.push(format);
    }
    assert.deepEqual(leaked, []);
  });

  it('removes secrets from the middle of long prose and leaves the prose', async () => {
    for (const { format, secret, text } of plantSecrets(99, 1)) {
      const safe = (
        await redactor.redact(`Please use the staging server.\n\n${text}\n\nThe tests live in test/api.`)
      ).text;
      assert.ok(!safe.includes(secret), format);
      assert.match(safe, /^Please use the staging server\./);
      assert.match(safe, /The tests live in test\/api\.$/);
    }
  });

  it('leaves nearly all of what was written for training alone: at most one alarm in a thousand texts', async () => {
    const texts = ['english.txt', 'languages.txt'].flatMap((name) =>
      readFileSync(`scripts/training/${name}`, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
    assert.ok(texts.length > 800);
    const alarms: string[] = [];
    for (const text of texts) if ((await redactor.redact(text)).found.size > 0) alarms.push(text);
    assert.ok(alarms.length <= texts.length / 1000, alarms.join('\n'));
  });

  it('leaves ordinary developer text alone', async () => {
    const ordinary = [
      'use pnpm, not npm',
      'session 3f2b8c1e-9d4a-4c5b-8e7f-0a1b2c3d4e5f was wrong',
      'revert commit 9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
      'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'the file is src/core/memory/longTermStoreWithVeryLongName.test.ts, not lib/index.ts',
      'why is the token count wrong? tokens: 1024, maxTokens = 4096',
      'password: string; the password field must be validated',
      'const token = await getToken(request);',
      "apiKey: process.env.API_KEY, secret: config.get('secret')",
      'the secret is to write tests first',
      'key: value pairs and keyboard: shortcuts',
      'authentication is broken; the authorization header is missing',
      'https://example.org/docs/getting-started?tab=install#step-2',
      'git@github.com:owner/repository.git and https://github.com/owner/repository/pull/1234',
      'tests pass: 124 passed, 2 skipped',
      'node_modules/.pnpm/@types+node@20.19.43/node_modules/@types/node/index.d.ts',
      'call createUserWithEmailAndPassword instead of signInWithEmailAndPassword',
      'export DATABASE_NAME=inventory_production_replica',
      'POSTGRES_PASSWORD=${DB_PASSWORD}',
      'the monkey: a keyframe animation; primaryKey: userId',
      'at Object.<anonymous> (/app/src/tokenizer/encoding.ts:120:15)',
      'sort by created_at, then by id; limit 50',
      'don’t use basic auth, use OAuth',
      'pass: the lint step; fail: the build',
      'set the pin to top, the cookie banner is ugly',
      'the parser passes `strictNullChecks: false` along and tokenises `width: 4px`',
    ];
    const alarms: string[] = [];
    for (const text of ordinary) {
      const { text: safe } = await redactor.redact(text);
      if (safe !== text) alarms.push(safe);
    }
    assert.deepEqual(alarms, []);
  });

  it('names what it found and counts it, and is idempotent', async () => {
    const [first] = plantSecrets(3, 1).filter((planted) => planted.format === 'githubToken');
    assert.ok(first);
    const once = await redactor.redact(first.text);
    assert.equal(
      [...once.found.values()].reduce((sum, count) => sum + count, 0),
      1,
    );
    assert.match(once.text, /\[redacted: [\w ]+\]/);
    assert.equal((await redactor.redact(once.text)).text, once.text);
  });

  it('cannot be switched off by a comment in the text', async () => {
    for (const { format, secret, text } of plantSecrets(12, 1)) {
      const { text: safe } = await redactor.redact(`// secretlint-disable\n${text}`);
      assert.ok(!safe.includes(secret), format);
    }
  });

  it('leaves no performance marks behind', async () => {
    for (const { text } of plantSecrets(5, 1)) await redactor.redact(text);
    assert.equal(performance.getEntriesByType('mark').filter(({ name }) => name.includes('@')).length, 0);
  });
});

describe('redaction of hostile and long text', () => {
  const pieces: Readonly<Record<string, string>> = {
    letters: 'a',
    prefixes: 'eyJ',
    keys: 'key_',
    assignments: 'password=',
    urls: 'http://',
    dots: 'a.',
    blocks: '-----BEGIN PRIVATE KEY-----',
    base64: 'aB3',
  };
  for (const [name, piece] of Object.entries(pieces)) {
    it(`takes time in proportion to length: ${name}`, async () => {
      /* Of the processor, ms: not the wall's, which is also other programs' time. */
      const time = async (length: number) => {
        const begun = process.cpuUsage();
        await redactor.redact(piece.repeat(Math.ceil(length / piece.length)));
        return process.cpuUsage(begun).user / 1000;
      };
      await time(4_000);
      const short = Math.max(20, await time(16_000));
      assert.ok((await time(64_000)) < short * 40);
    });
  }

  it('finds secrets wherever a window begins or ends, long ones as a whole', async () => {
    const [token] = plantSecrets(21, 1).filter(({ format }) => format === 'githubToken');
    const [jwt] = plantSecrets(22, 1).filter(({ format }) => format === 'jwt');
    assert.ok(token && jwt);
    const long = jwt.secret + 'Qx7'.repeat(900);
    for (let offset = 3_000; offset <= 4_400; offset += 97) {
      const filler = 'some words '.repeat(500).slice(0, offset);
      for (const secret of [token.secret, long]) {
        const { text } = await redactor.redact(`${filler} ${secret} and more`);
        assert.ok(!text.includes(secret.slice(-20)) && !text.includes(secret.slice(0, 20)), String(offset));
      }
    }
  });
});
