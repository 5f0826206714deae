/** The sleeper is killed in the middle of a night: the next sleep goes on, and nothing is lost or done twice. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { reverieJson, start } from '../support/commandLine.ts';
import { asJsonLines, inventWeeks } from '../support/weeks.ts';

const kills = 10;
const mostTries = 10 * kills;
const now = ['--now', '2026-10-20T03:00:00Z'];
const report = z.object({ state: z.string(), changes: z.number() });
const doctor = z.object({
  findings: z.array(z.object({ check: z.string(), state: z.string(), detail: z.string() })),
});

/**
 * Kills the process `afterMs` after it has reported its nth step, wherever it is then: in a phase, in a commit, between
 * two. Answers whether it was still alive.
 */
function killAfterStep(args: readonly string[], step: number, afterMs: number): Promise<boolean> {
  return new Promise((done) => {
    const child = start([...args, '--progress', 'jsonl', '--json']);
    let seen = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      seen += text.split('\n').length - 1;
      if (seen >= step) timer ??= setTimeout(() => child.kill('SIGKILL'), afterMs);
    });
    child.on('close', (_code, signal) => {
      clearTimeout(timer);
      done(signal === 'SIGKILL');
    });
  });
}

/* Drawn anew in every run, and told where it fails, so that in time all moments are tried. */
const seed = process.env['REVERIE_TEST_SEED'] ?? String(Date.now());

describe('kill -9 in the middle of a night', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reverie-kill-'));
    await writeFile(join(folder, 'weeks.jsonl'), asJsonLines(inventWeeks(40)));
    await reverieJson(['import', join(folder, 'weeks.jsonl'), '--db', join(folder, 'awake.db'), ...now]);
    await copyFile(join(folder, 'awake.db'), join(folder, 'whole.db'));
    await reverieJson(['sleep', '--db', join(folder, 'whole.db'), ...now]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it(`ends as an undisturbed night does, ${kills} times`, async () => {
    const all = ['rules', ...now];
    const whole = await reverieJson([...all, '--db', join(folder, 'whole.db')]);
    const episodes = await reverieJson(['episodes', ...now, '--db', join(folder, 'whole.db')]);
    const random = createRandom(seed);
    let killed = 0;
    /* Where this process is slow to hear, the night may have ended before it is killed: that shows nothing, and is no kill. */
    for (let kill = 1; killed < kills && kill <= mostTries; kill += 1) {
      const db = ['--db', join(folder, `killed-${kill}.db`)];
      await copyFile(join(folder, 'awake.db'), join(folder, `killed-${kill}.db`));
      const step = 1 + Math.floor(random.next() * 24);
      const afterMs = Math.floor(random.next() * 12);
      if (!(await killAfterStep(['sleep', ...db, ...now], step, afterMs))) continue;
      killed += 1;
      const next = report.parse(await reverieJson(['sleep', ...db, '--now', '2026-10-20T03:05:00Z']));
      assert.equal(next.state, 'complete');
      const { findings } = doctor.parse(await reverieJson(['doctor', ...db]));
      assert.equal(findings.find((finding) => finding.check === 'database')?.state, 'ok');
      const strip = (value: unknown) =>
        z
          .array(
            z.object({
              id: z.string(),
              text: z.string(),
              status: z.string(),
              evidence: z.array(z.object({ episode: z.string() })),
            }),
          )
          .parse(value);
      assert.deepEqual(
        strip(await reverieJson([...all, ...db])).toSorted(byId),
        strip(whole).toSorted(byId),
        `kill ${kill}, ${afterMs} ms after step ${step}, REVERIE_TEST_SEED=${seed}`,
      );
      const ids = z.array(z.object({ id: z.string() }));
      assert.deepEqual(
        ids
          .parse(await reverieJson(['episodes', ...now, ...db]))
          .map(({ id }) => id)
          .toSorted(),
        ids
          .parse(episodes)
          .map(({ id }) => id)
          .toSorted(),
      );
      assert.equal(
        report.parse(await reverieJson(['sleep', ...db, '--now', '2026-10-20T03:05:00Z'])).changes,
        0,
      );
    }
    assert.equal(killed, kills, `of ${mostTries} sleepers only ${killed} were still asleep when killed`);
  });
});

const byId = (a: { readonly id: string }, b: { readonly id: string }) => a.id.localeCompare(b.id);
