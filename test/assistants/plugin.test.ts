/**
 * The plugin folder against the layouts that its readers publish: Claude Code's plugin, marketplace and hook schemas
 * (code.claude.com/docs, “Plugins reference”, “Plugin marketplaces” and “Hooks reference”), the plugin formats that VS Code
 * 1.139 tells apart, and the hook entries of VS Code and Copilot CLI (docs.github.com, “Hooks reference”).
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { isHookEvent } from '../../src/assistants/hook.ts';

const folder = resolve('plugin');
const read = (file: string): unknown => JSON.parse(readFileSync(resolve(file), 'utf8'));

/** Events that Claude Code and Copilot CLI know; those VS Code does not know it passes over. */
const events = z.enum([
  'SessionStart',
  'UserPromptSubmit',
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'PreCompact',
  'SubagentStart',
  'SubagentStop',
  'Stop',
  'SessionEnd',
]);

const kebab = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
/** Strict: no `hooks`. The standard file is read by itself, and Claude Code refuses the hooks of who names it once more. */
const manifestSchema = z.strictObject({
  name: kebab,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  description: z.string().min(1),
  author: z.strictObject({ name: z.string().min(1), email: z.email().optional(), url: z.url().optional() }),
  license: z.string().min(1),
});
/** Where all of them look for hooks beside a manifest in `.claude-plugin`. */
const standardHooks = 'plugin/hooks/hooks.json';

const marketplaceSchema = z.strictObject({
  name: kebab,
  description: z.string().min(1),
  owner: z.strictObject({ name: z.string().min(1), email: z.email().optional() }),
  plugins: z.tuple([
    z.strictObject({ name: kebab, source: z.literal('./'), description: z.string().min(1) }),
  ]),
});

const commandSchema = z.strictObject({
  type: z.literal('command'),
  command: z.string().min(1),
  /* VS Code's own: another command on another system. */
  windows: z.string().min(1).optional(),
  linux: z.string().min(1).optional(),
  osx: z.string().min(1).optional(),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  /** Seconds. */
  timeout: z.number().int().min(1).max(600).optional(),
});
const hooksSchema = z.strictObject({
  hooks: z.partialRecord(
    events,
    z.array(z.strictObject({ matcher: z.string().optional(), hooks: z.array(commandSchema).min(1) })).min(1),
  ),
});

test('the manifest is one that Claude Code, Copilot CLI and VS Code read, of the version of the package', () => {
  const manifest = manifestSchema.parse(read('plugin/.claude-plugin/plugin.json'));
  const extension = z
    .looseObject({
      version: z.string(),
      contributes: z.looseObject({ chatPlugins: z.array(z.strictObject({ path: z.string() })) }),
    })
    .parse(read('package.json'));
  assert.equal(manifest.version, extension.version);
  assert.deepEqual(extension.contributes.chatPlugins, [{ path: './plugin' }]);
  assert.ok(existsSync(resolve(standardHooks)));
  /* Either of them would be read as another format, whose hooks lie elsewhere. */
  for (const other of ['plugin.json', '.plugin/plugin.json'])
    assert.ok(!existsSync(join(folder, other)), other);
});

test('the folder is a marketplace of its own, so that Claude Code can be told where it lies', () => {
  const { name } = manifestSchema.parse(read('plugin/.claude-plugin/plugin.json'));
  const marketplace = marketplaceSchema.parse(read('plugin/.claude-plugin/marketplace.json'));
  assert.equal(`${marketplace.plugins[0].name}@${marketplace.name}`, `${name}@reverie`);
});

test('each hook starts a file of the plugin with an event that it understands, and not for long', () => {
  const { hooks } = hooksSchema.parse(read(standardHooks));
  for (const event of ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'Stop'] as const)
    assert.ok(hooks[event], event);
  for (const [event, groups] of Object.entries(hooks)) {
    assert.ok(isHookEvent(event), event);
    for (const { command, windows, timeout } of groups.flatMap((group) => group.hooks)) {
      const unix = /^sh "\$\{CLAUDE_PLUGIN_ROOT\}\/(\S+)" (\w+)$/.exec(command);
      const dos = /^"\$\{CLAUDE_PLUGIN_ROOT\}\\(\S+)" (\w+)$/.exec(windows ?? '');
      for (const found of [unix, dos]) {
        assert.ok(found, command);
        assert.equal(found[2], event);
        assert.ok(existsSync(join(folder, (found[1] ?? '').replaceAll('\\', '/'))), found[1]);
      }
      assert.ok(timeout !== undefined && timeout <= 5, 'an assistant never waits long');
    }
  }
});
