/** An editor's documents with somebody at work in them; every change is told to the witness as an editor would. */
import type { Random } from '../../src/core/ports.ts';
import type { TextChange } from '../../src/core/witness/edit.ts';
import { createEditorWitness, type EditorWitness } from '../../src/core/witness/editorWitness.ts';
import { judgeRewrite, type RewriteLesson } from '../../src/core/witness/rewrite.ts';

const verbs = [
  'load',
  'save',
  'parse',
  'format',
  'send',
  'merge',
  'sort',
  'count',
  'render',
  'check',
  'apply',
  'find',
  'write',
  'read',
];
export const nouns = [
  'Invoice',
  'Cart',
  'User',
  'Harbour',
  'Ticket',
  'Rate',
  'Ledger',
  'Boat',
  'Crew',
  'Route',
  'Note',
  'Tide',
  'Cargo',
  'Berth',
];
export const fields = ['price', 'name', 'id', 'total', 'items', 'date', 'status', 'owner', 'weight', 'count'];
export const calls = [
  'parseFloat',
  'JSON.stringify',
  'Object.keys',
  'console.log',
  'Math.round',
  'axios.get',
  'moment',
  'lodash.merge',
  'fetch',
  'structuredClone',
];

export interface Alarm {
  readonly after: string;
  readonly lesson: RewriteLesson;
}

export interface EditedDocument {
  text: string;
  /** Stretches an assistant wrote, as text that must not be destroyed by ordinary acts. */
  guarded: string[];
}

export interface EditingState {
  now: number;
  /** Change events so far. */
  edits: number;
  lastAct: string;
  active: string;
  undoable: { file: string; changes: readonly TextChange[]; back: readonly TextChange[] }[];
}

export interface EditingWorld {
  readonly witness: EditorWitness;
  readonly state: EditingState;
  readonly alarms: readonly Alarm[];
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** An invented name, and a function of that name. */
  name(): string;
  func(called: string): string;
  documentOf(file: string): EditedDocument;
  files(): string[];
  tell(
    file: string,
    changes: readonly TextChange[],
    more?: { reason?: 'undo' | 'redo'; fromDisk?: boolean },
  ): void;
  /** Takes what settled; without an expectation each lesson is a false alarm. */
  collect(expected?: string): number;
  isGuarded(document: EditedDocument, from: number, to: number): boolean;
  typeAt(file: string, at: number, text: string): void;
  lineStart(text: string): number;
  occurrences(text: string, word: string): number[];
}

export function createEditingWorld(random: Random): EditingWorld {
  const witness = createEditorWitness();
  const documents = new Map<string, EditedDocument>();
  const alarms: Alarm[] = [];
  const state: EditingState = { now: 1_000_000, edits: 0, lastAct: '', active: '/p/src/a0.ts', undoable: [] };

  const below = (limit: number) => Math.floor(random.next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const name = () => `${pick(verbs)}${pick(nouns)}`;
  const documentOf = (file: string): EditedDocument => {
    const known = documents.get(file);
    if (known !== undefined) return known;
    const fresh = { text: Array.from({ length: 3 + below(8) }, () => func(name())).join('\n'), guarded: [] };
    documents.set(file, fresh);
    return fresh;
  };
  const files = () => [...documents.keys()];

  function func(called: string): string {
    const [a, b] = [pick(fields), pick(fields)];
    const bodies = [
      `  const ${a} = ${pick(calls)}(input.${b});\n  return ${a};\n`,
      `  const result = [];\n  for (const one of input) {\n    if (one.${a} > ${below(100)}) result.push(one.${b});\n  }\n  return result;\n`,
      `  // ${a} first\n  if (!input.${a}) {\n    return undefined;\n  }\n  return { ...input, ${b}: ${below(50)} };\n`,
      `  try {\n    return ${pick(calls)}(input.${a}, '${b}');\n  } catch (error) {\n    console.log(error);\n    console.log('${b}');\n    return null;\n  }\n`,
    ];
    return `export function ${called}(input) {\n${pick(bodies)}}\n`;
  }

  /** Tells the witness of one event and changes the document as it says. */
  function tell(
    file: string,
    changes: readonly TextChange[],
    more: { reason?: 'undo' | 'redo'; fromDisk?: boolean } = {},
  ): void {
    const document = documentOf(file);
    const back: TextChange[] = [];
    let text = document.text;
    let shift = 0;
    for (const change of [...changes].sort((x, y) => x.offset - y.offset)) {
      back.push({
        offset: change.offset + shift,
        length: change.text.length,
        text: document.text.slice(change.offset, change.offset + change.length),
        atCaret: true,
      });
      shift += change.text.length - change.length;
    }
    for (const change of [...changes].sort((x, y) => y.offset - x.offset))
      text = text.slice(0, change.offset) + change.text + text.slice(change.offset + change.length);
    document.text = text;
    if (more.fromDisk === true) state.undoable = [];
    else if (more.reason === undefined)
      state.undoable = [...state.undoable.slice(-40), { file, changes, back }];
    state.now += 20 + below(200);
    state.edits += 1;
    witness.edited({
      file,
      at: state.now,
      changes,
      fromDisk: more.fromDisk === true,
      active: file === state.active,
      size: text.length,
      ...(more.reason === undefined ? {} : { reason: more.reason }),
    });
    collect();
  }

  function collect(expected?: string): number {
    let found = 0;
    const due = witness.dueAt();
    if (due === undefined || due > state.now) return 0;
    for (const { file, pieces } of witness.settled(state.now)) {
      const lesson = judgeRewrite(pieces, file);
      if (lesson === undefined) continue;
      found += 1;
      if (expected === undefined) alarms.push({ after: state.lastAct, lesson });
    }
    return found;
  }

  /** A place that ordinary acts may destroy: outside of what an assistant wrote. */
  const isGuarded = (document: EditedDocument, from: number, to: number) =>
    document.guarded.some((text) => {
      const at = document.text.indexOf(text);
      return at >= 0 && from < at + text.length && to > at;
    });
  const typeAt = (file: string, at: number, text: string) => {
    for (const [index, letter] of [...text].entries())
      tell(file, [{ offset: at + index, length: 0, text: letter, atCaret: true }]);
  };
  const lineStart = (text: string) => {
    const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    return breaks.length === 0 ? 0 : pick(breaks);
  };
  const occurrences = (text: string, word: string) =>
    [...text.matchAll(new RegExp(`\\b${word.replace(/[.$]/g, '\\$&')}\\b`, 'g'))].map(({ index }) => index);

  return {
    witness,
    state,
    alarms,
    below,
    pick,
    name,
    func,
    documentOf,
    files,
    tell,
    collect,
    isGuarded,
    typeAt,
    lineStart,
    occurrences,
  };
}
