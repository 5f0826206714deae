/**
 * The assistants that may be on this machine, the file in which each keeps its MCP servers, and how an entry for
 * Reverie's server looks there. File names and shapes as the assistants' own documentation gives them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How to start Reverie's MCP server. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How an assistant writes its servers down: JSON below a key, or Codex's TOML. */
export type ConfigFormat =
  | { readonly kind: 'json'; readonly key: string; readonly entry: (server: ServerCommand) => unknown }
  | { readonly kind: 'toml' };

/** An assistant that is on this machine. */
export interface FoundAssistant {
  /** As it is named on the command line; unique. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly format: ConfigFormat;
}

/** Where to look; everything given, so that a test can have a home of its own. */
export interface ConnectionRoots {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The editors' user folders, with the editors' names: extensions keep their settings below. */
  readonly editors: readonly { readonly path: string; readonly editor: string }[];
}

const servers = (extra: object = {}, last: object = {}): ConfigFormat => ({
  kind: 'json',
  key: 'mcpServers',
  entry: ({ command, args, env }) => ({ ...extra, command, args, env, ...last }),
});

const openCode: ConfigFormat = {
  kind: 'json',
  key: 'mcp',
  entry: ({ command, args, env }) => ({
    type: 'local',
    command: [command, ...args],
    environment: env,
    enabled: true,
  }),
};

/** Extensions of one family, which keep their servers alike. */
const clineLike = [
  ['cline', 'Cline', 'saoudrizwan.claude-dev', 'cline_mcp_settings.json'],
  ['roo', 'Roo Code', 'rooveterinaryinc.roo-cline', 'mcp_settings.json'],
] as const;

interface Candidate extends FoundAssistant {
  /** Any of these means that the assistant is here. */
  readonly signs: readonly string[];
}

function candidates({ home, env, editors }: ConnectionRoots): readonly Candidate[] {
  const claude = env['CLAUDE_CONFIG_DIR'];
  const claudeFile = join(claude ?? home, '.claude.json');
  const codex = env['CODEX_HOME'] ?? join(home, '.codex');
  const gemini = join(env['GEMINI_CLI_HOME'] ?? home, '.gemini');
  const copilot = env['COPILOT_HOME'] ?? join(home, '.copilot');
  const continued = env['CONTINUE_GLOBAL_DIR'] ?? join(home, '.continue');
  const open = join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'opencode');
  const openFile = ['opencode.jsonc', 'opencode.json', 'config.json']
    .map((name) => join(open, name))
    .find((file) => existsSync(file));
  const windsurf = join(home, '.codeium', 'windsurf');
  return [
    {
      id: 'claude-code',
      name: 'Claude Code',
      signs: [claudeFile, claude ?? join(home, '.claude')],
      file: claudeFile,
      format: servers({ type: 'stdio' }),
    },
    {
      id: 'cursor',
      name: 'Cursor',
      signs: [join(home, '.cursor')],
      file: join(home, '.cursor', 'mcp.json'),
      format: servers(),
    },
    {
      id: 'codex',
      name: 'Codex',
      signs: [codex],
      file: join(codex, 'config.toml'),
      format: { kind: 'toml' },
    },
    {
      id: 'gemini',
      name: 'Gemini CLI',
      signs: [gemini],
      file: join(gemini, 'settings.json'),
      format: servers(),
    },
    {
      id: 'opencode',
      name: 'OpenCode',
      signs: [open],
      file: openFile ?? join(open, 'opencode.json'),
      format: openCode,
    },
    {
      id: 'windsurf',
      name: 'Windsurf',
      signs: [windsurf],
      file: join(windsurf, 'mcp_config.json'),
      format: servers(),
    },
    {
      id: 'copilot-cli',
      name: 'Copilot CLI',
      signs: [copilot],
      file: join(copilot, 'mcp-config.json'),
      format: servers({ type: 'local' }, { tools: ['*'] }),
    },
    {
      id: 'continue',
      name: 'Continue',
      signs: [continued],
      file: join(continued, 'mcpServers', 'reverie.json'),
      format: servers(),
    },
    ...editors.flatMap(({ path, editor }) =>
      clineLike.map(([id, name, extension, settings]) => {
        const folder = join(path, 'globalStorage', extension);
        return {
          id: `${id}:${editor.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
          name: `${name} in ${editor}`,
          signs: [folder],
          file: join(folder, 'settings', settings),
          format: servers({}, { disabled: false }),
        };
      }),
    ),
  ];
}

/** The assistants on this machine, in a fixed order. */
export function findAssistants(roots: ConnectionRoots): readonly FoundAssistant[] {
  return candidates(roots)
    .filter(({ signs }) => signs.some((sign) => existsSync(sign)))
    .map(({ signs: _signs, ...found }) => found);
}
