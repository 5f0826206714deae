/**
 * The assistants that may be on this machine, the files in which each keeps its MCP servers, plugins or hooks, and how
 * an entry for Reverie looks there. File names and shapes as the assistants' own documentation gives them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hookEvents } from './hook.ts';

/** Where Reverie is, and how to start its MCP server. */
export interface ServerCommand {
  /** Its folder, in which the agent plugin lies. */
  readonly folder: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** One value in a JSON file: by its name, or in the object of that name. */
export interface ConfigEntry {
  readonly path: readonly [string] | readonly [string, string];
  readonly value: unknown;
}

/** How an assistant writes down what it is connected to: values in JSON, or Codex's TOML. */
export type ConfigFormat =
  | { readonly kind: 'json'; readonly entries: (server: ServerCommand) => readonly ConfigEntry[] }
  | { readonly kind: 'toml' };

/** An assistant that is on this machine. */
export interface FoundAssistant {
  /** As it is named on the command line; unique. What stands before a colon names all that begin with it. */
  readonly id: string;
  readonly name: string;
  /** `hears`: rules come to it at the start, with each prompt and with its tools. `asks`: it can ask the memory. */
  readonly way: 'hears' | 'asks';
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
  entries: ({ command, args, env }) => [
    { path: ['mcpServers', 'reverie'], value: { ...extra, command, args, env, ...last } },
  ],
});

const openCode: ConfigFormat = {
  kind: 'json',
  entries: ({ command, args, env }) => [
    {
      path: ['mcp', 'reverie'],
      value: { type: 'local', command: [command, ...args], environment: env, enabled: true },
    },
  ],
};

/** The plugin folder lists itself as the one plugin of a marketplace. */
const claudePlugin: ConfigFormat = {
  kind: 'json',
  entries: ({ folder }) => [
    {
      path: ['extraKnownMarketplaces', 'reverie'],
      value: { source: { source: 'directory', path: join(folder, 'plugin') } },
    },
    { path: ['enabledPlugins', 'reverie@reverie'], value: true },
  ],
};

/** Seconds that a hook may take at most; it stops by itself long before. */
const hookTimeout = 5;
const copilotHooks: ConfigFormat = {
  kind: 'json',
  entries({ folder }) {
    const program = (name: string) => join(folder, 'plugin', 'bin', name);
    const hooks = hookEvents
      .filter((event) => event !== 'SessionEnd')
      .map((event) => {
        const unix = `'${program('hook.sh').replaceAll("'", "'\\''")}'`;
        const windows = `'${program('hook.cmd').replaceAll("'", "''")}'`;
        /* Should Reverie be gone one day, nothing is said, and nobody kept from a tool. */
        const bash = `[ ! -f ${unix} ] || sh ${unix} ${event}`;
        const powershell = `if (Test-Path ${windows}) { & ${windows} ${event} }`;
        return [event, [{ type: 'command', bash, powershell, timeoutSec: hookTimeout }]];
      });
    return [
      { path: ['version'], value: 1 },
      { path: ['hooks'], value: Object.fromEntries(hooks) },
    ];
  },
};

/** Extensions of one family, which keep their servers alike. */
const clineLike = [
  ['cline', 'Cline', 'saoudrizwan.claude-dev', 'cline_mcp_settings.json'],
  ['roo', 'Roo Code', 'rooveterinaryinc.roo-cline', 'mcp_settings.json'],
] as const;

interface Candidate extends Omit<FoundAssistant, 'way'> {
  /** By default it asks, by the MCP server. */
  readonly way?: FoundAssistant['way'];
  /** Any of these means that the assistant is here. */
  readonly signs: readonly string[];
}

function candidates({ home, env, editors }: ConnectionRoots): readonly Candidate[] {
  const claude = env['CLAUDE_CONFIG_DIR'];
  const claudeFolder = claude ?? join(home, '.claude');
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
      id: 'claude-code:plugin',
      name: 'Claude Code (plugin)',
      way: 'hears',
      signs: [claudeFile, claudeFolder],
      file: join(claudeFolder, 'settings.json'),
      format: claudePlugin,
    },
    {
      id: 'claude-code:mcp',
      name: 'Claude Code (MCP)',
      signs: [claudeFile, claudeFolder],
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
      id: 'copilot-cli:hooks',
      name: 'Copilot CLI (hooks)',
      way: 'hears',
      signs: [copilot],
      file: join(copilot, 'hooks', 'reverie.json'),
      format: copilotHooks,
    },
    {
      id: 'copilot-cli:mcp',
      name: 'Copilot CLI (MCP)',
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
    .map(({ signs: _signs, ...found }) => ({ way: 'asks', ...found }));
}
