/** Where a benchmark's tables fall short: of a rival, and of what the project wants to reach. */

/** Figures as the tables print them: ".918", "98.0 %", "1.85 / 2.90" (the first counts), "0.67 [0.56, 0.77] (47/70)". */
function numberIn(cell) {
  const found = /[-−]?(?:\d[\d,]*)?\.?\d+/.exec(String(cell));
  return found === null ? undefined : Number(found[0].replace('−', '-').replaceAll(',', ''));
}

/**
 * What is wanted of a figure: the table by its title, the row by the cells it has, the column by its name.
 * @type {readonly { what: string, table: string, row: (cells: readonly string[]) => boolean, column: string, least?: number, most?: number }[]}
 */
const goals = [
  ...[
    ['LoCoMo, any@5, after a night', 'LoCoMo any@5', 0.75],
    ['LoCoMo, any@10, after a night', 'LoCoMo any@10', 0.83],
    ['a wish found in its earlier words, mates@5, after a night', 'mates@5', 0.92],
  ].map(([what, name, least]) => ({
    what,
    table: 'What a night does to recall',
    row: ([first]) => first === name,
    column: 'after',
    least,
  })),
  {
    what: 'silent where nothing was said, %',
    table: 'Knowing that there is nothing',
    row: ([first]) => first === 'Reverie',
    column: 'silent where nothing was said',
    least: 90,
  },
  {
    what: 'silent though it was said, %',
    table: 'Knowing that there is nothing',
    row: ([first]) => first === 'Reverie',
    column: 'silent though it was said',
    most: 5,
  },
  ...[
    ['10,000', 'p95 ms', 5],
    ['100,000', 'p95 ms', 40],
    ['10,000', 'MB held', 40],
  ].map(([size, column, most]) => ({
    what: `warm recall, ${size} memories, ${column}`,
    table: 'Warm recall: time and memory',
    row: ([first, memories]) => first === 'Reverie' && memories === size,
    column,
    most,
  })),
  ...['UserPromptSubmit', 'SessionStart'].map((event) => ({
    what: `a hook (${event}) against bare Node, 10,000 memories, median`,
    table: 'A hook against bare Node',
    row: ([memories, hook]) => memories === '10,000' && hook === event,
    column: 'ratio of pairs',
    most: 2,
  })),
  ...[
    ['10,000', 'CPU s', 10],
    ['10,000', 'most MB', 500],
  ].map(([size, column, most]) => ({
    what: `a night on ${size} episodes, ${column}`,
    table: 'A night, by what there is to sleep on',
    row: ([episodes]) => episodes === size,
    column,
    most,
  })),
  ...['given specstory', 'given claude-code']
    .flatMap((name) => [
      { what: `import, ${name}, MB/s`, row: ([first]) => first === name, column: 'MB/s', least: 50 },
      { what: `import, ${name}, peak MB`, row: ([first]) => first === name, column: 'peak MB', most: 200 },
    ])
    .map((goal) => ({ ...goal, table: 'Import' })),
  ...[
    ['precision', 0.85],
    ['recall', 0.8],
  ].map(([column, least]) => ({
    what: `what is worth remembering, clear labels, ${column}`,
    table: 'Capture: what is worth remembering',
    row: ([first]) => first === 'labels.jsonl, clear',
    column,
    least,
  })),
  ...[
    ['prevented', { least: 0.6 }],
    ['noise', { most: 0.1 }],
    ['leaks', { most: 0 }],
  ].map(([column, bound]) => ({
    what: `corrections said again, ${column}`,
    table: 'Prevention and noise',
    row: ([repository, memory]) => repository === 'all' && memory === 'Reverie',
    column,
    ...bound,
  })),
];

const cellOf = ({ columns, rows }, row, column) => rows.find(row)?.[columns.indexOf(column)];

function goalLines(tables) {
  return goals.flatMap(({ what, table: title, row, column, least, most }) => {
    const table = tables.find((candidate) => candidate.title === title);
    const cell = table === undefined ? undefined : cellOf(table, row, column);
    const found = cell === undefined ? undefined : numberIn(cell);
    if (found === undefined) return [];
    const met = least === undefined ? found <= most : found >= least;
    const wanted = least === undefined ? `≤ ${most}` : `≥ ${least}`;
    return [`| ${what} | ${wanted} | ${cell} | ${met ? 'met' : '**missed**'} |`];
  });
}

/** Tables in which rivals stand beside Reverie, whether more is better there, and what tells which rows are held against each other. */
const contests = [
  { title: 'Recall', more: true, group: () => '', what: (_row, column) => `recall, ${column}` },
  {
    title: 'Warm recall: time and memory',
    more: false,
    group: ([, memories]) => memories,
    what: ([, memories], column) => `warm recall, ${memories} memories, ${column}`,
  },
];

/** A figure of Reverie that a rival betters, with the best of them. */
function lossLines(tables) {
  return contests.flatMap(({ title, more, group, what }) => {
    const table = tables.find((candidate) => candidate.title === title);
    if (table === undefined) return [];
    const { columns, rows } = table;
    const better = (one, other) => (more ? one > other : one < other);
    const best = (candidates, at) =>
      candidates
        .filter((row) => numberIn(row[at]) !== undefined)
        .reduce(
          (first, row) =>
            first === undefined || better(numberIn(row[at]), numberIn(first[at])) ? row : first,
          undefined,
        );
    const ours = (row) => row[0].startsWith('Reverie');
    return [...new Set(rows.map(group))].flatMap((name) => {
      const together = rows.filter((row) => group(row) === name);
      return columns.flatMap((column, at) => {
        if (at === 0 || column === 'memories') return [];
        const own = best(together.filter(ours), at);
        const rival = best(
          together.filter((row) => !ours(row)),
          at,
        );
        if (own === undefined || rival === undefined) return [];
        if (!better(numberIn(rival[at]), numberIn(own[at]))) return [];
        return [`| ${what(own, column)} | ${own[at]} | ${rival[at]} | ${rival[0]} |`];
      });
    });
  });
}

/** As Markdown; empty where no table speaks of it. */
export function standing(found) {
  const tables = found.flatMap(({ tables: own = [] }) => own);
  const [reached, losses] = [goalLines(tables), lossLines(tables)];
  return [
    ...(reached.length === 0
      ? []
      : [
          '## What it should reach',
          '',
          '| | wanted | found | |',
          '| --- | ---: | ---: | --- |',
          ...reached,
          '',
        ]),
    ...(losses.length === 0
      ? []
      : [
          '## Where rivals are better',
          '',
          '| | Reverie | the best of them | |',
          '| --- | ---: | ---: | --- |',
          ...losses,
          '',
        ]),
  ];
}
