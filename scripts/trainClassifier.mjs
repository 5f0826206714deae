/**
 * Learns the weights of the capture classifier from labelled messages and writes `src/core/capture/weights.ts`.
 *
 *   node scripts/trainClassifier.mjs [--data DIR] [--judge FILE]… [--write] [--errors] [--l2 N] [--level N] [--circumstances N] [--boundary P]
 *
 * What is learned from: the messages written for it in `scripts/training/`, and, where DIR is given, its
 * `messages.jsonl` and `annotations.jsonl` (one row each, same order). Three logistic models over the readable features
 * of `features.ts`: memorable or not; of the memorable, correction or decision; of these, whether it holds for the task
 * at hand only. L2 regularised toward the priors of `cuePriors.ts`, rows of each repository weighted so that none drowns
 * the others, ambiguous rows at half weight. Prints precision and recall cross-validated by repository: each repository
 * of DIR is judged by weights that never saw it. A FILE of `--judge` (rows with `text, prev, repo, label, ambiguous`) is
 * only judged, by weights learned from everything else; with `signals` as a reader tells them, and then without `prev`
 * where nobody knows what came before.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argument, fromSource } from './fromSource.mjs';
import { measure, probability, show, train } from './training/logistic.mjs';
import { readWritten } from './training/written.mjs';

const data = argument('--data');
const settings = {
  l2: Number(argument('--l2', '8')),
  level: Number(argument('--level', '0.5')),
  circumstances: Number(argument('--circumstances', '20')),
};
/** Where cross-validation by repository draws the line; moved to one half, so that half a chance means “keep it”. */
const boundary = Number(argument('--boundary', '0.33'));
const judgedFiles = process.argv.flatMap((entry, index) =>
  entry === '--judge' ? [process.argv[index + 1]] : [],
);

const { featuresOf, isJudged, withReach, stripMessage, cuePriors, extractLesson } = await fromSource(
  `export { featuresOf, withReach } from './src/core/capture/features.ts'; export { isJudged } from './src/core/capture/evidence.ts'; export { stripMessage } from './src/core/capture/strip.ts'; export { cuePriors } from './src/core/capture/cuePriors.ts'; export { extractLesson } from './src/core/capture/statement.ts'`,
);

const rowsOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const lessonOf = (label, stripped, prev) =>
  extractLesson({
    own: stripped.own,
    quoted: stripped.quoted,
    failure: stripped.failure,
    prev,
    begins: prev === '',
    label,
  });

function exampleOf(row, times) {
  const prev = row.prev ?? '';
  const stripped = stripMessage(row.text, prev);
  const unknown = row.signals !== undefined && row.prev === undefined;
  const features = featuresOf({ stripped, prev: unknown ? undefined : prev, signals: row.signals ?? [] });
  return {
    repo: row.repo,
    text: row.text,
    features,
    judged: isJudged(stripped.own, features),
    reach:
      row.label === 'neither' ? features : withReach(features, stripped, lessonOf(row.label, stripped, prev)),
    oneOff: !row.durable,
    memorable: row.label !== 'neither',
    correction: row.label === 'correction',
    ambiguous: row.ambiguous,
    weight: (row.ambiguous ? 0.5 : 1) / (1 + times),
  };
}

/** What is said over and over in one repository counts once, nearly. */
function examplesOf(rows) {
  const seen = new Map();
  return rows.map((row) => {
    const key = `${row.repo}\n${row.text}`;
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return exampleOf(row, times);
  });
}

const written = examplesOf(
  readWritten(
    ['english.txt', 'languages.txt', 'routine.txt', 'domains.txt', 'people.txt', 'terse.txt'].map((name) =>
      join('scripts', 'training', name),
    ),
  ),
);
const annotations = data === undefined ? [] : rowsOf(join(data, 'annotations.jsonl'));
const given =
  data === undefined
    ? []
    : examplesOf(
        rowsOf(join(data, 'messages.jsonl')).map((message, index) => ({ ...message, ...annotations[index] })),
      );
const examples = [...written, ...given];
const repos = [...new Set(given.map((row) => row.repo))];

/** Of the memorable, which kind. Two people agree least on what was meant once: it is held closer to what is believed. */
const ofMemorable = {
  correction: { ...settings, l2: 2, circumstances: 1 },
  oneOff: { ...settings, l2: 8, circumstances: 1 },
};
const learn = (set, target, kind) => train(set, target, cuePriors, kind, ofMemorable[kind] ?? settings);
/* What shows no reason at all is never judged by the model: it does not learn from it either. */
const learnMemorable = (set) => {
  const model = learn(
    set.filter((row) => row.judged),
    (row) => row.memorable,
    'memorable',
  );
  return { ...model, bias: model.bias + Math.log((1 - boundary) / boundary) };
};
const judge = (model, row) => (row.judged ? probability(model, row) : 0);
const lastingOf = (set) => set.filter((row) => row.memorable).map((row) => ({ ...row, features: row.reach }));
const clear = (scored) => scored.filter((row) => !row.ambiguous);

const crossed = [];
const reached = [];
let kinds = 0;
let kindsRight = 0;
for (const repo of repos) {
  const others = examples.filter((row) => row.repo !== repo);
  const own = examples.filter((row) => row.repo === repo);
  const model = learnMemorable(others);
  const which = learn(
    others.filter((row) => row.memorable),
    (row) => row.correction,
    'correction',
  );
  const passing = learn(lastingOf(others), (row) => row.oneOff, 'oneOff');
  for (const row of own) {
    crossed.push({ ...row, p: judge(model, row), truth: row.memorable });
    if (row.memorable && !row.ambiguous) {
      kinds += 1;
      if (probability(which, row) >= 0.5 === row.correction) kindsRight += 1;
    }
  }
  for (const row of lastingOf(own))
    reached.push({ ...row, p: 1 - probability(passing, row), truth: !row.oneOff });
}

