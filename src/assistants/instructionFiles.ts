/** Writing the rules in force into the instruction files that assistants read, and taking them out again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  hasManagedBlock,
  managedLines,
  withManagedBlock,
  withoutManagedBlock,
} from '../core/injection/managedBlock.ts';
import type { Memory } from '../core/memory.ts';
import { readExactly } from './exactText.ts';

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
export interface InstructionEdit {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
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

/** Copilot reads one file a scope, told apart by `applyTo`; the others read one file. */
function partsOf(target: InstructionTarget, rules: readonly Memory[]): readonly Part[] {
  const { file: name, header } = instructionTargets[target];
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
  const parts = partsOf(target, rules);
  const names = new Set(parts.map(({ name }) => name));
  return [
    ...parts.map(({ name, header, rules: own }) => {
      const file = join(directory, name);
      const before = readExactly(file);
      return { file, before, after: withManagedBlock(before, managedLines(own), header) };
    }),
    ...earlierParts(target, directory)
      .filter((name) => !names.has(name))
      .map((name) => removalOf(join(directory, name))),
  ];
}

/** Takes our block out; a file that we made and that holds nothing else goes away. */
export function planRemoval(target: InstructionTarget, directory: string): readonly InstructionEdit[] {
  const { file, header } = instructionTargets[target];
  return [
    removalOf(join(directory, file), header),
    ...earlierParts(target, directory).map((name) => removalOf(join(directory, name))),
  ];
}

function removalOf(file: string, header?: string): InstructionEdit {
  const before = readExactly(file);
  if (before === undefined || !hasManagedBlock(before)) return { file, before, after: before };
  const begun = header ?? /^---\n[\s\S]*?\n---\n/.exec(before)?.[0] ?? '';
  return { file, before, after: withoutManagedBlock(before, begun) };
}

export function applyEdit({ file, before, after }: InstructionEdit): void {
  if (after === before) return;
  if (after === undefined) {
    rmSync(file);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, after);
}

/** Our lines as a diff a person can read: the block is all that changes. */
export function describeEdit({ file, before, after }: InstructionEdit): string {
  if (after === before) return `${file}: nothing to change`;
  const old = new Set((before ?? '').split(/\r?\n/));
  const fresh = new Set((after ?? '').split(/\r?\n/));
  const lines = [
    ...[...old].filter((line) => !fresh.has(line)).map((line) => `-${line}`),
    ...[...fresh].filter((line) => !old.has(line)).map((line) => `+${line}`),
  ];
  return [
    `--- ${before === undefined ? '(new)' : file}`,
    `+++ ${after === undefined ? '(removed)' : file}`,
    ...lines,
  ].join('\n');
}
