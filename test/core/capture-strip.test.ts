import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stripMessage } from '../../src/core/capture/strip.ts';

describe('stripMessage', () => {
  it('removes injected blocks and keeps the words around them', () => {
    const blocks = [
      '<system-reminder>always use npm</system-reminder>',
      '<context>never use pnpm</context>',
      '<attachments>\n<attachment id="a">no, use yarn</attachment>\n</attachments>',
      '<ide_selection>The user selected lines 3 to 9</ide_selection>',
      '<environment_details>\n# Time\nnow\n</environment_details>',
      '<reverie-memory ids="r_1">Use tabs, never spaces.</reverie-memory>',
      '<command-name>/review</command-name>',
      '<local-command-stdout>failed</local-command-stdout>',
    ];
    for (const block of blocks) {
      assert.equal(stripMessage(`${block}\nuse bun instead`).own, 'use bun instead', block);
      assert.equal(stripMessage(`use bun instead\n${block}`).own, 'use bun instead', block);
    }
  });

  it('keeps only the request of what an editor sends with its tabs', () => {
    const text =
      '# Context from my IDE setup:\n\n## Open tabs:\n- kiln.ts: src/kiln.ts\n\n## My request for Codex:\nuse bun instead';
    assert.equal(stripMessage(text).own, 'use bun instead');
    assert.match(stripMessage('# Context from my IDE setup: it is old, use bun').own, /use bun/);
  });

  it('takes out a host’s question in the terminal with the key that answered it', () => {
    const asked = "Run shell commands? (Y)es/(N)o/(D)on't ask again [Yes]: n";
    assert.equal(stripMessage(asked).own, '');
    assert.equal(stripMessage(`${asked}\nuse bun instead`).own, 'use bun instead');
  });

  it('knows what a program wrote when a task had ended', () => {
    const note =
      '<system_notification>\nThe following task has finished.\n</system_notification>\n<user_query>Never repeat it.</user_query>';
    assert.equal(stripMessage(note).machine, true);
  });

  it('removes an injected block that was never closed', () => {
    assert.equal(stripMessage('use bun\n<reverie-memory ids="r_1">Use tabs').own, 'use bun');
  });

  it('keeps the words inside wrappers', () => {
    assert.equal(stripMessage('<task>\nno, use bun\n</task>').own, 'no, use bun');
    assert.equal(stripMessage('<feedback>wrong folder</feedback>').own, 'wrong folder');
  });

  it('takes what a program wrote as a whole for nothing', () => {
    const summary =
      'This session is being continued from a previous conversation that ran out of context. Always use npm.';
    assert.equal(stripMessage(summary).own, '');
    assert.equal(stripMessage(summary).machine, true);
  });

  it('takes what a button of the editor says for nothing, and keeps what its owner adds', () => {
    const button =
      "Implement the plan as specified, it is attached. Do NOT edit the plan file itself.\n\nDo not create the to-dos again. Don't stop until you have completed all the to-dos.";
    assert.equal(stripMessage(button).machine, true);
    const more = stripMessage(`${button}\n\nAnd leave the seeds alone.`);
    assert.deepEqual([more.machine, more.own], [false, 'And leave the seeds alone.']);
    assert.equal(stripMessage('implement the plan as specified, but leave the seeds alone').machine, false);
  });

  it('takes a request that the editor wrote around an error or its findings for nothing', () => {
    for (const text of [
      "For the code present, we get this error:\n```\nCannot find name 'lathe'.\n```\nHow can I resolve this? If you propose a fix, please make it concise.",
      'Verify this issue exists and fix it:\n\nThe lathe never stops. It should not use `wait`, but `join` instead.',
    ])
      assert.equal(stripMessage(text).machine, true, text);
    const more = stripMessage(
      'For the code present, we get this error:\n```\nCannot find it.\n```\nFix it, verify, and then give a concise explanation. @src/lathe.ts:3-9\nNo any, please.',
    );
    assert.deepEqual([more.machine, more.own], [false, 'No any, please.']);
    assert.equal(stripMessage('for the code present we get this error, fix it').machine, false);
  });

  it('knows a line of a log by its moment, and a program’s guess, whatever they say', () => {
    const { own, failure } = stripMessage(
      [
        'it fails again',
        "2026-03-04T05:06:07.123Z You are on no branch. You can look around, and you should commit what you've changed.",
        '',
        "Could not find the function 'a:b'. Did you forget to run `forge dev`?",
        '',
        'use the local server',
      ].join('\n'),
    );
    assert.equal(own.replace(/\n+/g, '|'), 'it fails again|use the local server');
    assert.match(failure ?? '', /Could not find/);
  });

  it('takes a program’s own lines for nothing, from their first on', () => {
    const own = (...lines: readonly string[]) => stripMessage(lines.join('\n')).own.replace(/\n+/g, '|');
    assert.equal(
      own(
        'Sail anchor',
        'buoy not found',
        'Error: Process completed with exit code 1.',
        'Sail anchor',
        'buoy not found',
        'Error: Process completed with exit code 1.',
      ),
      '',
    );
    assert.equal(
      own('what is this?', '', '[06/18 18:48 main ~/sea/boat] boat reindex', '', 'it hangs'),
      'what is this?|it hangs',
    );
    assert.equal(own('state:\tOPEN', 'author:\tben', '', 'merge it'), 'merge it');
    assert.equal(
      own('pkg/sea/boat.go:114:4: Use Fprintf(...) instead of WriteString(...)', '', 'do that'),
      'do that',
    );
    assert.equal(own('=== SKIP: pkg/sea TestTide (0.00s)', '--- SKIP: TestTide (0.00s)', '', 'why?'), 'why?');
    assert.equal(
      own('src/sea.ts:12 should be lower case, please'),
      'src/sea.ts:12 should be lower case, please',
    );
  });

  it('knows what browsers and error overlays print', () => {
    const frames = stripMessage(
      'the chart is gone\nReferenceError: kiln is not defined\ndraw @ chart-1a2b.js:14\nawait in draw\n(anonymous) @ VM7 page.js:3\nload @ main.ts:290Understand this error',
    );
    assert.equal(frames.own, 'the chart is gone');
    assert.match(frames.failure ?? '', /kiln is not defined/);
    const overlay = stripMessage(
      '## Error Type\nConsole Error\n\n## Error Message\nThe oven did not answer.\n\n    at draw (chart.tsx:4:2)\n\nNext.js version: 15.0.0',
    );
    assert.equal(overlay.own, '');
    assert.equal(overlay.failure, 'The oven did not answer.');
    const older = stripMessage(
      'Got this\n\nUnhandled Runtime Error\nError: oven is undefined\n\nSource\nparts/Oven.tsx (14:7) @ draw\n\n  12 | draw();\n',
    );
    assert.match(older.own, /^Got this/);
    assert.match(older.failure ?? '', /oven is undefined/);
  });

  it('takes what an editor says of its own failure, or by its buttons, for nothing', () => {
    for (const text of [
      'Issue reproduced, please proceed.',
      'The issue has been fixed. Please clean up the instrumentation.',
      'Request ID: 01234567-89ab-cdef-0123-456789abcdef\nConnectError: [unknown] no answer\n    at a.b (vscode-file://x/y.js:1:2)\n    at c (vscode-file://x/y.js:3:4)',
    ])
      assert.ok(stripMessage(text).machine, text);
    const beside = stripMessage(
      'it stopped again\nRequest ID: 01234567-89ab-cdef-0123-456789abcdef\nConnectError: no answer\n    at a (x.js:1:2)',
    );
    assert.equal(beside.own, 'it stopped again');
  });

  it('keeps what is said beside a picture', () => {
    assert.equal(
      stripMessage('[Image #5] the button belongs on the left').own,
      'the button belongs on the left',
    );
    assert.equal(stripMessage('User provided an image (image/png).\n\nmake it blue').own, 'make it blue');
    assert.equal(stripMessage('[Image: source: /tmp/a.png]').machine, true);
  });

  it('leaves out what a terminal writes for an input of nothing', () => {
    assert.equal(stripMessage('<blank>\nreplace the kiln').own, 'replace the kiln');
  });

  it('takes source that raises, catches or logs a fault for no failure', () => {
    for (const line of ['} catch (error) {', "raise exception 'no kiln';", 'console.error(failure);']) {
      const { failure } = stripMessage(
        `what I have:\nfunction fire() {\n  const kiln = find();\n${line}\n}\n`,
      );
      assert.equal(failure, undefined, line);
    }
  });

  it('removes pasted code, logs, stack traces and diffs, and notes the failure', () => {
    const pasted = stripMessage(
      [
        'it still fails after your change:',
        '',
        'TypeError: cannot read properties of undefined',
        '    at load (/app/src/load.ts:10:5)',
        '    at main (/app/src/main.ts:3:1)',
        '',
        '```ts',
        'const never = always();',
        '```',
        'diff --git a/x.ts b/x.ts',
        '@@ -1,2 +1,2 @@',
      ].join('\n'),
    );
    assert.equal(pasted.own, 'it still fails after your change:');
    assert.equal(pasted.failure, 'TypeError: cannot read properties of undefined');
    assert.deepEqual([...pasted.pasted].sort(), ['code', 'diff', 'error']);
  });

  it('keeps quotes apart, marked or copied from the assistant', () => {
    const prev = 'I will store the session in a global variable so that it is easy to reach.';
    const marked = stripMessage('> I will use a global\n\nno, pass it as an argument');
    assert.deepEqual([marked.own, marked.quoted], ['no, pass it as an argument', 'I will use a global']);
    const copied = stripMessage(`${prev}\nplease do not`, prev);
    assert.deepEqual([copied.own, copied.quoted], ['please do not', prev]);
  });

  it('takes the reason out of a rejected tool call and notices interrupts', () => {
    const rejected =
      "The user doesn't want to proceed with this tool use. The tool use was rejected. To tell you how to proceed, the user said:\nuse the staging server";
    assert.equal(stripMessage(rejected).own, 'use the staging server');
    const stopped = stripMessage('[Request interrupted by user for tool use]');
    assert.deepEqual([stopped.own, stopped.interrupted], ['', true]);
  });

  it('cuts a long document off at its first heading', () => {
    const plan = `Implement this:\n\n# Plan\n\n${'Never do it by halves. '.repeat(60)}\n## Step one\nx\n## Step two\ny`;
    assert.equal(stripMessage(plan).own, 'Implement this:');
  });

  it('never lets a word of a private span through', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', '\n', '<', '>', '`', '> ', 'no, ')),
        fc.boolean(),
        (parts, closed) => {
          const text = `${parts.join('')}<private>hidden ${parts.join('')}${closed ? '</private>' : ''}`;
          const { own, quoted, failure } = stripMessage(text);
          assert.doesNotMatch(`${own} ${quoted} ${failure ?? ''}`, /hidden/);
        },
      ),
    );
  });

  it('takes out what is shown without any mark, and leaves what somebody set apart', () => {
    const shown = stripMessage(
      'With --quiet nobody wants this\n\n🛟 Waiting for ferries: north, south\n   Press q to leave the quay\n\nnot even the empty lines.',
    );
    assert.equal(shown.own, 'With --quiet nobody wants this\n\nnot even the empty lines.');
    assert.ok(shown.pasted.has('console'));
    assert.equal(
      stripMessage('the quay seems ok\n\n🛟 Waiting for ferries\n   Press q to leave').own,
      'the quay seems ok',
    );
    for (const list of [
      'Please do the following:\n\n  - Paint the crane.\n  - Oil the winch.',
      'The harbour page should say this:\n\n  We never close the quay before the last ferry, and you should know why.',
    ])
      assert.equal(stripMessage(list).own, list);
  });

  it('survives any text, and is quick on hostile input', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (text, prev) => void stripMessage(text, prev)));
    const begun = process.cpuUsage();
    for (const piece of ['<context>', '```\n', '> ', '<private>', '(', 'a ', '{"a":'] as const)
      stripMessage(piece.repeat(20_000));
    /* Seconds of the processor, where a pattern that tries again and again would take hours. */
    assert.ok(process.cpuUsage(begun).user < 60e6);
  });
});
