/** Writing the rules in force into the instruction files that assistants read, and taking them out again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  hasManagedBlock,
  managedLines,
  withManagedBlock,
  withoutManagedBlock,
} from '../core/injection/managedBlock.ts';
import type { Memory } from '../core/memory.ts';
import { readExactly } from './exactText.ts';
import type { FileChange } from './patch.ts';

/** Where each assistant looks; a file that we begin may need a header of its own. */
export const instructionTargets = {
  'agents-md': { file: 'AGENTS.md', header: '' },
  'claude-md': { file: 'CLAUDE.md', header: '' },
  copilot: { file: '.github/instructions/reverie.instructions.md', header: '---\napplyTo: "**"\n---\n' },
  cursor: {
    file: '.cursor/rules/reverie.mdc',
    header: '---\ndescription: What the team has decided before\nalwaysApply: true\n---\n',
  },
  cline: { file: '.clinerules/reverie.md', header: '' },
  gemini: { file: 'GEMINI.md', header: '' },
  windsurf: { file: '.windsurfrules', header: '' },
} as const;
export type InstructionTarget = keyof typeof instructionTargets;

/** What writing would do; `after` undefined = the file goes away. */
export interface InstructionEdit extends FileChange {
  /** The project's folder. */
  readonly directory: string;
}

export function isInstructionTarget(name: string): name is InstructionTarget {
  return Object.hasOwn(instructionTargets, name);
}

/** One file of a target and the rules it is to hold. */
interface Part {
  readonly name: string;
  readonly header: string;
  readonly rules: readonly Memory[];
}

const copilotFolder = '.github/instructions';
const ownPart = /^reverie-[0-9a-f]{8}\.instructions\.md$/;

/** Cline reads all files of a folder, or one file of that name, whichever is there. */
const clineFile = '.clinerules';

function placeOf(
  target: InstructionTarget,
  directory: string,
): { readonly name: string; readonly header: string } {
  const { file: name, header } = instructionTargets[target];
  const single =
    target === 'cline' && statSync(join(directory, clineFile), { throwIfNoEntry: false })?.isFile();
  return { name: single ? clineFile : name, header };
}

/** Copilot reads one file a scope, told apart by `applyTo`; the others read one file. */
function partsOf(target: InstructionTarget, directory: string, rules: readonly Memory[]): readonly Part[] {
  const { name, header } = placeOf(target, directory);
  if (target !== 'copilot') return [{ name, header, rules }];
  const byGlob = new Map<string, Memory[]>();
  for (const rule of rules) {
    if (rule.scope.level !== 'path') continue;
    byGlob.set(rule.scope.glob, [...(byGlob.get(rule.scope.glob) ?? []), rule]);
  }
  return [
    { name, header, rules: rules.filter(({ scope }) => scope.level !== 'path') },
    ...[...byGlob].map(([glob, own]) => ({
      name: `${copilotFolder}/reverie-${createHash('sha256').update(glob).digest('hex').slice(0, 8)}.instructions.md`,
      header: `---\napplyTo: ${JSON.stringify(glob)}\n---\n`,
      rules: own,
    })),
  ];
}

/** Files that an earlier writing made for scopes. */
function earlierParts(target: InstructionTarget, directory: string): readonly string[] {
  const folder = join(directory, copilotFolder);
  if (target !== 'copilot' || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => ownPart.test(name))
    .map((name) => `${copilotFolder}/${name}`);
}

/** Rules in force that a project's file may hold: its own, not the user's private ones. Files that change, and how. */
export function planWriting(
  target: InstructionTarget,
  directory: string,
  rules: readonly Memory[],
): readonly InstructionEdit[] {
  const parts = partsOf(target, directory, rules);
  const names = new Set(parts.map(({ name }) => name));
  return [
    ...parts.map(({ name, header, rules: own }) => {
      /* An empty block says nothing: it goes, and none is begun. */
      if (own.length === 0) return removalOf(directory, name, header);
      const file = join(directory, name);
      const before = readExactly(file);
      return { directory, file, before, after: withManagedBlock(before, managedLines(own), header) };
    }),
    ...earlierParts(target, directory)
      .filter((name) => !names.has(name))
      .map((name) => removalOf(directory, name)),
  ];
}

/** Takes our block out; a file that we made and that holds nothing else goes away. */
export function planRemoval(target: InstructionTarget, directory: string): readonly InstructionEdit[] {
  const { name, header } = placeOf(target, directory);
  return [
    removalOf(directory, name, header),
    ...earlierParts(target, directory).map((name) => removalOf(directory, name)),
  ];
}

function removalOf(directory: string, name: string, header?: string): InstructionEdit {
  const file = join(directory, name);
  const before = readExactly(file);
  if (before === undefined || !hasManagedBlock(before)) return { directory, file, before, after: before };
  const begun = header ?? /^---\n[\s\S]*?\n---\n/.exec(before)?.[0] ?? '';
  return { directory, file, before, after: withoutManagedBlock(before, begun) };
}

export function applyEdit({ directory, file, before, after }: InstructionEdit): void {
  if (after === before) return;
  if (after === undefined) {
    rmSync(file);
    /* And the folders that were made for it, if nothing else is in them. */
    try {
      for (let at = dirname(file); relative(directory, at) !== ''; at = dirname(at)) rmdirSync(at);
    } catch {
      /* Something is. */
    }
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, after);
}
