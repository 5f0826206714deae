/**
 * Logistic regression for the capture classifier, drawn toward stated priors, and the measures its figures are
 * printed with.
 */

/** What is so in nearly every message of one project and hardly in another's: projects differ more in it than meanings do. */
const circumstantial =
  /^(?:prev[A-Z]\w*|echo|length|short|long|several|hasQuestion|hasExclamation|emphasis|list|paste:\w+)$/;

/** A project's own level gives way more easily than what is believed of a cue; circumstances hardly at all. */
const strictness = (name, settings) =>
  name.startsWith('@') ? settings.level : circumstantial.test(name) ? settings.circumstances : 1;

/** Rows of a repository weigh together as the square root of their number: many repositories count more than many rows. */
function balanced(set) {
  const totals = new Map();
  for (const row of set) totals.set(row.repo, (totals.get(row.repo) ?? 0) + row.weight);
  const scale = set.length / [...totals.values()].reduce((sum, total) => sum + Math.sqrt(total), 0);
  return set.map((row) => ({ ...row, weight: (row.weight / Math.sqrt(totals.get(row.repo))) * scale }));
}

/**
 * L2-regularised logistic regression by Newton steps on the diagonal (coordinate descent); the bias is free.
 *
 * @param set rows `{repo, weight, features: Map}`
 * @param target row → whether it is wanted
 * @param priorOf feature name → log-odds believed before any row is seen
 * @param settings `{l2, level, circumstances}`: pull toward the priors, its share for a project's level, its multiple for circumstances
 */
export function train(set, target, priors, kind, settings) {
  const priorOf = (name) => priors[name]?.[kind] ?? 0;
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
  const weights = new Map(used.map((name) => [name, priorOf(name)]));
  /* Cues too rare to learn from keep what is believed of them. */
  for (const name of Object.keys(priors))
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
      const pull = name === undefined ? 0 : strictness(name, settings) * settings.l2;
      let gradient = name === undefined ? 0 : pull * (now - priorOf(name));
      let curvature = name === undefined ? 1e-6 : pull;
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

export function probability(model, row) {
  let sum = model.bias;
  for (const [name, value] of row.features) sum += (model.weights.get(name) ?? 0) * value;
  return 1 / (1 + Math.exp(-sum));
}

/** Of rows `{p, truth}`, what a threshold finds. */
export function measure(scored, threshold) {
  let tp = 0;
  let fp = 0;
  let fn = 0;
  for (const { p, truth } of scored) {
    if (p >= threshold && truth) tp += 1;
    else if (p >= threshold) fp += 1;
    else if (truth) fn += 1;
  }
  const precision = tp / (tp + fp || 1);
  const recall = tp / (tp + fn || 1);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, found: tp + fp, wanted: tp + fn, n: scored.length };
}

/** Wilson score interval at 95 %. */
function interval(share, all) {
  if (all === 0) return '';
  const z = 1.96;
  const centre = (share + (z * z) / (2 * all)) / (1 + (z * z) / all);
  const half = (z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))) / (1 + (z * z) / all);
  return ` [${(centre - half).toFixed(2)}–${(centre + half).toFixed(2)}]`;
}

export function show(scored, threshold) {
  const { precision, recall, f1, found, wanted, n } = measure(scored, threshold);
  return `P ${precision.toFixed(3)}${interval(precision, found)}  R ${recall.toFixed(3)}${interval(recall, wanted)}  F1 ${f1.toFixed(3)}  (n ${n})`;
}
