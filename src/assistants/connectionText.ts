/**
 * Putting the entry of Reverie's MCP server into the text of an assistant's configuration, and taking it out again.
 * Only the entry changes: comments, order, indentation and line ends of the rest stay as they are.
 */
import { isDeepStrictEqual } from 'node:util';
import { applyEdits, getNodeValue, modify, type Node, parseTree } from 'jsonc-parser';
import { ReverieError } from '../core/errors.ts';
import type { ConfigEntry, ConfigFormat, ServerCommand } from './connections.ts';

const name = 'reverie';
const tomlBegin = '# >>> reverie: written by Reverie, taken out by “reverie connect --remove”';
const tomlEnd = '# <<< reverie';
/** With the empty line that was put before it. */
const tomlBlock = /(?:\r?\n)?# >>> reverie[^\n]*\n[\s\S]*?# <<< reverie(?:\r?\n|$)/;
/** A table, or a key, of this name that is not ours; quotes and spaces as TOML allows them. */
const tomlOwn = /^\s*(?:\[\s*)?["']?mcp_servers["']?\s*(?:\.\s*["']?reverie["']?\s*[\].=]|=)/m;

const bom = '\u{feff}';
const refuse = (why: string) => new ReverieError('invalid-input', why);
const lineEnd = (text: string) => (/\r\n/.test(text) ? '\r\n' : '\n');

function jsonRoot(text: string): Node {
  const errors: unknown[] = [];
  const root = parseTree(text, errors as never[], { allowTrailingComma: true });
  if (errors.length > 0 || root === undefined) throw refuse('it is not valid JSON');
  if (root.type !== 'object') throw refuse('it holds no JSON object');
  return root;
}

/** The one property `key` of an object; of two, nobody knows which the assistant reads. */
function property(object: Node, key: string): Node | undefined {
  const all = (object.children ?? []).filter(({ children }) => children?.[0]?.value === key);
  if (all.length > 1) throw refuse(`it holds “${key}” twice`);
  return all[0]?.children?.[1];
}

function jsonValue(text: string, [first, second]: ConfigEntry['path']): unknown {
  const node = property(jsonRoot(text), first);
  if (node === undefined || second === undefined) return node === undefined ? undefined : getNodeValue(node);
  if (node.type !== 'object') throw refuse(`its “${first}” is no JSON object`);
  const inner = property(node, second);
  return inner === undefined ? undefined : getNodeValue(inner);
}

/** The value `undefined` takes it out. */
function jsonWith(text: string, path: ConfigEntry['path'], value: unknown): string {
  const eol = lineEnd(text);
  /* One tab, or as many spaces as the first indented line has. */
  const indent = /\n(\t|[ ]{1,8})\S/.exec(text)?.[1] ?? '  ';
  const formattingOptions = { insertSpaces: indent !== '\t', tabSize: indent.length, eol };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** A file that holds nothing else. */
function freshJson(entries: readonly ConfigEntry[]): string {
  const root: Record<string, unknown> = {};
  for (const { path, value } of entries) root[path[0]] = path[1] === undefined ? value : { [path[1]]: value };
  return `${JSON.stringify(root, null, 2)}\n`;
}

/** A TOML basic string is written as JSON writes one. */
function tomlText({ command, args, env }: ServerCommand): string {
  return [
    tomlBegin,
    `[mcp_servers.${name}]`,
    `command = ${JSON.stringify(command)}`,
    `args = [${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    `env = { ${Object.entries(env)
      .map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}`)
      .join(', ')} }`,
    tomlEnd,
    '',
  ].join('\n');
}

function tomlWith(text: string, server: ServerCommand): string {
  const rest = withoutEntry(text, { kind: 'toml' });
  if (tomlOwn.test(rest))
    throw refuse('it names a server “reverie”, or all its servers in one line, already');
  const eol = lineEnd(rest);
  const gap = rest === '' || rest === bom ? '' : /\n$/.test(rest) ? '\n' : '\n\n';
  return rest + `${gap}${tomlText(server)}`.replaceAll('\n', eol);
}

/** The text of a file, which may be missing, with the entry. Throws `invalid-input` with a reason. */
export function withEntry(before: string | undefined, format: ConfigFormat, server: ServerCommand): string {
  const text = before ?? '';
  if (format.kind === 'toml') return tomlWith(text, server);
  const mark = text.startsWith(bom) ? bom : '';
  const body = text.slice(mark.length);
  const entries = format.entries(server);
  if (body.trim() === '') return mark + freshJson(entries);
  /* What says the same is left as it is laid out. */
  return entries.reduce(
    (text, { path, value }) =>
      isDeepStrictEqual(structuredClone(jsonValue(text.slice(mark.length), path)), value)
        ? text
        : mark + jsonWith(text.slice(mark.length), path, value),
    text,
  );
}

const nowhere: ServerCommand = { folder: '', command: '', args: [], env: {} };
/** Where a format's values stand, whatever they are. */
const pathsOf = (format: ConfigFormat & { readonly kind: 'json' }) =>
  format.entries(nowhere).map(({ path }) => path);

/** The text without the entry; as it was where there is none. Throws `invalid-input` with a reason. */
export function withoutEntry(text: string, format: ConfigFormat): string {
  if (format.kind === 'toml') return text.replace(tomlBlock, '');
  const mark = text.startsWith(bom) ? bom : '';
  const body = text.slice(mark.length);
  if (body.trim() === '') return text;
  return (
    mark +
    pathsOf(format).reduce(
      (rest, path) => (jsonValue(rest, path) === undefined ? rest : jsonWith(rest, path, undefined)),
      body,
    )
  );
}

/** True if the text holds an entry of this name, also one that starts another Reverie. */
export function hasEntry(text: string, format: ConfigFormat): boolean {
  if (format.kind === 'toml') return tomlBlock.test(text);
  const body = text.startsWith(bom) ? text.slice(bom.length) : text;
  return body.trim() !== '' && pathsOf(format).every((path) => jsonValue(body, path) !== undefined);
}
