/**
 * What an agent's edit tool wrote, read out of the tool's input: every assistant has its own names for "which file"
 * and "which text", but all have both in one object.
 */

export interface AgentWrite {
  /** As the tool was given it. */
  readonly file: string;
  /** Texts that stand in the file now; none where something was only taken out. */
  readonly texts: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const fileKeys = [
  'filePath',
  'file_path',
  'path',
  'absolute_path',
  'target_file',
  'TargetFile',
  'uri',
] as const;
const textKeys = [
  'content',
  'contents',
  'newString',
  'new_string',
  'new_str',
  'newText',
  'file_text',
  'insert_text',
  'code',
  'code_edit',
  'diff',
] as const;
/** Lists in which one call has several edits. */
const listKeys = ['edits', 'replacements', 'changes', 'files'] as const;
const patchKeys = ['input', 'patch', 'patchText'] as const;

/** Tools that read have the same names for their file: only these write. */
const writing = /write|edit|create|replace|insert|patch|str_replace|notebook/i;
const mostTexts = 50;
const longestText = 65_536;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function first(from: Json, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = from[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** `...existing code...` stands for what was not changed: the pieces between are what was written. */
const pieces = (text: string): readonly string[] =>
  text.split(/^.*(?:\.\.\.|…)\s*existing code\s*(?:\.\.\.|…).*$\n?/im).filter((piece) => piece.trim() !== '');

/** Added lines of a patch in the form agents write (`*** Update File: path`), by file and by run of lines. */
function patchWrites(patch: string): readonly AgentWrite[] {
  const writes: { file: string; texts: string[] }[] = [];
  let run: string[] = [];
  const endRun = () => {
    if (run.length > 0) writes.at(-1)?.texts.push(run.join('\n'));
    run = [];
  };
  for (const line of patch.split('\n')) {
    const file = /^\*\*\* (?:Update|Add) File: (.+?)\s*$/.exec(line)?.[1];
    if (file !== undefined) {
      endRun();
      writes.push({ file, texts: [] });
    } else if (line.startsWith('+')) run.push(line.slice(1));
    else endRun();
  }
  endRun();
  return writes;
}

/** Empty for tools that write nothing. Never throws. */
export function agentWrites(tool: string | undefined, input: unknown): readonly AgentWrite[] {
  if (tool === undefined || !writing.test(tool)) return [];
  if (typeof input === 'string') return patchWrites(input);
  if (!isJson(input)) return [];
  const patch = first(input, patchKeys);
  if (patch !== undefined && /^\*\*\* (?:Update|Add) File: /m.test(patch)) return patchWrites(patch);
  const writes = new Map<string, string[]>();
  const walk = (from: Json, around: string | undefined) => {
    const named = first(from, fileKeys);
    const file = named === '' ? around : (named ?? around);
    const text = first(from, textKeys);
    if (file !== undefined && text !== undefined) {
      const texts = writes.get(file) ?? [];
      texts.push(...pieces(text).filter((piece) => piece.length <= longestText));
      writes.set(file, texts);
    }
    for (const key of listKeys) {
      const list = from[key];
      if (Array.isArray(list)) for (const one of list.slice(0, mostTexts)) if (isJson(one)) walk(one, file);
    }
  };
  walk(input, undefined);
  return [...writes].map(([file, texts]) => ({ file, texts: texts.slice(0, mostTexts) }));
}
