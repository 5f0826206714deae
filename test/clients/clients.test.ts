/** Real assistants against a scripted model: what each of them is told is what arrives at the model. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openDatabase } from '../../src/sqlite/open.ts';
import { calling, fencesIn, resultsIn, toldAbout } from '../support/agentWork.ts';
import { silentLog } from '../support/builders.ts';
import { until } from '../support/reverieHome.ts';
import type { AskedRequest, ToolCall } from '../support/scriptedModel.ts';
import { type ClientWorld, clientWorld, pluginFolder } from './world.ts';

const force = /Never run git push --force/;
const cents = /integer cents/;
const database = /docker compose up db/;
const request = 'Please push my branch';

const claudeTo = ({ model }: ClientWorld) => ({
  ANTHROPIC_BASE_URL: model.origin,
  ANTHROPIC_API_KEY: 'scripted',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
});
const copilotTo = ({ model }: ClientWorld) => ({
  COPILOT_OFFLINE: 'true',
  COPILOT_AUTO_UPDATE: 'false',
  COPILOT_PROVIDER_BASE_URL: `${model.origin}/v1`,
  COPILOT_MODEL: 'gpt-4.1',
});

describe('assistants from the npm registry', { skip: process.platform === 'win32' }, () => {
  /** Each has a home of its own, in which one rule is known. */
  async function newWorld(t: TestContext): Promise<ClientWorld> {
    const world = await clientWorld();
    t.after(() => world.close());
    await world.reverie('remember', 'Never run git push --force.');
    await world.reverie('sleep');
    return world;
  }

  /** What is learnt when the first answer is asked for: the conversation has begun without it. */
  async function learnMore(world: ClientWorld): Promise<void> {
    await world.reverie('remember', 'Always store money as integer cents.', '--path', 'src/billing/**');
    const fix = 'When the tests fail with ECONNREFUSED 5433, run docker compose up db first.';
    await world.reverie('remember', fix, '--kind', 'fix');
    await world.reverie('sleep');
  }

  /** Runs an assistant whose model makes these calls, and answers its last request. */
  async function work(
    world: ClientWorld,
    calls: readonly ToolCall[],
    run: () => ReturnType<ClientWorld['run']>,
  ): Promise<AskedRequest> {
    const script = calling(calls, 'Understood.');
    let learning: Promise<void> | undefined;
    world.model.answerWith(async (request) => {
      if (calls.length > 1) {
        learning ??= learnMore(world);
        await learning;
      }
      return script(request);
    });
    const { code, stdout, stderr } = await run();
    const asked = world.model.requests.filter(({ agent }) => agent).at(-1);
    assert.ok(asked, `the model was asked: ${stdout}\n${stderr}`);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    assert.match(stdout, /Understood\./);
    return asked;
  }

  /** The plugin's part: at the start, when a file is read, when a command has failed. */
  function hears(asked: AskedRequest): void {
    assert.equal(toldAbout(asked, force).length, 1, 'the rule, when the conversation begins, once');
    assert.equal(toldAbout(asked, cents).length, 1, 'the rule about a file, when it is read');
    assert.equal(toldAbout(asked, database).length, 1, 'what helped before, when a command has failed');
  }

  /** When its turn is over, what the assistant wrote down of the conversation is read to its end. */
  async function isRead(world: ClientWorld, folder: string): Promise<void> {
    await until('the conversation is read', async () => {
      const logs = (await readdir(join(world.home, folder), { recursive: true }))
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => join(world.home, folder, name));
      const database = await openDatabase({
        file: join(world.home, '.reverie', 'memory.db'),
        mode: 'read',
        log: silentLog,
      });
      const read = await Promise.all(logs.map((log) => database.cursors.cursor(log)));
      await database.close();
      return read.some((cursor) => (cursor?.offset ?? 0) > 0) ? true : undefined;
    });
  }

  it('Claude Code, with the plugin folder', async (t) => {
    const world = await newWorld(t);
    const words = ['-p', request, '--plugin-dir', pluginFolder, '--allowedTools', 'Read', 'Bash'];
    hears(
      await work(
        world,
        [
          { name: 'Read', arguments: { file_path: join(world.project, 'src', 'billing', 'invoice.ts') } },
          { name: 'Bash', arguments: { command: 'sh run-tests.sh', description: 'Runs the tests' } },
        ],
        () => world.run('claude', words, claudeTo(world)),
      ),
    );
    await isRead(world, '.claude');
  });

  it('Claude Code finds nothing wrong with the plugin, nor with the list it stands in', async (t) => {
    const world = await newWorld(t);
    for (const part of ['', 'plugin.json', 'marketplace.json']) {
      const what = part === '' ? pluginFolder : join(pluginFolder, '.claude-plugin', part);
      const { code, stdout, stderr } = await world.run('claude', ['plugin', 'validate', what]);
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      assert.match(stdout, /Validation passed$/m, 'and not “with warnings”');
    }
  });

  it('Claude Code, connected: it hears by itself, and can ask; disconnected, its files are what they were', async (t) => {
    const world = await newWorld(t);
    const settings = join(world.home, '.claude', 'settings.json');
    const before = '{\n\t"theme": "dark" \n}';
    await mkdir(dirname(settings));
    await writeFile(settings, before);
    await world.reverie('connect', 'claude-code');
    const words = ['-p', request, '--allowedTools', 'Read', 'Bash', 'mcp__reverie__recall'];
    const asked = await work(
      world,
      [
        { name: 'mcp__reverie__recall', arguments: { query: 'git push --force' } },
        { name: 'Read', arguments: { file_path: join(world.project, 'src', 'billing', 'invoice.ts') } },
        { name: 'Bash', arguments: { command: 'sh run-tests.sh', description: 'Runs the tests' } },
      ],
      () => world.run('claude', words, claudeTo(world)),
    );
    assert.equal(toldAbout(asked, cents).length, 1);
    assert.equal(toldAbout(asked, database).length, 1);
    assert.match(resultsIn(asked)[0]?.text ?? '', force);
    await world.reverie('connect', 'claude-code', '--remove');
    assert.equal(await readFile(settings, 'utf8'), before);
  });

  it('Copilot CLI, with the same folder', async (t) => {
    const world = await newWorld(t);
    const words = ['-p', request, '--plugin-dir', pluginFolder, '--allow-all-tools'];
    hears(
      await work(
        world,
        [
          { name: 'view', arguments: { path: join(world.project, 'src', 'billing', 'invoice.ts') } },
          { name: 'bash', arguments: { command: 'sh run-tests.sh', description: 'Runs the tests' } },
        ],
        () => world.run('copilot', words, copilotTo(world)),
      ),
    );
    await isRead(world, join('.copilot', 'session-state'));
  });

  it('Copilot CLI, connected: it hears by itself, without the plugin', async (t) => {
    const world = await newWorld(t);
    await mkdir(join(world.home, '.copilot'));
    await world.reverie('connect', 'copilot-cli');
    hears(
      await work(
        world,
        [
          { name: 'view', arguments: { path: join(world.project, 'src', 'billing', 'invoice.ts') } },
          { name: 'bash', arguments: { command: 'sh run-tests.sh', description: 'Runs the tests' } },
        ],
        () => world.run('copilot', ['-p', request, '--allow-all-tools'], copilotTo(world)),
      ),
    );
    await world.reverie('connect', 'copilot-cli', '--remove');
    assert.equal(existsSync(join(world.home, '.copilot', 'hooks')), false);
  });

  it('Codex, connected and with its instruction file', async (t) => {
    const world = await newWorld(t);
    const folder = join(world.home, '.codex');
    await mkdir(folder);
    const config = [
      'model = "scripted-1"',
      'model_provider = "scripted"',
      '[model_providers.scripted]',
      'name = "Scripted"',
      `base_url = "${world.model.origin}/v1"`,
      'wire_api = "responses"',
      'env_key = "SCRIPTED_KEY"',
    ];
    await writeFile(join(folder, 'config.toml'), config.join('\n'));
    await world.reverie('connect', 'codex');
    await world.reverie('write-rules', '--to', 'agents-md');
    const words = ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', request];
    const rules = { name: 'read_mcp_resource', arguments: { server: 'reverie', uri: 'reverie://rules' } };
    const asked = await work(world, [rules], () => world.run('codex', words, { SCRIPTED_KEY: 'scripted' }));
    assert.match(resultsIn(asked).at(-1)?.text ?? '', force);
    assert.match(asked.text, /Never run git push --force\.\n<!-- reverie:end/);
  });

  it('OpenCode, connected: it can ask the memory', async (t) => {
    const world = await newWorld(t);
    const folder = join(world.home, '.config', 'opencode');
    await mkdir(folder, { recursive: true });
    const model = 'scripted/scripted-1';
    const config = {
      autoupdate: false,
      share: 'disabled',
      model,
      small_model: model,
      provider: {
        scripted: {
          npm: '@ai-sdk/openai-compatible',
          options: { baseURL: `${world.model.origin}/v1`, apiKey: 'scripted' },
          models: { 'scripted-1': { name: 'Scripted' } },
        },
      },
    };
    await writeFile(join(folder, 'opencode.json'), JSON.stringify(config));
    await world.reverie('connect', 'opencode');
    await world.reverie('write-rules', '--to', 'agents-md');
    const recall = { name: 'reverie_recall', arguments: { query: 'git push --force' } };
    const asked = await work(world, [recall], () =>
      world.run('opencode', ['run', request], {
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
      }),
    );
    assert.match(resultsIn(asked).at(-1)?.text ?? '', force);
    assert.match(asked.text, /Never run git push --force\.\n<!-- reverie:end/);
    assert.deepEqual(fencesIn(asked.messages[0]?.text ?? ''), []);
  });

  it('Gemini CLI, connected and with its instruction file; disconnected, its settings are what they were', async (t) => {
    const world = await newWorld(t);
    const settings = join(world.home, '.gemini', 'settings.json');
    const before = JSON.stringify({
      security: { auth: { selectedType: 'gemini-api-key' } },
      privacy: { usageStatisticsEnabled: false },
      general: { enableAutoUpdate: false },
    });
    await mkdir(dirname(settings));
    await writeFile(settings, before);
    await world.reverie('connect', 'gemini');
    await world.reverie('write-rules', '--to', 'gemini');
    const recall = { name: 'mcp_reverie_recall', arguments: { query: 'git push --force' } };
    const words = ['-p', request, '--skip-trust', '--approval-mode', 'yolo'];
    const asked = await work(world, [recall], () =>
      world.run('gemini', words, { GOOGLE_GEMINI_BASE_URL: world.model.origin, GEMINI_API_KEY: 'scripted' }),
    );
    assert.match(resultsIn(asked).at(-1)?.text ?? '', force);
    assert.match(asked.text, /Never run git push --force\.\n<!-- reverie:end/);
    await world.reverie('connect', 'gemini', '--remove');
    assert.equal(await readFile(settings, 'utf8'), before);
  });
});
