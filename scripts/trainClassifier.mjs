/**
 * Learns the weights of the capture classifier from labelled messages and writes `src/core/capture/weights.ts`.
 *
 *   node scripts/trainClassifier.mjs --data DIR [--write] [--l2 N]
 *
 * DIR holds `messages.jsonl` and `annotations.jsonl` (one row each, same order). Two logistic models over the readable
 * features of `features.ts`: memorable or not; and, of the memorable, correction or decision. L2 regularised toward the priors of
 * `cuePriors.ts`, rows of
 * each repository weighted so that none drowns the others, ambiguous rows at half weight. Prints precision and recall
 * cross-validated by repository: each repository is judged by weights that never saw it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const argument = (name, fallback) => {
  const index = process.argv.indexOf(name);
  return index < 0 ? fallback : process.argv[index + 1];
};
const data = argument('--data');
if (data === undefined) {
  console.error('usage: node scripts/trainClassifier.mjs --data DIR [--write] [--l2 N]');
  process.exit(2);
}
const l2 = Number(argument('--l2', '2'));

const out = mkdtempSync(join(tmpdir(), 'reverie-train-'));
await build({
  stdin: {
    contents: `export { featuresOf, withReach } from './src/core/capture/features.ts'; export { stripMessage } from './src/core/capture/strip.ts'; export { cuePriors } from './src/core/capture/cuePriors.ts'`,
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile: join(out, 'features.mjs'),
});
const { featuresOf, withReach, stripMessage, cuePriors } = await import(
  pathToFileURL(join(out, 'features.mjs')).href
);
rmSync(out, { recursive: true });

const rows = (name) =>
  readFileSync(join(data, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const annotations = rows('annotations.jsonl');
const seen = new Map();
const examples = rows('messages.jsonl').flatMap((message, index) => {
  const label = annotations[index];
  const prev = message.prev ?? '';
  const key = `${message.repo}\n${message.text}`;
  const times = seen.get(key) ?? 0;
  seen.set(key, times + 1);
  const stripped = stripMessage(message.text, prev);
  const features = featuresOf({ stripped, prev, signals: [] });
  return {
    repo: message.repo,
    text: message.text,
    features,
    reach: withReach(features, stripped),
    oneOff: !label.durable,
    memorable: label.label !== 'neither',
    correction: label.label === 'correction',
    ambiguous: label.ambiguous,
    weight: (label.ambiguous ? 0.5 : 1) / (1 + times),
  };
});

/** Single words tell a project's tone as much as anything: they are held back more than cues. */
const wordStrictness = Number(argument('--words', '8'));
const levelStrictness = Number(argument('--level', '0.5'));
const strictness = (name) =>
  name.startsWith('@') ? levelStrictness : /^(?:w|first):/.test(name) ? wordStrictness : 1;

/** Rows of a repository weigh together as the square root of their number: many repositories count more than many rows. */
function balanced(set) {
  const totals = new Map();
  for (const row of set) totals.set(row.repo, (totals.get(row.repo) ?? 0) + row.weight);
  const scale = set.length / [...totals.values()].reduce((sum, total) => sum + Math.sqrt(total), 0);
  return set.map((row) => ({ ...row, weight: (row.weight / Math.sqrt(totals.get(row.repo))) * scale }));
}

