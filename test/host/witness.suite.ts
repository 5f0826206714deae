import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type ReverieApi, reverieApi } from './extension.ts';
import {
  agentEdits,
  agentSays,
  episodes,
  keptBecause,
  retype,
  show,
  until,
  untilKeptAbout,
  untilListening,
  workspaceFolder,
  writeOutside,
} from './witnessWorld.ts';

const money = (name: string) =>
  `export function ${name}(lines) {\n  const first = parseFloat(lines[0].price);\n  const last = parseFloat(lines[1].price);\n  return first + last;\n}\n`;

/** Longer than an error under the text must stand to count, ms. */
const longStanding = 62_000;

suite('the editor as witness', function () {
  this.timeout(120_000);
  let api: ReverieApi;
  const errors = vscode.languages.createDiagnosticCollection('tests');
  let errorSince = 0;
  let faulty: vscode.TextEditor;

  suiteSetup(async () => {
    api = await reverieApi();
    await untilListening();
  });
  suiteTeardown(async () => {
    errors.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const keptBy = (act: () => Promise<void>) => keptBecause(api, act);
  const untilKept = (about: RegExp) => untilKeptAbout(api, about);

  test('a call that the user types over in an assistant’s text is a correction', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/total.ts', money('totalOf'));
      await agentSays(editor.document.uri.fsPath, { content: money('totalOf') });
      await retype(editor, 'parseFloat', 'toCents');
    });
    assert.deepEqual(
      kept.map(({ statement, label }) => [statement, label]),
      [['Use `toCents` instead of `parseFloat`.', 'correction']],
    );
    assert.match(
      kept[0]?.text ?? '',
      /src\/total\.ts, `totalOf`[\s\S]*- const first = parseFloat[\s\S]*\+ const first = toCents/,
    );
  });

  test('what an assistant put in and the user takes back with undo is an episode of this place', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/empty.ts', 'export const version = 1;\n\n');
      await agentEdits(editor.document, new vscode.Position(2, 0), money('unwanted'));
      await agentSays(
        editor.document.uri.fsPath,
        { oldString: '', newString: money('unwanted') },
        'replace_string_in_file',
      );
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand('undo');
      assert.doesNotMatch(editor.document.getText(), /unwanted/);
    });
    assert.equal(kept.length, 1);
    assert.match(kept[0]?.statement ?? '', /unwanted.*src\/empty\.ts.*undone/);
  });

  test('what is deleted of it too', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/deleted.ts', `export const version = 2;\n\n${money('needless')}`);
      await agentSays(editor.document.uri.fsPath, { content: editor.document.getText() });
      editor.selection = new vscode.Selection(new vscode.Position(2, 0), new vscode.Position(7, 0));
      await vscode.commands.executeCommand('deleteLeft');
      assert.doesNotMatch(editor.document.getText(), /needless/);
    });
    assert.equal(kept.length, 1);
    assert.match(kept[0]?.text ?? '', /Deleted[\s\S]*needless/);
  });

  test('an agent of another program writes to disk: found again when the file is read anew', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/outside.ts', 'export {};\n');
      await writeOutside(editor.document, money('outside'));
      await agentSays(
        editor.document.uri.fsPath,
        { file_path: editor.document.uri.fsPath, content: money('outside') },
        'Write',
      );
      await retype(editor, 'parseFloat', 'Number');
    });
    assert.equal(kept[0]?.statement, 'Use `Number` instead of `parseFloat`.');
  });

  test('typing, pasting, formatting, renaming, undoing one’s own, and files read anew are no episodes', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/own.ts', 'export const a = 1;\n');
      editor.selection = new vscode.Selection(1, 0, 1, 0);
      for (const letter of 'const sum = parseFloat(text) + parseFloat(other);')
        await vscode.commands.executeCommand('type', { text: letter });
      await vscode.env.clipboard.writeText(money('pasted'));
      await editor.edit((edit) => edit.insert(editor.selection.active, `\n${money('pasted')}`));
      await retype(editor, 'parseFloat', 'Number');
      await vscode.commands.executeCommand('undo');
      const rename = new vscode.WorkspaceEdit();
      for (const line of [2, 3])
        rename.replace(editor.document.uri, new vscode.Range(line, 0, line, 5), 'named');
      await vscode.workspace.applyEdit(rename);
      await editor.document.save();
      await writeOutside(editor.document, money('checkedOut'));
      editor.selection = new vscode.Selection(0, 0, 3, 0);
      await vscode.commands.executeCommand('deleteLeft');
    });
    assert.deepEqual(kept, []);
  });

  test('going on with an assistant’s text is no episode', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/further.ts', money('further'));
      await agentSays(editor.document.uri.fsPath, { content: money('further') });
      editor.selection = new vscode.Selection(3, 0, 3, 0);
      for (const letter of '  if (lines.length < 2) return 0;\n')
        await vscode.commands.executeCommand('type', { text: letter });
      await retype(editor, 'lines[1]', 'lines[2]');
      await vscode.commands.executeCommand('editor.action.indentLines');
    });
    assert.deepEqual(kept, []);
  });

  test('the lightbulb offers to remember a change, in the user’s words', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/bulb.ts', money('bulb'));
      await agentSays(editor.document.uri.fsPath, { content: money('bulb') });
      const place = new vscode.Range(1, 4, 1, 4);
      const offered = async () =>
        (
          await vscode.commands.executeCommand<vscode.CodeAction[]>(
            'vscode.executeCodeActionProvider',
            editor.document.uri,
            place,
          )
        ).filter(({ title }) => title === 'Reverie: remember this change');
      assert.equal((await offered()).length, 0, 'before anything was changed');
      await retype(editor, 'first', 'opening');
      const [action] = await offered();
      assert.ok(action?.command, 'the lightbulb offers it');
      await vscode.commands.executeCommand(
        action.command.command,
        ...(action.command.arguments ?? []),
        'Name amounts after what they stand for.',
      );
      await editor.document.save();
      await vscode.commands.executeCommand('undo');
    });
    assert.ok(kept.some(({ statement }) => statement === 'Name amounts after what they stand for.'));
  });

  for (const [what, begin, end] of [
    ['paused', 'reverie.pause', 'reverie.resume'],
    ['in a private session', 'reverie.privateSession', 'reverie.privateSession'],
  ] as const) {
    test(`${what}, nothing is seen: neither what comes now nor what waited`, async () => {
      const kept = await keptBy(async () => {
        const editor = await show(`src/${what.replace(/ /g, '-')}.ts`, money('hidden'));
        await agentSays(editor.document.uri.fsPath, { content: money('hidden') });
        await retype(editor, 'parseFloat', 'toNothing');
        await vscode.commands.executeCommand(begin);
        const second = await show(`src/${what.replace(/ /g, '-')}2.ts`, money('hidden'));
        await agentSays(second.document.uri.fsPath, { content: money('hidden') });
        await retype(second, 'parseFloat', 'toNothing');
        await vscode.commands.executeCommand(end);
      });
      assert.deepEqual(kept, []);
    });
  }

  test('nothing of an excluded folder is seen', async () => {
    const settings = vscode.workspace.getConfiguration('reverie');
    await settings.update('capture.exclude', ['client'], vscode.ConfigurationTarget.Global);
    try {
      const kept = await keptBy(async () => {
        for (const name of ['client/secret.ts', 'open.ts']) {
          const editor = await show(name, money('excluded'));
          await agentSays(editor.document.uri.fsPath, { content: money('excluded') });
          await retype(editor, 'parseFloat', 'toMoney');
        }
      });
      assert.deepEqual(
        kept.map(({ text }) => /in (\S+),/.exec(text)?.[1]),
        ['open.ts'],
      );
    } finally {
      await settings.update('capture.exclude', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('an error comes under the text, and stays while other things are done', async () => {
    faulty = await show('src/faulty.ts', 'export const rate = standardRate;\n');
    const shown = new Promise<void>((resolve) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!uris.some((uri) => uri.toString() === faulty.document.uri.toString())) return;
        subscription.dispose();
        resolve();
      });
    });
    errors.set(faulty.document.uri, [
      new vscode.Diagnostic(
        new vscode.Range(0, 20, 0, 32),
        "Cannot find name 'standardRate'.",
        vscode.DiagnosticSeverity.Error,
      ),
    ]);
    /* From then on the witness knows of it. */
    await shown;
    errorSince = Date.now();
  });

  test('a task that fails, and passes after an edit, leaves the fix', async () => {
    const kept = await keptBy(async () => {
      const editor = await show('src/limit.txt', 'limit = 5\n');
      const check = `grep -q 'limit = 50' ${JSON.stringify(editor.document.uri.fsPath)}`;
      const runTask = async () => {
        const task = new vscode.Task(
          { type: 'shell' },
          vscode.TaskScope.Workspace,
          'check limit',
          'tests',
          new vscode.ShellExecution(check),
        );
        const ended = new Promise<number | undefined>((resolve) => {
          const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
            if (execution.task.name !== 'check limit') return;
            subscription.dispose();
            resolve(exitCode);
          });
        });
        await vscode.tasks.executeTask(task);
        return ended;
      };
      assert.equal(await runTask(), 1);
      await vscode.window.showTextDocument(editor.document);
      await retype(editor, 'limit = 5', 'limit = 50');
      await editor.document.save();
      assert.equal(await runTask(), 0);
    });
    assert.equal(kept.length, 1);
    assert.match(
      kept[0]?.statement ?? '',
      /When `task check limit` fails with .*src\/limit\.txt.*`limit = 50` instead of `limit = 5`/,
    );
    assert.equal(kept[0]?.label, 'fix');
  });

  test('a command that fails in the terminal, and works after another, leaves the fix', async () => {
    const kept = await keptBy(async () => {
      const terminal = vscode.window.createTerminal({
        name: 'fix',
        shellPath: '/bin/bash',
        cwd: workspaceFolder(),
      });
      terminal.show();
      const shell = await until(
        'the shell to speak with the editor',
        () => terminal.shellIntegration,
        60_000,
      );
      /* Its own end: that of the command before can come late, and the next must not begin before this one ended. */
      const ran = (command: string) =>
        new Promise<number | undefined>((resolve) => {
          const subscription = vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
            if (execution !== started) return;
            subscription.dispose();
            resolve(exitCode);
          });
          const started = shell.executeCommand(command);
        });
      /* At times the editor does not hear how a command ended: then it is run again, as nobody could learn from it. */
      const type = (command: string) =>
        until(`the end of ${command}`, async () => {
          const code = await ran(command);
          return code === undefined ? undefined : { code };
        }).then(({ code }) => code);
      assert.notEqual(await type('cat config/settings.ini'), 0);
      await type('mkdir -p config');
      await type('touch config/settings.ini');
      assert.equal(await type('cat config/settings.ini'), 0);
      /* The witness waits for the end of an output. */
      await untilKept(/settings\.ini/);
      terminal.dispose();
    });
    assert.equal(kept.length, 1);
    /* Of a command that ends at once the editor may have begun to listen too late to hear what it printed. */
    assert.match(
      kept[0]?.statement ?? '',
      /When `cat config\/settings\.ini` fails(?: with .*No such file or directory.*)?, run `mkdir -p config`, then `touch config\/settings\.ini`/,
    );
  });

  test('a commit that states a decision is read from the repository', async () => {
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-C', workspaceFolder(), ...words], { stdio: 'pipe' });
    await api.flush();
    writeFileSync(join(workspaceFolder(), 'a.md'), 'a\n');
    git('add', 'a.md');
    git('commit', '-q', '-m', 'build: use pnpm instead of npm\n\nbecause installs take half the time.');
    await until('the commit to be kept', async () => {
      await api.flush();
      return (await episodes()).find(({ statement }) => statement === 'Use pnpm instead of npm.');
    });
  });

  test('an error that stood under the text for long, and goes with an edit, leaves the fix', async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, errorSince + longStanding - Date.now())));
    const kept = await keptBy(async () => {
      faulty = await vscode.window.showTextDocument(faulty.document);
      await retype(faulty, 'standardRate', '0.2');
      errors.delete(faulty.document.uri);
      await untilKept(/standardRate/);
    });
    assert.equal(kept.length, 1, kept.map(({ text }) => text).join('\n\n'));
    assert.match(kept[0]?.statement ?? '', /When the editor reports “Cannot find name 'standardRate'/);
  });
});
