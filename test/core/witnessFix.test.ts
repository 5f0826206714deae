import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { createCommandWatch, isVariant, plainCommand } from '../../src/core/witness/commandWatch.ts';
import { general, plainOutput, signatureOf } from '../../src/core/witness/failure.ts';
import { draftOfFix } from '../../src/core/witness/fixDraft.ts';
import { createProblemWatch } from '../../src/core/witness/problemWatch.ts';

import { project } from '../support/builders.ts';

const minute = 60_000;

suite('the signature of a failure', () => {
  const outputs: readonly (readonly [string, string, string])[] = [
    [
      'node',
      "/srv/app/index.js:3\nconst x = load();\n          ^\n\nTypeError: Cannot read properties of undefined (reading 'id')\n    at load (/srv/app/index.js:3:11)\n",
      "TypeError: Cannot read properties of undefined (reading 'id')",
    ],
    [
      'python',
      'Traceback (most recent call last):\n  File "/srv/app/run.py", line 4, in <module>\n    import yaml\nModuleNotFoundError: No module named \'yaml\'\n',
      "ModuleNotFoundError: No module named 'yaml'",
    ],
    [
      'tsc',
      "src/cart.ts(12,7): error TS2339: Property 'total' does not exist on type 'Cart'.\n",
      "error TS2339: Property 'total' does not exist on type 'Cart'.",
    ],
    [
      'rust',
      'error[E0382]: borrow of moved value: `name`\n --> src/main.rs:4:20\n',
      'error[E0382]: borrow of moved value: `name`',
    ],
    [
      'npm',
      'npm error code ENOENT\nnpm error syscall open\nnpm error Missing script: "tset"\n',
      'Missing script: "tset"',
    ],
    [
      'port',
      'Error: listen EADDRINUSE: address already in use :::3000\n    at Server.setupListenHandle\n',
      'Error: listen EADDRINUSE: address already in use <address>',
    ],
    ['shell', 'zsh: command not found: pnpm\n', 'zsh: command not found: pnpm'],
  ];
  for (const [what, output, signature] of outputs)
    test(what, () => assert.equal(signatureOf(output), signature));

  test('colours and carriage returns do not matter', () => {
    const coloured = '\u001b[31m\u001b[1mTypeError:\u001b[0m x is not a function\r\n';
    assert.equal(signatureOf(coloured), 'TypeError: x is not a function');
    assert.equal(plainOutput('10 %\r50 %\rdone'), 'done');
  });

  test('the same error elsewhere, later and on another port has the same signature', () => {
    fc.assert(
      fc.property(
        fc.nat(99_999),
        fc.nat(99_999),
        fc.stringMatching(/^[a-z]{1,8}$/),
        (line, other, folder) => {
          const at = (n: number, place: string) =>
            `${place}/src/db.ts:${n}:9 - error: timed out after ${n} ms on 10.0.0.1:${n}`;
          assert.equal(general(at(line, `/home/${folder}`)), general(at(other, '/srv/app')));
        },
      ),
    );
  });

  test('whatever is printed, a signature is short, on one line and found in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (output) => {
        const signature = signatureOf(output) ?? '';
        assert.ok(signature.length <= 200 && !signature.includes('\n'));
      }),
    );
  });
});