/** L2-regularised logistic regression by Newton steps on the diagonal (coordinate descent); the bias is free. */
function train(set, target, kind, penalty = l2) {
  /* Projects differ in how often anything is said that lasts. A level of their own in training keeps that from being
     read into the cues; a project never seen gets the mean level. */
  const levels = [...new Set(set.map((row) => row.repo))];
  const weighted = balanced(set).map((row) => ({
    ...row,
    features: new Map([...row.features, [`@${row.repo}`, 1]]),
  }));
  const names = new Map();
  for (const row of weighted)
    for (const name of row.features.keys()) names.set(name, (names.get(name) ?? 0) + 1);
  const used = [...names]
    .filter(([, count]) => count >= 5)
    .map(([name]) => name)
    .sort();
  const columns = new Map(used.map((name) => [name, []]));
  weighted.forEach((row, index) => {
    for (const [name, value] of row.features) if (value !== 0) columns.get(name)?.push([index, value]);
  });
  const wanted = weighted.map((row) => (target(row) ? 1 : 0));
  const scores = weighted.map(() => 0);
  const priorOf = (name) => cuePriors[name]?.[kind] ?? 0;
  const weights = new Map(used.map((name) => [name, priorOf(name)]));
  /* Cues too rare to learn from keep what is believed of them. */
  for (const name of Object.keys(cuePriors))
    if (!weights.has(name) && priorOf(name) !== 0) weights.set(name, priorOf(name));
  weighted.forEach((row, index) => {
    for (const [name, value] of row.features) scores[index] += (weights.get(name) ?? 0) * value;
  });
  let bias = 0;
  const everything = weighted.map((_, index) => [index, 1]);
  for (let round = 0; round < 60; round += 1) {
    let moved = 0;
    for (const name of [undefined, ...used]) {
      const column = name === undefined ? everything : columns.get(name);
      const now = name === undefined ? bias : weights.get(name);
      let gradient = name === undefined ? 0 : strictness(name) * penalty * (now - priorOf(name));
      let curvature = name === undefined ? 1e-6 : strictness(name) * penalty;
      for (const [index, value] of column) {
        const p = 1 / (1 + Math.exp(-scores[index]));
        gradient += weighted[index].weight * (p - wanted[index]) * value;
        curvature += weighted[index].weight * Math.max(p * (1 - p), 0.05) * value * value;
      }
      const step = Math.max(-1, Math.min(1, -gradient / curvature));
      if (Math.abs(step) < 1e-5) continue;
      moved += Math.abs(step);
      if (name === undefined) bias += step;
      else weights.set(name, now + step);
      for (const [index, value] of column) scores[index] += step * value;
    }
    if (moved < 1e-3) break;
  }
  let level = 0;
  for (const repo of levels) {
    level += (weights.get(`@${repo}`) ?? 0) / levels.length;
    weights.delete(`@${repo}`);
  }
  return { bias: bias + level, weights };
}

const score = (model, row) => {
  let sum = model.bias;
  for (const [name, value] of row.features) sum += (model.weights.get(name) ?? 0) * value;
  return 1 / (1 + Math.exp(-sum));
};

function measure(scored, threshold) {
  let tp = 0;
  let fp = 0;
  let fn = 0;
  for (const { p, truth } of scored) {
    if (p >= threshold && truth) tp += 1;
    else if (p >= threshold) fp += 1;
    else if (truth) fn += 1;
  }
  return {
    precision: tp / (tp + fp || 1),
    recall: tp / (tp + fn || 1),
    found: tp + fp,
    wanted: tp + fn,
    n: scored.length,
  };
}
/** Wilson score interval at 95 %. */
function interval(share, all) {
  if (all === 0) return '';
  const z = 1.96;
  const centre = (share + (z * z) / (2 * all)) / (1 + (z * z) / all);
  const half = (z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))) / (1 + (z * z) / all);
  return ` [${(centre - half).toFixed(2)}–${(centre + half).toFixed(2)}]`;
}
const show = (scored, threshold) => {
  const { precision, recall, found, wanted, n } = measure(scored, threshold);
  return `P ${precision.toFixed(3)}${interval(precision, found)}  R ${recall.toFixed(3)}${interval(recall, wanted)}  F1 ${((2 * precision * recall) / (precision + recall)).toFixed(3)}  (n ${n})`;
};

