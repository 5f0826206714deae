/** Connecting assistants: each in a home of its own, and the bytes of their files before and after. */
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import {
  carryOutConnection,
  carryOutDisconnection,
  connectionState,
  planConnection,
  planDisconnection,
} from '../../src/assistants/connectionFiles.ts';
import { type FoundAssistant, findAssistants, type ServerCommand } from '../../src/assistants/connections.ts';
import { withEntry, withoutEntry } from '../../src/assistants/connectionText.ts';
import { ReverieError } from '../../src/core/errors.ts';

const server: ServerCommand = {
  folder: "/opt/o’neill's reverie",
  command: '/opt/editor "new"/node',
  args: ['C:\\reverie\\dist\\cli.js', 'mcp'],
  env: { ELECTRON_RUN_AS_NODE: '1' },
};

interface Home {
  readonly home: string;
  readonly kept: string;
  find(): readonly FoundAssistant[];
  one(id: string): FoundAssistant;
}

function makeHome(t: TestContext): Home {
  const home = mkdtempSync(join(tmpdir(), 'reverie-connect-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const editors = [{ path: join(home, 'Code', 'User'), editor: 'VS Code' }];
  const find = () => findAssistants({ home, env: {}, editors });
  return {
    home,
    kept: join(home, '.reverie', 'connections'),
    find,
    one: (id) => {
      const found = find().find((each) => each.id === id);
      assert.ok(found, `${id} was not found`);
      return found;
    },
  };
}

const bytes = (file: string) => (existsSync(file) ? readFileSync(file).toString('hex') : undefined);

function connect({ kept }: Home, assistant: FoundAssistant, to = server): void {
  carryOutConnection(planConnection(assistant, to), kept);
}

function disconnect({ kept }: Home, assistant: FoundAssistant): void {
  carryOutDisconnection(planDisconnection(assistant, kept), kept);
}

const { folder, command, args, env } = server;
const script = `'${join(folder, 'plugin', 'bin', 'hook.sh').replace("'", "'\\''")}'`;
const batch = `'${join(folder, 'plugin', 'bin', 'hook.cmd').replace("'", "''")}'`;
const copilotHooks = Object.fromEntries(
  ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'Stop'].map(
    (event) => [
      event,
      [
        {
          type: 'command',
          bash: `[ ! -f ${script} ] || sh ${script} ${event}`,
          powershell: `if (Test-Path ${batch}) { & ${batch} ${event} }`,
          timeoutSec: 5,
        },
      ],
    ],
  ),
);
/** The sign of each assistant, the file that changes, and what stands in it then. */
const cases: readonly (readonly [id: string, sign: string, file: string, written: unknown])[] = [
  [
    'claude-code:plugin',
    '.claude',
    '.claude/settings.json',
    {
      extraKnownMarketplaces: {
        reverie: { source: { source: 'directory', path: join(folder, 'plugin') } },
      },
      enabledPlugins: { 'reverie@reverie': true },
    },
  ],
  [
    'claude-code:mcp',
    '.claude',
    '.claude.json',
    { mcpServers: { reverie: { type: 'stdio', command, args, env } } },
  ],
  ['cursor', '.cursor', '.cursor/mcp.json', { mcpServers: { reverie: { command, args, env } } }],
  ['gemini', '.gemini', '.gemini/settings.json', { mcpServers: { reverie: { command, args, env } } }],
  [
    'opencode',
    '.config/opencode',
    '.config/opencode/opencode.json',
    { mcp: { reverie: { type: 'local', command: [command, ...args], environment: env, enabled: true } } },
  ],
  [
    'windsurf',
    '.codeium/windsurf',
    '.codeium/windsurf/mcp_config.json',
    { mcpServers: { reverie: { command, args, env } } },
  ],
  ['copilot-cli:hooks', '.copilot', '.copilot/hooks/reverie.json', { version: 1, hooks: copilotHooks }],
  [
    'copilot-cli:mcp',
    '.copilot',
    '.copilot/mcp-config.json',
    { mcpServers: { reverie: { type: 'local', command, args, env, tools: ['*'] } } },
  ],
  [
    'continue',
    '.continue',
    '.continue/mcpServers/reverie.json',
    { mcpServers: { reverie: { command, args, env } } },
  ],
  [
    'cline:vs-code',
    'Code/User/globalStorage/saoudrizwan.claude-dev',
    'Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    { mcpServers: { reverie: { command, args, env, disabled: false } } },
  ],
  [
    'roo:vs-code',
    'Code/User/globalStorage/rooveterinaryinc.roo-cline',
    'Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
    { mcpServers: { reverie: { command, args, env, disabled: false } } },
  ],
];

suite('assistants on the machine', () => {
  test('an empty home has none', (t) => {
    assert.deepEqual(makeHome(t).find(), []);
  });

  for (const [id, sign, file, written] of cases) {
    test(`${id} is found, connected and disconnected`, (t) => {
      const home = makeHome(t);
      mkdirSync(join(home.home, sign), { recursive: true });
      const family = (one: string) => one.split(':')[0];
      assert.ok(home.find().every((each) => family(each.id) === family(id)));
      const assistant = home.one(id);
      const path = join(home.home, file);
      assert.equal(assistant.file, path);
      assert.equal(connectionState(assistant, server).state, 'not-connected');
      connect(home, assistant);
      assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), written);
      assert.equal(connectionState(assistant, server).state, 'connected');
      const moved = { ...server, command: 'node', folder: '/elsewhere' };
      assert.equal(connectionState(assistant, moved).state, 'outdated');
      disconnect(home, assistant);
      assert.equal(existsSync(path), false);
      assert.equal(
        existsSync(dirname(path)),
        existsSync(join(home.home, sign)) && !/settings$|mcpServers$|hooks$/.test(dirname(path)),
      );
    });
  }

  test('Codex gets a block of its own at the end', (t) => {
    const home = makeHome(t);
    mkdirSync(join(home.home, '.codex'));
    const codex = home.one('codex');
    writeFileSync(codex.file, 'model = "x"\n\n[mcp_servers.other]\ncommand = "y"');
    connect(home, codex);
    const text = readFileSync(codex.file, 'utf8');
    assert.match(text, /^model = "x"\n\n\[mcp_servers\.other\]\ncommand = "y"\n\n# >>> reverie/);
    assert.match(text, /\n\[mcp_servers\.reverie\]\ncommand = "\/opt\/editor \\"new\\"\/node"\n/);
    assert.match(text, /\nargs = \["C:\\\\reverie\\\\dist\\\\cli\.js", "mcp"\]\n/);
    assert.equal(connectionState(codex, server).state, 'connected');
  });

  for (const own of [
    '[mcp_servers.reverie]\ncommand = "z"\n',
    'mcp_servers = { a = {} }\n',
    '[mcp_servers."reverie".env]\n',
  ]) {
    test(`Codex with ${JSON.stringify(own)} is left alone`, (t) => {
      const home = makeHome(t);
      mkdirSync(join(home.home, '.codex'));
      const codex = home.one('codex');
      writeFileSync(codex.file, own);
      assert.throws(
        () => connect(home, codex),
        (error) => ReverieError.is(error, 'invalid-input'),
      );
      assert.equal(readFileSync(codex.file, 'utf8'), own);
    });
  }
});

