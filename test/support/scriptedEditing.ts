/**
 * Somebody at work in an editor, invented act by act: typing, pasting, snippets, completions, formatting, renaming,
 * refactorings, undo, many carets, checkouts, generated files; and, if asked for, an assistant whose text is gone on
 * with, or rewritten. Every act becomes the change events an editor would tell of it.
 */
import type { Random } from '../../src/core/ports.ts';
import { createRandom } from '../../src/core/sleep/random.ts';
import type { TextChange } from '../../src/core/witness/edit.ts';
import { createEditorWitness } from '../../src/core/witness/editorWitness.ts';
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
const nouns = [
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
const fields = ['price', 'name', 'id', 'total', 'items', 'date', 'status', 'owner', 'weight', 'count'];
const calls = [
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

export interface EditingReport {
  /** Change events. */
  readonly edits: number;
  readonly acts: ReadonlyMap<string, number>;
  /** Episodes where nobody rewrote what an assistant had written. */
  readonly alarms: readonly Alarm[];
  /** Real rewritings, by kind: how many there were, and how many were noticed. */
  readonly rewrites: ReadonlyMap<string, { readonly made: number; readonly seen: number }>;
}

interface Document {
  text: string;
  /** Stretches an assistant wrote, as text that must not be destroyed by ordinary acts. */
  guarded: string[];
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
  const witness = createEditorWitness();
  const documents = new Map<string, Document>();
  const acts = new Map<string, number>();
  const alarms: Alarm[] = [];
  const rewritings = new Map<string, { made: number; seen: number }>();
  let now = 1_000_000;
  let edits = 0;
  let lastAct = '';
  let active = '/p/src/a0.ts';
  let undoable: { file: string; changes: readonly TextChange[]; back: readonly TextChange[] }[] = [];

  const below = (limit: number) => Math.floor(random.next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const name = () => `${pick(verbs)}${pick(nouns)}`;
  const documentOf = (file: string): Document => {
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
    if (more.fromDisk === true) undoable = [];
    else if (more.reason === undefined) undoable = [...undoable.slice(-40), { file, changes, back }];
    now += 20 + below(200);
    edits += 1;
    witness.edited({
      file,
      at: now,
      changes,
      fromDisk: more.fromDisk === true,
      active: file === active,
      size: text.length,
      ...(more.reason === undefined ? {} : { reason: more.reason }),
    });
    collect();
  }

  function collect(expected?: string): number {
    let found = 0;
    const due = witness.dueAt();
    if (due === undefined || due > now) return 0;
    for (const { file, pieces } of witness.settled(now)) {
      const lesson = judgeRewrite(pieces, file);
      if (lesson === undefined) continue;
      found += 1;
      if (expected === undefined) alarms.push({ after: lastAct, lesson });
    }
    return found;
  }

  /** A place that ordinary acts may destroy: outside of what an assistant wrote. */
  const isGuarded = (document: Document, from: number, to: number) =>
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

  const ordinaryActs: Readonly<Record<string, () => void>> = {
    type() {
      const { text } = documentOf(active);
      typeAt(
        active,
        lineStart(text),
        pick([
          `const ${pick(fields)} = ${below(100)};\n`,
          `  ${pick(calls)}(${pick(fields)});\n`,
          `// ${pick(nouns)} and ${pick(nouns)}\n`,
          `if (${pick(fields)}) `,
        ]),
      );
    },
    correctTyping() {
      const document = documentOf(active);
      const at = lineStart(document.text);
      typeAt(active, at, 'cosnt x');
      for (let back = 5; back > 0; back -= 1)
        tell(active, [{ offset: at + 1 + back, length: 1, text: '', atCaret: true }]);
    },
    breakLine: () =>
      tell(active, [
        { offset: lineStart(documentOf(active).text), length: 0, text: '\n    ', atCaret: true },
      ]),
    pairs() {
      const at = lineStart(documentOf(active).text);
      tell(active, [{ offset: at, length: 0, text: '()', atCaret: true }]);
      typeAt(active, at + 1, pick(fields));
    },
    paste: () =>
      tell(active, [
        {
          offset: lineStart(documentOf(active).text),
          length: 0,
          text: `${func(name())}\n${func(name())}`,
          atCaret: true,
        },
      ]),
    pasteAndFit() {
      const at = lineStart(documentOf(active).text);
      const text = func(name());
      tell(active, [{ offset: at, length: 0, text, atCaret: true }]);
      for (const found of occurrences(text, 'input').reverse())
        tell(active, [{ offset: at + found, length: 5, text: pick(fields), atCaret: true }]);
    },
    snippet() {
      const at = lineStart(documentOf(active).text);
      tell(active, [
        { offset: at, length: 0, text: 'for (const item of list) {\n  item;\n}\n', atCaret: true },
      ]);
      for (const [offset, word] of [
        [11, 'item'],
        [19, 'list'],
      ] as const)
        tell(active, [{ offset: at + offset, length: word.length, text: pick(fields), atCaret: true }]);
    },
    completion() {
      const at = lineStart(documentOf(active).text);
      const word = name();
      typeAt(active, at, word.slice(0, 3));
      tell(active, [
        { offset: 0, length: 0, text: `import { ${word} } from './${pick(files())}';\n`, atCaret: false },
        { offset: at, length: 3, text: word, atCaret: true },
      ]);
    },
    format() {
      const { text } = documentOf(active);
      const changes = [...text.matchAll(/^( +)\S/gm)].slice(0, 30).map(({ index, 1: spaces = '' }) => ({
        offset: index,
        length: spaces.length,
        text: spaces.length % 4 === 0 ? spaces.slice(2) : `${spaces}  `,
        atCaret: false,
      }));
      if (changes.length > 0) tell(active, changes);
    },
    formatQuotes() {
      const { text } = documentOf(active);
      const changes = [...text.matchAll(/'([a-z]+)'/g)]
        .slice(0, 20)
        .map(({ index, 0: whole, 1: word = '' }) => ({
          offset: index,
          length: whole.length,
          text: `"${word}"`,
          atCaret: false,
        }));
      if (changes.length > 0) tell(active, changes);
    },
    formatWhole() {
      const { text } = documentOf(active);
      tell(active, [{ offset: 0, length: text.length, text: text.replace(/^ {2}/gm, '\t'), atCaret: false }]);
    },
    rename() {
      const { text } = documentOf(active);
      const word = pick([...fields, 'input', 'result']);
      const to = `${word}${pick(nouns)}`;
      for (const file of [
        active,
        ...files()
          .filter((one) => one !== active)
          .slice(0, 4),
      ]) {
        const found = occurrences(file === active ? text : documentOf(file).text, word);
        if (found.length > 0)
          tell(
            file,
            found.map((offset) => ({ offset, length: word.length, text: to, atCaret: false })),
          );
      }
    },
    organizeImports() {
      const { text } = documentOf(active);
      const block = /^(?:import .*\n)+/.exec(text)?.[0];
      if (block !== undefined)
        tell(active, [
          {
            offset: 0,
            length: block.length,
            text: `${block.trim().split('\n').sort().join('\n')}\n`,
            atCaret: false,
          },
        ]);
    },
    implementInterface: () =>
      tell(active, [
        {
          offset: lineStart(documentOf(active).text),
          length: 0,
          text: `  ${name()}() {\n    throw new Error('Method not implemented.');\n  }\n  ${name()}() {\n    throw new Error('Method not implemented.');\n  }\n`,
          atCaret: false,
        },
      ]),
    fillInterface() {
      ordinaryActs['implementInterface']?.();
      const { text } = documentOf(active);
      const line = "throw new Error('Method not implemented.');";
      for (const at of occurrences(text, 'throw').reverse())
        if (text.startsWith(line, at))
          tell(active, [
            { offset: at, length: line.length, text: `return this.${pick(fields)};`, atCaret: true },
          ]);
    },
    extractFunction() {
      const document = documentOf(active);
      const at = lineStart(document.text);
      const end = Math.min(document.text.length, at + 60);
      if (isGuarded(document, at, end)) return;
      const taken = document.text.slice(at, end);
      tell(active, [
        { offset: at, length: taken.length, text: `${name()}(input);`, atCaret: true },
        {
          offset: document.text.length,
          length: 0,
          text: `\nfunction ${name()}(input) {\n  ${taken}\n  return input;\n}\n`,
          atCaret: false,
        },
      ]);
    },
    moveToFile() {
      const document = documentOf(active);
      const [whole = ''] = /export function [\s\S]*?\n}\n/.exec(document.text) ?? [];
      const at = document.text.indexOf(whole);
      if (whole === '' || isGuarded(document, at, at + whole.length)) return;
      tell(active, [{ offset: at, length: whole.length, text: '', atCaret: false }]);
      const to = pick(files());
      if (to !== active)
        tell(to, [{ offset: documentOf(to).text.length, length: 0, text: whole, atCaret: false }]);
    },
    deleteLines() {
      const document = documentOf(active);
      const at = lineStart(document.text);
      const length = Math.min(80, document.text.length - at);
      if (length > 0 && !isGuarded(document, at, at + length))
        tell(active, [{ offset: at, length, text: '', atCaret: true }]);
    },
    deleteFunction() {
      const document = documentOf(active);
      const all = [...document.text.matchAll(/export function [\s\S]*?\n}\n/g)];
      const one = all.length === 0 ? undefined : pick(all);
      if (one !== undefined && !isGuarded(document, one.index, one.index + one[0].length))
        tell(active, [{ offset: one.index, length: one[0].length, text: '', atCaret: true }]);
    },
    comment: () => {
      const { text } = documentOf(active);
      const at = lineStart(text);
      const lines = [...text.slice(at, at + 200).matchAll(/^(?=\S| )/gm)]
        .slice(0, 3)
        .map(({ index }) => ({ offset: at + index, length: 0, text: '// ', atCaret: true }));
      if (lines.length > 0) tell(active, lines);
      ordinaryActs['undo']?.();
    },
    undo() {
      for (let steps = 1 + below(3); steps > 0; steps -= 1) {
        const last = undoable.at(-1);
        if (last === undefined || last.file !== active) return;
        undoable = undoable.slice(0, -1);
        const document = documentOf(last.file);
        const text = document.text;
        if (last.back.some((one) => isGuarded(document, one.offset, one.offset + one.length))) return;
        tell(last.file, last.back, { reason: 'undo' });
        if (random.next() < 0.3) {
          tell(last.file, last.changes, { reason: 'redo' });
          if (document.text !== text) throw new Error('redo must bring back what undo took');
          undoable = [];
        }
      }
    },
    carets() {
      const { text } = documentOf(active);
      const places = [...text.matchAll(/^ {2}(?=\S)/gm)].map(({ index }) => index + 2).slice(0, 4);
      for (const letter of [0, 1, 2])
        tell(
          active,
          places
            .map((at, index) => ({
              offset: at + letter + index * letter,
              length: 0,
              text: 'x',
              atCaret: true,
            }))
            .map((change, index) => ({ ...change, offset: (places[index] ?? 0) + letter * (index + 1) })),
        );
    },
    checkout() {
      const after = random.next() < 0.5;
      if (!after) witness.gitMoved(now);
      for (const file of files()) {
        const document = documentOf(file);
        if (document.guarded.length > 0 && random.next() < 0.5) continue;
        const text = `${func(name())}${document.text.slice(0, 400)}${func(name())}`;
        document.guarded = [];
        tell(file, [{ offset: 0, length: document.text.length, text, atCaret: false }], { fromDisk: true });
      }
      if (after) witness.gitMoved(now + 500);
      undoable = [];
    },
    generated() {
      const file = pick(files());
      const document = documentOf(file);
      if (file !== active && document.guarded.length === 0)
        tell(file, [{ offset: 0, length: 0, text: func(name()), atCaret: false }], { fromDisk: true });
    },
    translations() {
      for (const language of ['en', 'de', 'fr']) {
        const file = `/p/locales/${language}.json`;
        const document = documentOf(file);
        if (file !== active)
          tell(file, [
            {
              offset: Math.min(2, document.text.length),
              length: 0,
              text: `  "${name()}": "${pick(nouns)}",\n`,
              atCaret: false,
            },
          ]);
      }
    },
    switchFile() {
      if (files().length < 12) documentOf(`/p/src/a${files().length}.ts`);
      active = pick(files());
      if (random.next() < 0.1) {
        const closed = pick(files());
        if (closed !== active) {
          witness.closed(closed);
          witness.opened(closed, now, () => documentOf(closed).text);
          documentOf(closed).guarded = [];
        }
      }
    },
  };
  const often = ['type', 'type', 'type', 'type', 'correctTyping', 'pairs', 'switchFile', 'switchFile'];

  function writes(): { file: string; text: string } {
    const file = random.next() < 0.5 ? active : pick(files());
    const document = documentOf(file);
    const text = `${func(name())}\n${func(name())}`;
    const at = document.text.length;
    const telling = () => witness.wrote({ file, texts: [text], at: now }, document.text);
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

  const goingOn: Readonly<Record<string, (document: Document, at: number, text: string) => void>> = {
    addLine: (_, at, text) => typeAt(active, at + text.indexOf('\n') + 1, `  const more = ${below(10)};\n`),
    addGuard: (_, at, text) => typeAt(active, at + text.indexOf('\n') + 1, '  if (!input) return;\n'),
    changeValue: (_, at, text) => {
      const value = /\d+/.exec(text);
      if (value !== null)
        tell(active, [
          { offset: at + value.index, length: value[0].length, text: String(below(500)), atCaret: true },
        ]);
    },
    fixWord: (_, at, text) =>
      tell(active, [{ offset: at + text.indexOf('input'), length: 5, text: 'inputs', atCaret: true }]),
    addType: (_, at, text) => typeAt(active, at + text.indexOf(')'), ': Input'),
    addComment: (_, at) => typeAt(active, at, '// as agreed\n'),
    addFunction: (_, at, text) =>
      tell(active, [{ offset: at + text.length, length: 0, text: func(name()), atCaret: true }]),
  };

  const rewriting: Readonly<Record<string, (at: number, text: string) => boolean>> = {
    'deletes it': (at, text) => {
      tell(active, [{ offset: at, length: text.length, text: '', atCaret: true }]);
      return true;
    },
    'undoes it': (at, text) => {
      tell(active, [{ offset: at, length: text.length, text: '', atCaret: true }], { reason: 'undo' });
      return true;
    },
    'calls another': (at, text) => {
      const call = calls.find((one) => text.includes(`${one}(`) && one !== 'console.log');
      if (call === undefined) return false;
      for (const found of occurrences(text, call).reverse())
        tell(active, [{ offset: at + found, length: call.length, text: 'ourOwn.way', atCaret: true }]);
      return true;
    },
    'leaves calls out': (at, text) => {
      const lines = [...text.matchAll(/^ *console\.log\(.*\n/gm)];
      if (lines.length < 2) return false;
      for (const line of lines.reverse())
        tell(active, [{ offset: at + line.index, length: line[0].length, text: '', atCaret: true }]);
      return true;
    },
    'writes it anew': (at, text) => {
      tell(active, [{ offset: at, length: text.length, text: '', atCaret: true }]);
      typeAt(active, at, 'export const view = createView(table);\nview.open();\n');
      return true;
    },
  };

  const settle = () => {
    now += 120_000;
  };

  return {
    edits: () => edits,
    ordinary() {
      lastAct = random.next() < 0.6 ? pick(often) : pick(Object.keys(ordinaryActs));
      acts.set(lastAct, (acts.get(lastAct) ?? 0) + 1);
      ordinaryActs[lastAct]?.();
    },
    assistantWrites() {
      lastAct = 'assistant writes';
      writes();
    },
    goOn() {
      const document = documentOf(active);
      const text = document.guarded.find((one) => document.text.includes(one));
      if (text === undefined) return;
      lastAct = pick(Object.keys(goingOn));
      acts.set(lastAct, (acts.get(lastAct) ?? 0) + 1);
      goingOn[lastAct]?.(document, document.text.indexOf(text), text);
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
      active = file;
      now += 60_000;
      const kind = pick(Object.keys(rewriting));
      const document = documentOf(file);
      const at = document.text.lastIndexOf(text);
      if (at < 0 || rewriting[kind]?.(at, text) !== true) return;
      document.guarded = document.guarded.filter((one) => one !== text);
      settle();
      const count = rewritings.get(kind) ?? { made: 0, seen: 0 };
      rewritings.set(kind, { made: count.made + 1, seen: count.seen + Math.min(1, collect(kind)) });
      undoable = [];
    },
    rest() {
      now += random.next() < 0.2 ? 60_000 : 2_000;
      collect();
    },
    report: (): EditingReport => {
      if (assistant) settle();
      collect();
      return { edits, acts, alarms, rewrites: rewritings };
    },
  };
}
