/**
 * Training messages that were written for the project. A line is `code|context|text`: `c` correction, `d` decision,
 * `n` neither; `+` worth keeping past the session, `-` for the task at hand only. The context is empty for the first
 * message of a conversation, or `@name` of one of the assistant's closing words (`= name: …`), taken in turn. Each
 * `# project` stands for a project of its own.
 */
import { readFileSync } from 'node:fs';

const labels = { c: 'correction', d: 'decision', n: 'neither' };
const unescaped = (text) => text.replaceAll('\\n', '\n');

/** Rows like those of a labelled file: `{repo, text, prev, label, durable, ambiguous}`. */
export function readWritten(files) {
  const endings = new Map();
  const taken = new Map();
  const rows = [];
  for (const file of files) {
    let repo = file;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const ending = /^= (\S+): (.+)$/.exec(line);
      const project = /^# project (\S+)$/.exec(line);
      const message = /^([cdn])([+-]?)\|(?:@([^|]+))?\|(.+)$/.exec(line);
      if (ending !== null) endings.set(ending[1], [...(endings.get(ending[1]) ?? []), unescaped(ending[2])]);
      else if (project !== null) repo = `written:${project[1]}`;
      else if (message !== null) {
        const [, code, reach, name, text] = message;
        const known = name === undefined ? [''] : endings.get(name);
        if (known === undefined) throw new Error(`${file}: no context is called ${name}`);
        const turn = taken.get(name) ?? 0;
        taken.set(name, turn + 1);
        rows.push({
          repo,
          text: unescaped(text),
          prev: known[turn % known.length],
          label: labels[code],
          durable: reach === '+',
          ambiguous: false,
        });
      } else if (line.trim() !== '' && !line.startsWith('//'))
        throw new Error(`${file}: not understood: ${line}`);
    }
  }
  return rows;
}
