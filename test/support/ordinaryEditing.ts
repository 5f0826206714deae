/** What people do all day in an editor, none of which rewrites what an assistant wrote. */
import { calls, type EditingWorld, fields, nouns } from './editingWorld.ts';

export function ordinaryEditing(
  world: EditingWorld,
  random: { next(): number },
): Readonly<Record<string, () => void>> {
  const {
    witness,
    state,
    below,
    pick,
    name,
    func,
    documentOf,
    files,
    tell,
    isGuarded,
    typeAt,
    lineStart,
    occurrences,
  } = world;
  const acts: Readonly<Record<string, () => void>> = {
    type() {
      const { text } = documentOf(state.active);
      typeAt(
        state.active,
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
      const document = documentOf(state.active);
      const at = lineStart(document.text);
      typeAt(state.active, at, 'cosnt x');
      for (let back = 5; back > 0; back -= 1)
        tell(state.active, [{ offset: at + 1 + back, length: 1, text: '', atCaret: true }]);
    },
    breakLine: () =>
      tell(state.active, [
        { offset: lineStart(documentOf(state.active).text), length: 0, text: '\n    ', atCaret: true },
      ]),
    pairs() {
      const at = lineStart(documentOf(state.active).text);
      tell(state.active, [{ offset: at, length: 0, text: '()', atCaret: true }]);
      typeAt(state.active, at + 1, pick(fields));
    },
    paste: () =>
      tell(state.active, [
        {
          offset: lineStart(documentOf(state.active).text),
          length: 0,
          text: `${func(name())}\n${func(name())}`,
          atCaret: true,
        },
      ]),
    pasteAndFit() {
      const at = lineStart(documentOf(state.active).text);
      const text = func(name());
      tell(state.active, [{ offset: at, length: 0, text, atCaret: true }]);
      for (const found of occurrences(text, 'input').reverse())
        tell(state.active, [{ offset: at + found, length: 5, text: pick(fields), atCaret: true }]);
    },
    snippet() {
      const at = lineStart(documentOf(state.active).text);
      tell(state.active, [
        { offset: at, length: 0, text: 'for (const item of list) {\n  item;\n}\n', atCaret: true },
      ]);
      for (const [offset, word] of [
        [11, 'item'],
        [19, 'list'],
      ] as const)
        tell(state.active, [{ offset: at + offset, length: word.length, text: pick(fields), atCaret: true }]);
    },
    completion() {
      const at = lineStart(documentOf(state.active).text);
      const word = name();
      typeAt(state.active, at, word.slice(0, 3));
      tell(state.active, [
        { offset: 0, length: 0, text: `import { ${word} } from './${pick(files())}';\n`, atCaret: false },
        { offset: at, length: 3, text: word, atCaret: true },
      ]);
    },
    format() {
      const { text } = documentOf(state.active);
      const changes = [...text.matchAll(/^( +)\S/gm)].slice(0, 30).map(({ index, 1: spaces = '' }) => ({
        offset: index,
        length: spaces.length,
        text: spaces.length % 4 === 0 ? spaces.slice(2) : `${spaces}  `,
        atCaret: false,
      }));
      if (changes.length > 0) tell(state.active, changes);
    },
    formatQuotes() {
      const { text } = documentOf(state.active);
      const changes = [...text.matchAll(/'([a-z]+)'/g)]
        .slice(0, 20)
        .map(({ index, 0: whole, 1: word = '' }) => ({
          offset: index,
          length: whole.length,
          text: `"${word}"`,
          atCaret: false,
        }));
      if (changes.length > 0) tell(state.active, changes);
    },
    formatWhole() {
      const { text } = documentOf(state.active);
      tell(state.active, [
        { offset: 0, length: text.length, text: text.replace(/^ {2}/gm, '\t'), atCaret: false },
      ]);
    },
    rename() {
      const { text } = documentOf(state.active);
      const word = pick([...fields, 'input', 'result']);
      const to = `${word}${pick(nouns)}`;
      for (const file of [
        state.active,
        ...files()
          .filter((one) => one !== state.active)
          .slice(0, 4),
      ]) {
        const found = occurrences(file === state.active ? text : documentOf(file).text, word);
        if (found.length > 0)
          tell(
            file,
            found.map((offset) => ({ offset, length: word.length, text: to, atCaret: false })),
          );
      }
    },
    organizeImports() {
      const { text } = documentOf(state.active);
      const block = /^(?:import .*\n)+/.exec(text)?.[0];
      if (block !== undefined)
        tell(state.active, [
          {
            offset: 0,
            length: block.length,
            text: `${block.trim().split('\n').sort().join('\n')}\n`,
            atCaret: false,
          },
        ]);
    },
    implementInterface: () =>
      tell(state.active, [
        {
          offset: lineStart(documentOf(state.active).text),
          length: 0,
          text: `  ${name()}() {\n    throw new Error('Method not implemented.');\n  }\n  ${name()}() {\n    throw new Error('Method not implemented.');\n  }\n`,
          atCaret: false,
        },
      ]),
    fillInterface() {
      acts['implementInterface']?.();
      const { text } = documentOf(state.active);
      const line = "throw new Error('Method not implemented.');";
      for (const at of occurrences(text, 'throw').reverse())
        if (text.startsWith(line, at))
          tell(state.active, [
            { offset: at, length: line.length, text: `return this.${pick(fields)};`, atCaret: true },
          ]);
    },
    extractFunction() {
      const document = documentOf(state.active);
      const at = lineStart(document.text);
      const end = Math.min(document.text.length, at + 60);
      if (isGuarded(document, at, end)) return;
      const taken = document.text.slice(at, end);
      tell(state.active, [
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
      const document = documentOf(state.active);
      const [whole = ''] = /export function [\s\S]*?\n}\n/.exec(document.text) ?? [];
      const at = document.text.indexOf(whole);
      if (whole === '' || isGuarded(document, at, at + whole.length)) return;
      tell(state.active, [{ offset: at, length: whole.length, text: '', atCaret: false }]);
      const to = pick(files());
      if (to !== state.active)
        tell(to, [{ offset: documentOf(to).text.length, length: 0, text: whole, atCaret: false }]);
    },
    deleteLines() {
      const document = documentOf(state.active);
      const at = lineStart(document.text);
      const length = Math.min(80, document.text.length - at);
      if (length > 0 && !isGuarded(document, at, at + length))
        tell(state.active, [{ offset: at, length, text: '', atCaret: true }]);
    },
    deleteFunction() {
      const document = documentOf(state.active);
      const all = [...document.text.matchAll(/export function [\s\S]*?\n}\n/g)];
      const one = all.length === 0 ? undefined : pick(all);
      if (one !== undefined && !isGuarded(document, one.index, one.index + one[0].length))
        tell(state.active, [{ offset: one.index, length: one[0].length, text: '', atCaret: true }]);
    },
    comment: () => {
      const { text } = documentOf(state.active);
      const at = lineStart(text);
      const lines = [...text.slice(at, at + 200).matchAll(/^(?=\S| )/gm)]
        .slice(0, 3)
        .map(({ index }) => ({ offset: at + index, length: 0, text: '// ', atCaret: true }));
      if (lines.length > 0) tell(state.active, lines);
      acts['undo']?.();
    },
    undo() {
      for (let steps = 1 + below(3); steps > 0; steps -= 1) {
        const last = state.undoable.at(-1);
        if (last === undefined || last.file !== state.active) return;
        state.undoable = state.undoable.slice(0, -1);
        const document = documentOf(last.file);
        const text = document.text;
        if (last.back.some((one) => isGuarded(document, one.offset, one.offset + one.length))) return;
        tell(last.file, last.back, { reason: 'undo' });
        if (random.next() < 0.3) {
          tell(last.file, last.changes, { reason: 'redo' });
          if (document.text !== text) throw new Error('redo must bring back what undo took');
          state.undoable = [];
        }
      }
    },
    carets() {
      const { text } = documentOf(state.active);
      const places = [...text.matchAll(/^ {2}(?=\S)/gm)].map(({ index }) => index + 2).slice(0, 4);
      for (const letter of [0, 1, 2])
        tell(
          state.active,
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
      if (!after) witness.gitMoved(state.now);
      for (const file of files()) {
        const document = documentOf(file);
        if (document.guarded.length > 0 && random.next() < 0.5) continue;
        const text = `${func(name())}${document.text.slice(0, 400)}${func(name())}`;
        document.guarded = [];
        tell(file, [{ offset: 0, length: document.text.length, text, atCaret: false }], { fromDisk: true });
      }
      if (after) witness.gitMoved(state.now + 500);
      state.undoable = [];
    },
    generated() {
      const file = pick(files());
      const document = documentOf(file);
      if (file !== state.active && document.guarded.length === 0)
        tell(file, [{ offset: 0, length: 0, text: func(name()), atCaret: false }], { fromDisk: true });
    },
    translations() {
      for (const language of ['en', 'de', 'fr']) {
        const file = `/p/locales/${language}.json`;
        const document = documentOf(file);
        if (file !== state.active)
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
      state.active = pick(files());
      if (random.next() < 0.1) {
        const closed = pick(files());
        if (closed !== state.active) {
          witness.closed(closed);
          witness.opened(closed, state.now, () => documentOf(closed).text);
          documentOf(closed).guarded = [];
        }
      }
    },
  };
  return acts;
}