if (data !== undefined) {
  for (const threshold of [0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7])
    console.log(
      `threshold ${threshold}   clear ${show(clear(crossed), threshold)}   all ${show(crossed, threshold)}`,
    );
  for (const repo of repos)
    console.log(
      repo.padEnd(34),
      show(
        clear(crossed).filter((row) => row.repo === repo),
        0.5,
      ),
    );
  /* The threshold as one would choose it on the other repositories. */
  const nested = repos.flatMap((repo) => {
    const others = clear(crossed).filter((row) => row.repo !== repo);
    const steps = Array.from({ length: 61 }, (_, step) => 0.2 + step / 100);
    const best = steps.reduce((a, b) => (measure(others, b).f1 > measure(others, a).f1 ? b : a));
    return crossed.filter((row) => row.repo === repo).map((row) => ({ ...row, p: row.p >= best ? 1 : 0 }));
  });
  console.log(
    `threshold chosen on the other repositories: clear ${show(clear(nested), 0.5)}   all ${show(nested, 0.5)}`,
  );
  console.log(
    `correction or decision, of the clear memorable: ${(kindsRight / kinds).toFixed(3)} (n ${kinds})`,
  );
  const once = clear(reached).map((row) => ({ ...row, p: 1 - row.p, truth: !row.truth }));
  for (const threshold of [0.3, 0.4, 0.5, 0.6])
    console.log(`one-off, of the clear memorable, at ${threshold}: ${show(once, threshold)}`);
  for (const threshold of [0.3, 0.4, 0.5, 0.6, 0.7])
    console.log(`durable, of the clear memorable, at ${threshold}: ${show(clear(reached), threshold)}`);
  const crossedBy = new Map(crossed.map((row) => [`${row.repo}\n${row.text}`, row.p]));
  const second = rowsOf(join(data, 'labels.jsonl')).flatMap((row) => {
    const p = crossedBy.get(`${row.repo}\n${row.text}`);
    return p === undefined ? [] : [{ p, truth: row.label !== 'neither', ambiguous: row.ambiguous }];
  });
  for (const threshold of [0.4, 0.5, 0.6])
    console.log(
      `labels.jsonl at ${threshold}: clear ${show(clear(second), threshold)}   all ${show(second, threshold)}`,
    );
}

const full = learnMemorable(examples);
const mistakes = [...crossed];
for (const file of judgedFiles) {
  const judged = examplesOf(rowsOf(file)).map((row) => ({
    ...row,
    p: judge(full, row),
    truth: row.memorable,
  }));
  mistakes.push(...judged);
  for (const threshold of [0.4, 0.5, 0.6])
    console.log(
      `${file} at ${threshold}: clear ${show(clear(judged), threshold)}   all ${show(judged, threshold)}`,
    );
  for (const repo of new Set(judged.map((row) => row.repo)))
    console.log(
      `  ${repo}`.padEnd(40),
      show(
        clear(judged).filter((row) => row.repo === repo),
        0.5,
      ),
    );
}
if (process.argv.includes('--errors')) {
  for (const row of clear(mistakes).filter((candidate) => candidate.p >= 0.5 !== candidate.truth))
    console.log(
      row.truth ? 'MISSED' : 'FALSE ',
      row.p.toFixed(2),
      row.repo.slice(0, 8),
      JSON.stringify(row.text.slice(0, 170)),
      [...row.features]
        .filter(([name, value]) => Math.abs((full.weights.get(name) ?? 0) * value) > 0.25)
        .map(([name, value]) => `${name} ${((full.weights.get(name) ?? 0) * value).toFixed(1)}`)
        .join(', '),
    );
}

if (process.argv.includes('--write')) {
  const correction = learn(
    examples.filter((row) => row.memorable),
    (row) => row.correction,
    'correction',
  );
  const oneOff = learn(lastingOf(examples), (row) => row.oneOff, 'oneOff');
  const table = (model) =>
    [...model.weights]
      .map(([name, weight]) => [name, Math.round(weight * 100) / 100])
      .filter(([, weight]) => Math.abs(weight) >= 0.02)
      .sort((a, b) => b[1] - a[1])
      .map(
        ([name, weight]) =>
          `    ${/^[a-z]\w*$/i.test(name) ? name : `'${name.replace(/'/g, "\\'")}'`}: ${weight},`,
      )
      .join('\n');
  const part = (name, doc, model) =>
    `/** ${doc} */\nexport const ${name}: LinearModel = {\n  bias: ${Math.round(model.bias * 100) / 100},\n  weights: {\n${table(model)}\n  },\n};\n`;
  writeFileSync(
    'src/core/capture/weights.ts',
    `/**\n * Learned weights of the capture classifier, in log-odds. Written by \`scripts/trainClassifier.mjs\`; do not edit by\n * hand: change the cues and train again.\n */\n\nexport interface LinearModel {\n  readonly bias: number;\n  readonly weights: Readonly<Record<string, number>>;\n}\n\n${part('memorableModel', 'Worth remembering (correction or decision) against neither.', full)}\n${part('correctionModel', 'Of what is worth remembering: correction against decision.', correction)}\n${part('oneOffModel', 'Of what is worth remembering: for the task at hand only, against worth keeping past it.', oneOff)}`,
  );
  console.log('written: src/core/capture/weights.ts');
}