suite('a file that is not as expected is refused with its name and the reason', () => {
  const broken: readonly (readonly [what: string, content: string | Buffer, reason: RegExp])[] = [
    ['half a file', '{ "mcpServers": {', /not valid JSON/],
    ['two documents', '{}\n{}', /not valid JSON/],
    ['a list', '[]', /no JSON object/],
    ['servers that are a list', '{"mcpServers": []}', /“mcpServers” is no JSON object/],
    ['servers named twice', '{"mcpServers": {}, "mcpServers": {}}', /“mcpServers” twice/],
    ['another encoding', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /UTF-8/],
  ];
  for (const [what, content, reason] of broken) {
    test(what, (t) => {
      const home = makeHome(t);
      mkdirSync(join(home.home, '.cursor'));
      const cursor = home.one('cursor');
      writeFileSync(cursor.file, content);
      const before = bytes(cursor.file);
      const refused = (error: unknown) =>
        error instanceof ReverieError && reason.test(error.message) && error.message.includes(cursor.file);
      assert.throws(() => connect(home, cursor), refused);
      assert.throws(() => disconnect(home, cursor), refused);
      assert.equal(connectionState(cursor, server).state, 'unreadable');
      assert.equal(bytes(cursor.file), before);
      assert.equal(existsSync(home.kept), false);
    });
  }
});

