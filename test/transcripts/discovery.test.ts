import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { discoverTranscripts } from '../../src/transcripts/discovery.ts';
import { put, withFolder } from './folder.ts';

async function found(home: string, options: Omit<Parameters<typeof discoverTranscripts>[0], 'home'> = {}) {
  const all = await discoverTranscripts({ home, env: {}, platform: 'linux', ...options });
  return all.map(({ assistant, name, files }) => [
    assistant,
    name,
    ...files.map(({ path }) => relative(home, path).replace(/\\/g, '/')).sort(),
  ]);
}

test('every assistant’s place, and nothing beside it', async () => {
  const user = '.config/Code/User';
  await withFolder(
    {
      '.claude/projects/-a/s.jsonl': '{}',
      '.claude/projects/-a/s/subagents/agent-1.jsonl': '{}',
      '.claude/settings.json': '{}',
      '.codex/sessions/2026/01/02/rollout-a.jsonl': '{}',
      '.codex/sessions/2026/01/02/rollout-a.jsonl.zst': 'x',
      '.codex/archived_sessions/rollout-b.jsonl.zst': 'x',
      '.codex/history.jsonl': '{}',
      [`${user}/workspaceStorage/h/chatSessions/1.jsonl`]: '{}',
      [`${user}/workspaceStorage/h/chatSessions/1.json`]: '{}',
      [`${user}/workspaceStorage/h/GitHub.copilot-chat/transcripts/2.jsonl`]: '{}',
      [`${user}/globalStorage/emptyWindowChatSessions/3.json`]: '{}',
      [`${user}/globalStorage/saoudrizwan.claude-dev/tasks/9/api_conversation_history.json`]: '[]',
      [`${user}/globalStorage/saoudrizwan.claude-dev/tasks/9/ui_messages.json`]: '[]',
      '.config/Cursor/User/globalStorage/rooveterinaryinc.roo-cline/tasks/8/api_conversation_history.json':
        '[]',
      '.local/share/code-server/User/workspaceStorage/h/chatSessions/4.jsonl': '{}',
      '.copilot/session-state/i/events.jsonl': '{}',
      '.gemini/tmp/app/chats/session-1.jsonl': '{}',
      '.continue/sessions/c.json': '{}',
      '.continue/sessions/sessions.json': '[]',
      '.continue/sessions/empty.json': '',
    },
    async (home) => {
      assert.deepEqual(await found(home), [
        ['claude-code', 'Claude Code', '.claude/projects/-a/s.jsonl'],
        [
          'copilot',
          'Copilot Chat in VS Code',
          `${user}/globalStorage/emptyWindowChatSessions/3.json`,
          `${user}/workspaceStorage/h/GitHub.copilot-chat/transcripts/2.jsonl`,
          `${user}/workspaceStorage/h/chatSessions/1.jsonl`,
        ],
        [
          'cline',
          'Cline in VS Code',
          `${user}/globalStorage/saoudrizwan.claude-dev/tasks/9/api_conversation_history.json`,
        ],
        [
          'roo',
          'Roo Code in Cursor',
          '.config/Cursor/User/globalStorage/rooveterinaryinc.roo-cline/tasks/8/api_conversation_history.json',
        ],
        [
          'copilot',
          'Copilot Chat in code-server',
          '.local/share/code-server/User/workspaceStorage/h/chatSessions/4.jsonl',
        ],
        [
          'codex',
          'Codex',
          '.codex/archived_sessions/rollout-b.jsonl.zst',
          '.codex/sessions/2026/01/02/rollout-a.jsonl',
        ],
        ['copilot-cli', 'Copilot CLI', '.copilot/session-state/i/events.jsonl'],
        ['gemini', 'Gemini CLI', '.gemini/tmp/app/chats/session-1.jsonl'],
        ['continue', 'Continue', '.continue/sessions/c.json'],
      ]);
    },
  );
});

test('variables of the environment and other systems lead elsewhere', async () => {
  await withFolder(
    {
      'cc/projects/-a/s.jsonl': '{}',
      'cx/sessions/rollout-a.jsonl': '{}',
      'Library/Application Support/Code - Insiders/User/workspaceStorage/h/chatSessions/1.jsonl': '{}',
      'roaming/VSCodium/User/workspaceStorage/h/chatSessions/2.jsonl': '{}',
    },
    async (home) => {
      const env = {
        CLAUDE_CONFIG_DIR: join(home, 'cc'),
        CODEX_HOME: join(home, 'cx'),
        APPDATA: join(home, 'roaming'),
      };
      assert.deepEqual(
        (await found(home, { env, platform: 'darwin' })).map(([, name]) => name),
        ['Claude Code', 'Copilot Chat in VS Code Insiders', 'Codex'],
      );
      assert.deepEqual(
        (await found(home, { env, platform: 'win32' })).map(([, name]) => name),
        ['Claude Code', 'Copilot Chat in VSCodium', 'Codex'],
      );
    },
  );
});

test('transcripts beside the code, in folders given and in those an editor had open', async () => {
  await withFolder(
    { 'one/.specstory/history/a.md': 'x', 'two/.aider.chat.history.md': 'x' },
    async (home) => {
      const workspace = join(home, '.config/Code/User/workspaceStorage/h/workspace.json');
      await put(workspace, JSON.stringify({ folder: pathToFileURL(join(home, 'two')).href }));
      assert.deepEqual(await found(home, { workspaces: [join(home, 'one')] }), [
        ['specstory', 'SpecStory', 'one/.specstory/history/a.md'],
        ['aider', 'aider', 'two/.aider.chat.history.md'],
      ]);
    },
  );
});

test('newest first, with sizes; nothing where there is nothing', async () => {
  await withFolder(
    { '.claude/projects/-a/old.jsonl': 'abc', '.claude/projects/-a/new.jsonl': 'abcd' },
    async (home) => {
      await utimes(join(home, '.claude/projects/-a/old.jsonl'), 1000, 1000);
      const [claude] = await discoverTranscripts({ home, env: {}, platform: 'linux' });
      assert.deepEqual(
        claude?.files.map(({ size }) => size),
        [4, 3],
      );
      assert.equal(claude?.files[1]?.mtimeMs, 1_000_000);
      assert.deepEqual(
        await discoverTranscripts({ home: join(home, 'nobody'), env: {}, platform: 'linux' }),
        [],
      );
    },
  );
});