suite('commands that failed, and then did not', () => {
  const run = (command: string, failed: boolean, at: number, output = '', place = 't1') => ({
    command,
    failed,
    at,
    output,
    place,
  });

  test('what ran in between is the remedy; looking around is not', () => {
    const watch = createCommandWatch();
    assert.equal(watch.ran(run('npm test', true, 0, "Error: Cannot find module 'left-pad'")), undefined);
    watch.ran(run('cat package.json', false, minute));
    watch.ran(run('npm install left-pad', false, 2 * minute));
    const recipe = watch.ran(run('npm test', false, 3 * minute));
    assert.deepEqual(recipe?.commands, ['npm install left-pad']);
    assert.equal(recipe?.error, "Error: Cannot find module 'left-pad'");
  });

  test('a failure that printed nothing is told without words for it, and is less sure', () => {
    const told = (output: string) => {
      const watch = createCommandWatch();
      watch.ran(run('./migrate', true, 0, output));
      watch.ran(run('mkdir data', false, minute));
      const recipe = watch.ran(run('./migrate', false, 2 * minute));
      assert.ok(recipe);
      return draftOfFix({
        type: 'fix',
        project: project('/p'),
        session: 's',
        edits: [],
        ...recipe,
        commands: ['mkdir data'],
      });
    };
    const silent = told('');
    assert.equal(silent?.lesson.statement, 'When `./migrate` fails, run `mkdir data`.');
    assert.ok(silent.confidence < (told('Error: no such folder: data')?.confidence ?? 0));
  });

  test('a failure that goes away by itself teaches nothing', () => {
    const watch = createCommandWatch();
    watch.ran(run('npm test', true, 0, 'Error: socket hang up'));
    assert.equal(watch.ran(run('npm test', false, minute)), undefined);
  });

  test('an edit in between is a remedy too', () => {
    const watch = createCommandWatch();
    watch.ran(run('make', true, 0, "error: expected ';'"));
    const recipe = watch.ran(run('make', false, minute), (since) => since === 0);
    assert.deepEqual([recipe?.command, recipe?.commands], ['make', []]);
  });

  test('another program for the same arguments stands instead', () => {
    const watch = createCommandWatch();
    watch.ran(run('npm run build', true, 0, 'npm error Missing script: "build"'));
    assert.equal(watch.ran(run('pnpm run build', false, minute))?.instead, 'pnpm run build');
  });

  test('not in another terminal, not after a long while, not after many others', () => {
    const later = [run('pnpm run build', false, minute, '', 't2'), run('pnpm run build', false, 30 * minute)];
    for (const second of later) {
      const watch = createCommandWatch();
      watch.ran(run('npm run build', true, 0, 'failed'));
      assert.equal(watch.ran(second), undefined);
    }
  });

  test('a failure waits two hours for its remedy, a quarter of an hour and three runs for another way of saying it', () => {
    const remedied = (at: number) => {
      const watch = createCommandWatch();
      watch.ran(run('./migrate', true, 0, 'failed'));
      watch.ran(run('mkdir data', false, at - 1000));
      return watch.ran(run('./migrate', false, at))?.commands;
    };
    assert.deepEqual(remedied(120 * minute), ['mkdir data']);
    assert.equal(remedied(120 * minute + 2000), undefined);
    const otherwise = (at: number, between: number) => {
      const watch = createCommandWatch();
      watch.ran(run('npm run build', true, 0, 'failed'));
      for (let index = 0; index < between; index++) watch.ran(run(`cat file${index}`, false, 1000 + index));
      return watch.ran(run('pnpm run build', false, at))?.instead;
    };
    assert.equal(otherwise(15 * minute, 0), 'pnpm run build');
    assert.equal(otherwise(15 * minute + 1000, 0), undefined);
    assert.equal(otherwise(minute, 2), 'pnpm run build');
    assert.equal(otherwise(minute, 4), undefined);
  });

  test('where it ran and what became of its output do not make another command', () => {
    assert.equal(plainCommand('cd /srv/app && CI=1 npm test 2>&1 | tail -20'), 'npm test');
    assert.equal(plainCommand('npm test > out.txt 2>&1'), 'npm test');
    assert.equal(plainCommand("cat <<'END' > a.txt\nsome text\nEND"), '');
  });

  test('what makes the file is a step of the way, also where nobody saw that a file was made', () => {
    const watch = createCommandWatch();
    const run = (command: string, failed: boolean, at: number) =>
      watch.ran({ command, failed, place: 'terminal 1', at });
    run('cat notes/plan.md', true, 0);
    assert.equal(run('mkdir -p notes', false, 1000), undefined);
    assert.equal(run('touch notes/plan.md', false, 2000), undefined);
    const recipe = run('cat notes/plan.md', false, 3000);
    assert.deepEqual(recipe?.commands, ['mkdir -p notes', 'touch notes/plan.md']);
    assert.equal(recipe?.instead, undefined);
  });

  test('variants, slips and strangers', () => {
    assert.ok(isVariant('python manage.py migrate', 'python3 manage.py migrate'));
    assert.ok(isVariant('npm run test', 'npm run test --silent'));
    assert.ok(isVariant('wrapped go test', 'go test'));
    assert.ok(isVariant('npm run lint', 'npm run lint:fix'));
    assert.ok(!isVariant('npm run lint', 'npm run test'));
    assert.ok(!isVariant('wrapped go test', 'go vet'));
    assert.ok(!isVariant('git push', 'git push -u origin main'));
    assert.ok(!isVariant('git psuh origin main', 'git push origin main'));
    assert.ok(!isVariant('pnmp run build', 'pnpm run build'), 'a slip of the fingers is no other program');
    assert.ok(!isVariant('ls', 'pwd'));
    assert.ok(!isVariant('cat notes/plan.md', 'touch notes/plan.md'));
    assert.ok(isVariant('cat notes/plan.md', 'sudo cat notes/plan.md'));
    assert.ok(!isVariant('npm test', 'cargo build'));
  });
});

suite('errors under a text', () => {
  const missing = { message: "Cannot find name 'total'.", source: 'ts', code: '2304' };

  test('one that stood for a while and goes with an edit is a fix', () => {
    const watch = createProblemWatch();
    watch.seen('/p/a.ts', [missing], 0, () => 'sum(total)');
    watch.look(15_000, () => 'sum(total)');
    const fix = watch.seen('/p/a.ts', [], 2 * minute, () => 'sum(amount)');
    assert.deepEqual([fix?.before, fix?.after], ['sum(total)', 'sum(amount)']);
    assert.match(fix?.error ?? '', /^ts 2304: Cannot find name/);
  });

  test('it must have stood for a minute, and been looked at after ten seconds', () => {
    const fixed = (look: number, gone: number) => {
      const watch = createProblemWatch();
      watch.seen('/p/a.ts', [missing], 0, () => 'sum(total)');
      watch.look(look, () => 'sum(total)');
      return watch.seen('/p/a.ts', [], gone, () => 'sum(amount)') !== undefined;
    };
    assert.equal(fixed(10_000, 60_000), true);
    assert.equal(fixed(10_000, 59_999), false);
    assert.equal(fixed(9_999, 60_000), false);
  });

  test('what two tools had reported goes with one edit, and is told once', () => {
    const watch = createProblemWatch();
    const undefinedName = { message: 'total is not defined', source: 'eslint' };
    watch.seen('/p/a.ts', [missing, undefinedName], 0, () => 'sum(total)');
    watch.look(15_000, () => 'sum(total)');
    assert.ok(watch.seen('/p/a.ts', [undefinedName], 2 * minute, () => 'sum(amount)'));
    assert.equal(
      watch.seen('/p/a.ts', [], 2 * minute + 500, () => 'sum(amount)'),
      undefined,
    );
  });

  test('one that comes and goes with typing is not, and no text is read for it', () => {
    const watch = createProblemWatch();
    watch.seen('/p/a.ts', [missing], 0, () => assert.fail('read'));
    assert.equal(
      watch.seen('/p/a.ts', [], 5_000, () => assert.fail('read')),
      undefined,
    );
    assert.equal(watch.dueAt(), undefined);
  });
});