/** JSON as people have it: comments, either line end, a byte order mark, a trailing comma, any indentation. */
const jsonText = fc
  .record({
    value: fc.dictionary(
      fc.oneof(fc.constantFrom('mcpServers', 'theme', 'é', ''), fc.string({ maxLength: 8 })),
      fc.jsonValue({ maxDepth: 2 }),
      { maxKeys: 4 },
    ),
    others: fc.option(
      fc.dictionary(fc.constantFrom('github', 'reverie', 'a b'), fc.constant({ command: 'x' })),
    ),
    indent: fc.constantFrom(undefined, '  ', '\t', '    '),
    comment: fc.constantFrom('', '// mine\n', '/* two\n lines */ '),
    comma: fc.boolean(),
    crlf: fc.boolean(),
    mark: fc.boolean(),
    end: fc.constantFrom('', '\n', '\n\n', '  '),
  })
  .map(({ value, others, indent, comment, comma, crlf, mark, end }) => {
    const { mcpServers: _given, ...rest } = value;
    const all = others === null ? rest : { ...rest, mcpServers: others };
    let text = JSON.stringify(all, undefined, indent);
    if (comma && Object.keys(all).length > 0) text = text.replace(/(\s*)\}$/, ',$1}');
    text = `${comment}${text.replace(/^\{/, `{${comment === '' ? '' : ` ${comment}`}`)}${end}`;
    return (mark ? '\u{feff}' : '') + (crlf ? text.replaceAll('\n', '\r\n') : text);
  });

const tomlText = fc
  .record({
    lines: fc.array(
      fc.constantFrom(
        '',
        '# a note',
        'model = "m"',
        '[profiles.x]',
        '[mcp_servers.other]',
        'args = ["é"]',
        '\ttab = 1',
      ),
      { maxLength: 8 },
    ),
    eol: fc.constantFrom('\n', '\r\n'),
    end: fc.boolean(),
    mark: fc.boolean(),
  })
  .map(({ lines, eol, end, mark }) => (mark ? '\u{feff}' : '') + lines.join(eol) + (end ? eol : ''));

