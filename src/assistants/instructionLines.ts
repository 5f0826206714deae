/**
 * Reads what the team has already told its assistants, so that a night does not restate it. Only text is read;
 * nothing a file names is followed or run.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ProjectId } from '../core/memory.ts';
import type { InstructionLine } from '../core/sleep/phase.ts';

/** Files by their fixed place, and folders of which every file with the ending counts. */
const files = [
  'AGENTS.md',
  'CLAUDE.md',
  'CLAUDE.local.md',
  'GEMINI.md',
  '.github/copilot-instructions.md',
  '.cursorrules',
  '.windsurfrules',
  '.clinerules',
  '.rules',
];
const folders: readonly (readonly [folder: string, ending: string])[] = [
  ['.github/instructions', '.md'],
  ['.cursor/rules', '.mdc'],
  ['.clinerules', '.md'],
  ['.windsurf/rules', '.md'],
  ['.claude/rules', '.md'],
];

/** A larger file is no instruction file. Bytes. */
const maxSize = 512 * 1024;
const ownBlock = /<!-- reverie:begin[\s\S]*?<!-- reverie:end -->/g;

/**
 * Lines of prose or list items of ≥ 3 words in the instruction files below `root`; headings, code and our own
 * managed block are left out. A folder without such files gives none; an unreadable file is passed over.
 */
export function readInstructionLines(root: string, project: ProjectId): readonly InstructionLine[] {
  const paths = [
    ...files.map((file) => join(root, file)),
    ...folders.flatMap(([folder, ending]) =>
      list(join(root, folder)).filter((path) => path.endsWith(ending)),
    ),
  ];
  return paths.flatMap((path) => linesOf(path, relative(root, path).replace(/\\/g, '/'), project));
}

/** The same for a folder that holds nothing but rule files (an export, a copy). */
export function readInstructionFolder(folder: string, project: ProjectId): readonly InstructionLine[] {
  return list(folder)
    .filter((path) => /\.mdc?$/.test(path))
    .flatMap((path) => linesOf(path, relative(folder, path).replace(/\\/g, '/'), project));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch {
    return [];
  }
}

function linesOf(path: string, file: string, project: ProjectId): readonly InstructionLine[] {
  let text: string;
  try {
    if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > maxSize) return [];
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const own = text.replace(ownBlock, (block) => block.replace(/[^\n]/g, ''));
  const found: InstructionLine[] = [];
  let fenced = false;
  for (const [index, raw] of own.split('\n').entries()) {
    if (/^\s*(```|~~~)/.test(raw)) fenced = !fenced;
    const line = raw
      .replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
      .replace(/[*_`]{1,2}/g, '')
      .trim();
    if (fenced || /^(#|<!--|---)/.test(line) || line.split(/\s+/).length < 3) continue;
    found.push({ project, file, line: index + 1, text: line });
  }
  return found;
}
