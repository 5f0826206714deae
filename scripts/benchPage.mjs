/** What the benchmark found, as Markdown. */
import { standing } from './benchGoals.mjs';

/** @param {import('../test/bench/table.ts').BenchTable} table */
export function markdownOf({ title, columns, rows, notes = [] }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    `### ${title}`,
    '',
    line(columns),
    line(columns.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${note}`)]),
    '',
  ].join('\n');
}

/** Nothing of this machine but what tells how fast it is. */
export function page(run, found) {
  const anonymous = (text) => text.replace(/(?:\/[\w.@+-]+){2,}\/?/g, '…').trimEnd();
  return [
    '# Results',
    '',
    `Made by \`npm run bench\` on ${run.date}: Reverie ${run.version}, Node ${run.node}, ${run.system}, ${run.processor}, ${run.memory}; ${run.minutes} minutes. No language model anywhere. When it began, the machine’s load was ${run.load}: above .5 other programs shared it, and times are to be read beside each other and not as promises; CPU times are steadier than wall times.`,
    '',
    'The material is public and is not part of the project: LoCoMo (snap-research, CC BY-NC 4.0, five of its ten conversations) and messages of real coding sessions, labelled by hand. What was tuned was tuned while looking at it; the halves held back say what holds elsewhere. What a figure means stands at the head of the part’s file in `test/bench/`.',
    '',
    ...standing(found),
    ...found.flatMap(({ part: name, tables = [], text, failed }) => [
      `## ${name}`,
      '',
      ...(failed === undefined ? [] : [`Not complete: ${failed}.`, '']),
      ...tables.map(markdownOf),
      ...(text === undefined || text.trim() === '' ? [] : ['```', anonymous(text), '```', '']),
      ...(failed === undefined && tables.length === 0 && text === undefined
        ? ['It prints texts of the material and hands over no table: run it by itself.', '']
        : []),
    ]),
  ].join('\n');
}