suite('connecting and disconnecting', () => {
  for (const [id, folder, contents] of [
    ['gemini', '.gemini', jsonText],
    ['claude-code:plugin', '.claude', jsonText],
    ['codex', '.codex', tomlText],
  ] as const) {
    test(`gives every byte back: ${id}`, (t) => {
      const home = makeHome(t);
      mkdirSync(join(home.home, folder));
      const assistant = home.one(id);
      fc.assert(
        fc.property(
          fc.option(contents, { nil: undefined }),
          fc.integer({ min: 1, max: 3 }),
          (text, times) => {
            rmSync(assistant.file, { force: true });
            rmSync(home.kept, { recursive: true, force: true });
            if (text !== undefined) writeFileSync(assistant.file, text);
            const before = bytes(assistant.file);
            for (let time = 0; time < times; time++)
              connect(home, assistant, {
                ...server,
                command: `/runtime/${time}`,
                folder: `/reverie/${time}`,
              });
            assert.notEqual(bytes(assistant.file), before);
            disconnect(home, assistant);
            assert.equal(bytes(assistant.file), before);
          },
        ),
        { numRuns: 300 },
      );
    });
  }

  test('changes nothing but the entry, whatever else the JSON holds', () => {
    const format = cursorFormat();
    assert.ok(format);
    fc.assert(
      fc.property(jsonText, (text) => {
        const read = (from: string) => {
          const errors: ParseError[] = [];
          const value = parse(from.replace(/^\u{feff}/u, ''), errors, { allowTrailingComma: true });
          assert.deepEqual(errors, []);
          return value;
        };
        const after = withEntry(text, format, server);
        const value = read(text);
        assert.deepEqual(read(after), {
          ...value,
          mcpServers: {
            ...value.mcpServers,
            reverie: format.kind === 'json' ? format.entries(server)[0]?.value : null,
          },
        });
        assert.equal(withEntry(after, format, server), after);
        for (const comment of text.match(/\/\/ mine|\/\* two/g) ?? []) assert.ok(after.includes(comment));
        const { reverie: _ours, ...others } = value.mcpServers ?? {};
        assert.deepEqual(read(withoutEntry(after, format)), { ...value, mcpServers: others });
      }),
      { numRuns: 500 },
    );
  });

  test('keeps what the user changed since, and takes only the entry out', (t) => {
    const home = makeHome(t);
    mkdirSync(join(home.home, '.cursor'));
    const cursor = home.one('cursor');
    writeFileSync(cursor.file, '{\n  // mine\n  "mcpServers": { "a": { "command": "a" } }\n}\n');
    connect(home, cursor);
    writeFileSync(cursor.file, readFileSync(cursor.file, 'utf8').replace('// mine', '// mine, newer'));
    const plan = planDisconnection(cursor, home.kept);
    assert.equal(plan.changedSince, true);
    carryOutDisconnection(plan, home.kept);
    const text = readFileSync(cursor.file, 'utf8');
    assert.match(text, /\/\/ mine, newer/);
    assert.deepEqual(parse(text), { mcpServers: { a: { command: 'a' } } });
  });

  test('a plan that was shown is not carried out on a file that changed meanwhile', (t) => {
    const home = makeHome(t);
    mkdirSync(join(home.home, '.cursor'));
    const cursor = home.one('cursor');
    const plan = planConnection(cursor, server);
    writeFileSync(cursor.file, '{"mcpServers":{}}');
    assert.throws(() => carryOutConnection(plan, home.kept), /changed meanwhile/);
    assert.equal(readFileSync(cursor.file, 'utf8'), '{"mcpServers":{}}');
  });

  test('rights and links of the file stay; what is kept is its owner’s only', {
    skip: process.platform === 'win32',
  }, (t) => {
    const home = makeHome(t);
    mkdirSync(join(home.home, '.cursor'));
    const real = join(home.home, 'dotfiles.json');
    writeFileSync(real, '{}', { mode: 0o640 });
    const cursor = home.one('cursor');
    symlinkSync(real, cursor.file);
    connect(home, cursor);
    assert.equal(lstatSync(cursor.file).isSymbolicLink(), true);
    assert.equal(statSync(real).mode & 0o777, 0o640);
    assert.equal(statSync(join(home.kept, 'cursor.json')).mode & 0o777, 0o600);
    assert.equal(statSync(home.kept).mode & 0o777, 0o700);
    disconnect(home, cursor);
    assert.equal(readFileSync(real, 'utf8'), '{}');
    assert.equal(existsSync(join(home.kept, 'cursor.json')), false);
  });
});

/** How Cursor's servers are written. */
function cursorFormat() {
  const home = mkdtempSync(join(tmpdir(), 'reverie-connect-'));
  mkdirSync(join(home, '.cursor'));
  const found = findAssistants({ home, env: {}, editors: [] });
  rmSync(home, { recursive: true, force: true });
  return found[0]?.format;
}
