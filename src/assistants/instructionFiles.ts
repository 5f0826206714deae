/** Writing the rules in force into the instruction files that assistants read, and taking them out again. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReverieError } from '../core/errors.ts';
import {
  hasManagedBlock,
  managedLines,
  withManagedBlock,
  withoutManagedBlock,
} from '../core/injection/managedBlock.ts';
import type { Memory } from '../core/memory.ts';

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

function read(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ReverieError('unreadable', `${file} cannot be read.`, { cause: error });
  }
}

/** Rules in force that a project's file may hold: its own, not the user's private ones. */
export function planWriting(
  target: InstructionTarget,
  directory: string,
  rules: readonly Memory[],
): InstructionEdit {
  const { file: name, header } = instructionTargets[target];
  const file = join(directory, name);
  const before = read(file);
  return { file, before, after: withManagedBlock(before ?? header, managedLines(rules)) };
}

/** Takes our block out; a file that held nothing else goes away. */
export function planRemoval(target: InstructionTarget, directory: string): InstructionEdit {
  const { file: name, header } = instructionTargets[target];
  const file = join(directory, name);
  const before = read(file);
  if (before === undefined || !hasManagedBlock(before)) return { file, before, after: before };
  const after = withoutManagedBlock(before);
  return { file, before, after: after === '' || after === header ? undefined : after };
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
