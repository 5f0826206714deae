/**
 * Somebody at work in an editor, invented act by act: typing, pasting, snippets, completions, formatting, renaming,
 * refactorings, undo, many carets, checkouts, generated files; and, if asked for, an assistant whose text is gone on
 * with, or rewritten. Every act becomes the change events an editor would tell of it.
 */
import type { Random } from '../../src/core/ports.ts';
import { createRandom } from '../../src/core/sleep/night/random.ts';
import { type Alarm, calls, createEditingWorld, type EditedDocument } from './editingWorld.ts';
import { ordinaryEditing } from './ordinaryEditing.ts';

export interface EditingReport {
  /** Change events. */
  readonly edits: number;
  readonly acts: ReadonlyMap<string, number>;
  /** Episodes where nobody rewrote what an assistant had written. */
  readonly alarms: readonly Alarm[];
  /** Real rewritings, by kind: how many there were, and how many were noticed. */
  readonly rewrites: ReadonlyMap<string, { readonly made: number; readonly seen: number }>;
}

export interface EditingOptions {
  readonly seed: string;
  readonly edits: number;
  /** An assistant writes now and then, and its text is gone on with. */
  readonly assistant: boolean;
  /** That text is also rewritten, in ways that say something. */
  readonly rewrites?: boolean;
}

export function scriptedEditing({
  seed,
  edits: wanted,
  assistant,
  rewrites = false,
}: EditingOptions): EditingReport {
  const random = createRandom(seed);
  const world = createWorld(random, assistant);
  while (world.edits() < wanted) {
    world.ordinary();
    if (assistant && random.next() < 0.08) world.assistantWrites();
    if (assistant && random.next() < 0.2) world.goOn();
    if (rewrites && random.next() < 0.1) world.rewrite();
    world.rest();
  }
  return world.report();
}

function createWorld(random: Random, assistant: boolean) {
  const world = createEditingWorld(random);
  const {
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
    typeAt,
    occurrences,
  } = world;
  const ordinaryActs = ordinaryEditing(world, random);
  const acts = new Map<string, number>();
  const rewritings = new Map<string, { made: number; seen: number }>();
  const often = ['type', 'type', 'type', 'type', 'correctTyping', 'pairs', 'switchFile', 'switchFile'];

  function writes(): { file: string; text: string } {
    const file = random.next() < 0.5 ? state.active : pick(files());
    const document = documentOf(file);
    const text = `${func(name())}\n${func(name())}`;
    const at = document.text.length;
    const telling = () => witness.wrote({ file, texts: [text], at: state.now }, document.text);
    if (random.next() < 0.5) {
      tell(file, [{ offset: at, length: 0, text, atCaret: false }]);
      telling();
    } else {
      /* Some write line by line. */
      let written = '';
      for (const line of text.split(/(?<=\n)/)) {
        tell(file, [{ offset: at + written.length, length: 0, text: line, atCaret: false }]);
        written += line;
      }
      telling();
    }
    document.guarded = [...document.guarded.filter((one) => document.text.includes(one)), text].slice(-8);
    return { file, text };
  }

  const goingOn: Readonly<Record<string, (document: EditedDocument, at: number, text: string) => void>> = {
    addLine: (_, at, text) =>
      typeAt(state.active, at + text.indexOf('\n') + 1, `  const more = ${below(10)};\n`),
    addGuard: (_, at, text) => typeAt(state.active, at + text.indexOf('\n') + 1, '  if (!input) return;\n'),
    changeValue: (_, at, text) => {
      const value = /\d+/.exec(text);
      if (value !== null)
        tell(state.active, [
          { offset: at + value.index, length: value[0].length, text: String(below(500)), atCaret: true },
        ]);
    },
    fixWord: (_, at, text) =>
      tell(state.active, [{ offset: at + text.indexOf('input'), length: 5, text: 'inputs', atCaret: true }]),
    addType: (_, at, text) => typeAt(state.active, at + text.indexOf(')'), ': Input'),
    addComment: (_, at) => typeAt(state.active, at, '// as agreed\n'),
    addFunction: (_, at, text) =>
      tell(state.active, [{ offset: at + text.length, length: 0, text: func(name()), atCaret: true }]),
  };

  const rewriting: Readonly<Record<string, (at: number, text: string) => boolean>> = {
    'deletes it': (at, text) => {
      tell(state.active, [{ offset: at, length: text.length, text: '', atCaret: true }]);
      return true;
    },
    'undoes it': (at, text) => {
      tell(state.active, [{ offset: at, length: text.length, text: '', atCaret: true }], { reason: 'undo' });
      return true;
    },
    'calls another': (at, text) => {
      const call = calls.find((one) => text.includes(`${one}(`) && one !== 'console.log');
      if (call === undefined) return false;
      for (const found of occurrences(text, call).reverse())
        tell(state.active, [{ offset: at + found, length: call.length, text: 'ourOwn.way', atCaret: true }]);
      return true;
    },
    'leaves calls out': (at, text) => {
      const lines = [...text.matchAll(/^ *console\.log\(.*\n/gm)];
      if (lines.length < 2) return false;
      for (const line of lines.reverse())
        tell(state.active, [{ offset: at + line.index, length: line[0].length, text: '', atCaret: true }]);
      return true;
    },
    'writes it anew': (at, text) => {
      tell(state.active, [{ offset: at, length: text.length, text: '', atCaret: true }]);
      typeAt(state.active, at, 'export const view = createView(table);\nview.open();\n');
      return true;
    },
  };

  const settle = () => {
    state.now += 120_000;
  };

  return {
    edits: () => state.edits,
    ordinary() {
      state.lastAct = random.next() < 0.6 ? pick(often) : pick(Object.keys(ordinaryActs));
      acts.set(state.lastAct, (acts.get(state.lastAct) ?? 0) + 1);
      ordinaryActs[state.lastAct]?.();
    },
    assistantWrites() {
      state.lastAct = 'assistant writes';
      writes();
    },
    goOn() {
      const document = documentOf(state.active);
      const text = document.guarded.find((one) => document.text.includes(one));
      if (text === undefined) return;
      state.lastAct = pick(Object.keys(goingOn));
      acts.set(state.lastAct, (acts.get(state.lastAct) ?? 0) + 1);
      goingOn[state.lastAct]?.(document, document.text.indexOf(text), text);
      if (!document.text.includes(text)) {
        /* It is still the assistant's, with what was added: later acts keep off it all the same. */
        const from = document.text.indexOf(text.slice(0, text.indexOf('\n')));
        if (from >= 0)
          document.guarded = document.guarded.map((one) =>
            one === text ? document.text.slice(from, from + text.length) : one,
          );
      }
    },
    rewrite() {
      settle();
      collect();
      const { file, text } = writes();
      state.active = file;
      state.now += 60_000;
      const kind = pick(Object.keys(rewriting));
      const document = documentOf(file);
      const at = document.text.lastIndexOf(text);
      if (at < 0 || rewriting[kind]?.(at, text) !== true) return;
      document.guarded = document.guarded.filter((one) => one !== text);
      settle();
      const count = rewritings.get(kind) ?? { made: 0, seen: 0 };
      rewritings.set(kind, { made: count.made + 1, seen: count.seen + Math.min(1, collect(kind)) });
      state.undoable = [];
    },
    rest() {
      state.now += random.next() < 0.2 ? 60_000 : 2_000;
      collect();
    },
    report: (): EditingReport => {
      if (assistant) settle();
      collect();
      return { edits: state.edits, acts, alarms, rewrites: rewritings };
    },
  };
}