const repos = [...new Set(examples.map((row) => row.repo))];
const crossed = [];
let kinds = 0;
let kindsRight = 0;
for (const repo of repos) {
  const model = train(
    examples.filter((row) => row.repo !== repo),
    (row) => row.memorable,
    'memorable',
  );
  const which = train(
    examples.filter((row) => row.repo !== repo && row.memorable),
    (row) => row.correction,
    'correction',
  );
  for (const row of examples.filter((candidate) => candidate.repo === repo)) {
    crossed.push({ ...row, p: score(model, row), truth: row.memorable });
    if (row.memorable && !row.ambiguous) {
      kinds += 1;
      if (score(which, row) >= 0.5 === row.correction) kindsRight += 1;
    }
  }
}
for (const threshold of [0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7]) {
  console.log(
    `threshold ${threshold}   clear ${show(
      crossed.filter((row) => !row.ambiguous),
      threshold,
    )}   all ${show(crossed, threshold)}`,
  );
}
for (const repo of repos)
  console.log(
    repo.padEnd(34),
    show(
      crossed.filter((row) => row.repo === repo && !row.ambiguous),
      0.5,
    ),
  );
console.log(
  `correction or decision, of the clear memorable: ${(kindsRight / kinds).toFixed(3)} (n ${kinds})`,
);

/** Of what is memorable, what is for the task at hand only. */
const lasting = examples.filter((row) => row.memorable).map((row) => ({ ...row, features: row.reach }));
const reached = repos.flatMap((repo) => {
  const model = train(
    lasting.filter((row) => row.repo !== repo),
    (row) => row.oneOff,
    'oneOff',
  );
  return lasting
    .filter((row) => row.repo === repo)
    .map((row) => ({ ...row, p: 1 - score(model, row), truth: !row.oneOff }));
});
for (const threshold of [0.3, 0.4, 0.5, 0.6, 0.7])
  console.log(
    `durable, of the clear memorable, at ${threshold}: ${show(
      reached.filter((row) => !row.ambiguous),
      threshold,
    )}`,
  );

const labels = rows('labels.jsonl');
const crossedBy = new Map(crossed.map((row) => [`${row.repo}\n${row.text}`, row.p]));
const judged = labels.flatMap((row) => {
  const p = crossedBy.get(`${row.repo}\n${row.text}`);
  return p === undefined ? [] : [{ p, truth: row.label !== 'neither', ambiguous: row.ambiguous }];
});
for (const threshold of [0.4, 0.5, 0.6])
  console.log(
    `labels.jsonl at ${threshold}: clear ${show(
      judged.filter((row) => !row.ambiguous),
      threshold,
    )}   all ${show(judged, threshold)}`,
  );
if (process.argv.includes('--errors')) {
  for (const row of crossed.filter(
    (candidate) => !candidate.ambiguous && candidate.p >= 0.5 !== candidate.truth,
  ))
    console.log(
      row.truth ? 'MISSED' : 'FALSE ',
      row.p.toFixed(2),
      row.repo.slice(0, 6),
      JSON.stringify(row.text.slice(0, 170)),
    );
}

if (process.argv.includes('--write')) {
  const memorable = train(examples, (row) => row.memorable, 'memorable');
  const correction = train(
    examples.filter((row) => row.memorable, 'memorable'),
    (row) => row.correction,
    'correction',
  );
  const oneOff = train(lasting, (row) => row.oneOff, 'oneOff');
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
    `/**\n * Learned weights of the capture classifier, in log-odds. Written by \`scripts/trainClassifier.mjs\`; do not edit by\n * hand: change the cues and train again.\n */\n\nexport interface LinearModel {\n  readonly bias: number;\n  readonly weights: Readonly<Record<string, number>>;\n}\n\n${part('memorableModel', 'Worth remembering (correction or decision) against neither.', memorable)}\n${part('correctionModel', 'Of what is worth remembering: correction against decision.', correction)}\n${part('oneOffModel', 'Of what is worth remembering: for the task at hand only, against worth keeping past it.', oneOff)}`,
  );
  console.log('written: src/core/capture/weights.ts');
}
