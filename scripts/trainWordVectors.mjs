/**
 * Learns which words of software work are near in meaning, and writes `src/core/text/wordVectorTable.ts`.
 *
 *   node scripts/trainWordVectors.mjs --text DIR [--dimensions N] [--window N] [--owners N] [--show WORD,WORD] [--write]
 *
 * Each file or folder directly in DIR is the prose of one owner: conversations with assistants, documentation, messages of
 * commits (.md, .mdc, .rst, .txt). What comes of it is counts only, and only of words that many owners use: no name of one
 * of them, and no sentence, can be read from the table. Blocks of code, tables and lines that are mostly signs are left out,
 * and a line that was seen counts once, whoever repeats it.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argument, fromSource } from './fromSource.mjs';
import { numbersFrom, positiveInformation, vectorsOf } from './wordVectors/factorize.mjs';

const settings = {
  dimensions: Number(argument('--dimensions', '64')),
  /** Words within so many of each other stand near. */
  window: Number(argument('--window', '6')),
  /** Owners who use a word, and times it is used, at least. */
  owners: Number(argument('--owners', '12')),
  times: 30,
  /** Of an owner's prose, so much at most. Characters. */
  most: 5_000_000,
  /** A share of the text from which on words are thinned out (Mikolov et al. 2013). */
  frequent: 3e-4,
  /** A word that is this share of the text tells half of what a rare one tells. */
  halved: 0.01,
};
const text = argument('--text');
if (text === undefined) throw new Error('Give the folder of the prose: --text DIR');

const { comparedTerms } = await fromSource(`export { comparedTerms } from './src/core/text/profile.ts'`);

function* filesIn(path) {
  if (!statSync(path).isDirectory()) {
    if (/\.(?:md|mdc|mdx|rst|txt)$/i.test(path)) yield path;
    return;
  }
  for (const name of readdirSync(path).sort())
    if (name !== '.git' && name !== 'node_modules') yield* filesIn(join(path, name));
}

/** Languages are not mixed: what two of them have in common would be which language it is. */
const english =
  /\b(?:the|an?|to|of|and|in|is|are|for|with|on|that|this|it|be|not|you|your|we|when|should|from|by|as|if)\b/;
const isEnglish = (line) => !/[^\0-\x7f\P{L}]/u.test(line) && english.test(line);

const seen = new Set();
/** Lines of prose in order, each once. */
function* linesOf(path) {
  let isCode = false;
  for (const whole of readFileSync(path, 'utf8').split('\n')) {
    const line = whole.trim().replace(/https?:\/\/\S+|\]\([^)]*\)|[0-9a-f]{12,}/g, '');
    if (/^(?:```|~~~)/.test(line)) isCode = !isCode;
    else if (!isCode && line.length >= 12 && line.length <= 1200 && !/^(?:<|.?\|)/.test(line)) {
      const letters = line.replace(/[^\p{L} ]/gu, '').length;
      const key = line.toLowerCase();
      if (letters < line.length * 0.72 || !isEnglish(key) || seen.has(key)) continue;
      seen.add(key);
      yield line;
    }
  }
}

const ids = new Map();
const words = [];
const counts = [];
const owners = [];
/** Of each line its words by their numbers. */
const lines = [];
for (const [owner, name] of readdirSync(text).sort().entries()) {
  let left = settings.most;
  for (const path of filesIn(join(text, name))) {
    for (const line of linesOf(path)) {
      const own = [];
      for (const word of line.match(/[\p{L}][\p{L}\p{N}_'#+-]*/gu) ?? []) {
        const terms = comparedTerms(word.toLowerCase());
        for (const term of terms.length > 1 ? terms.slice(1) : terms) {
          let id = ids.get(term);
          if (id === undefined) {
            id = words.length;
            ids.set(term, id);
            words.push(term);
            counts.push(0);
            owners.push({ last: -1, count: 0 });
          }
          counts[id] += 1;
          if (owners[id].last !== owner) {
            owners[id].last = owner;
            owners[id].count += 1;
          }
          own.push(id);
        }
      }
      lines.push(Int32Array.from(own));
      left -= line.length;
      if (left <= 0) break;
    }
    if (left <= 0) break;
  }
}

const kept = [...words.keys()]
  .filter((id) => owners[id].count >= settings.owners && counts[id] >= settings.times && words[id].length > 1)
  .sort((a, b) => counts[b] - counts[a] || (words[a] < words[b] ? -1 : 1));
const place = new Int32Array(words.length).fill(-1);
for (const [at, id] of kept.entries()) place[id] = at;
const whole = kept.reduce((sum, id) => sum + counts[id], 0);
const chance = kept.map((id) => Math.min(1, Math.sqrt(settings.frequent / (counts[id] / whole))));
const next = numbersFrom(0x2545f491);
const pairs = new Map();
for (const line of lines) {
  const own = [];
  for (const id of line) {
    const at = place[id];
    if (at >= 0 && (next() + 1) / 2 < chance[at]) own.push(at);
  }
  for (let a = 0; a < own.length; a += 1)
    for (let b = a + 1; b < Math.min(own.length, a + 1 + settings.window); b += 1) {
      const key = Math.min(own[a], own[b]) * kept.length + Math.max(own[a], own[b]);
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
    }
}
console.log(`${lines.length} lines, ${whole} words, ${kept.length} different ones kept, ${pairs.size} pairs`);
const matrix = positiveInformation(pairs, kept.length, { least: 3, smoothing: 0.75 });
const { dimensions } = settings;
const vectors = vectorsOf(matrix, dimensions);

for (const word of argument('--show', '').split(',').filter(Boolean)) {
  const at = kept.findIndex((id) => words[id] === comparedTerms(word)[0]);
  if (at < 0) continue;
  const likeness = (other) => {
    let sum = 0;
    for (let k = 0; k < dimensions; k += 1)
      sum += vectors[at * dimensions + k] * vectors[other * dimensions + k];
    return sum;
  };
  const near = [...kept.keys()].filter((other) => other !== at).sort((a, b) => likeness(b) - likeness(a));
  console.log(
    word.padEnd(12),
    near
      .slice(0, 9)
      .map((other) => `${words[kept[other]]} ${likeness(other).toFixed(2)}`)
      .join(', '),
  );
}

if (process.argv.includes('--write')) {
  const shareOf = (id) => counts[id] / whole;
  const rows = kept.map((id, at) => {
    const weight = Math.round((255 * settings.halved) / (settings.halved + shareOf(id)));
    const numbers = Array.from({ length: dimensions }, (_, k) =>
      Math.max(-127, Math.min(127, Math.round(vectors[at * dimensions + k] * 256))),
    );
    return `${words[id]} ${Buffer.from([weight, ...numbers.map((number) => number & 0xff)]).toString('base64')}`;
  });
  rows.sort();
  writeFileSync(
    'src/core/text/wordVectorTable.ts',
    `/**\n * Which words of software work are near in meaning, one a line: the term, then in base64 how much it tells (0..255) and its\n * vector (${dimensions} signed bytes). Written by \`scripts/trainWordVectors.mjs\`; do not edit by hand.\n */\nexport const wordVectorDimensions = ${dimensions};\n\nexport const wordVectorTable = \`\n${rows.join('\n')}\n\`;\n`,
  );
  console.log(`written: src/core/text/wordVectorTable.ts, ${rows.length} words`);
}
