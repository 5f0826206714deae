/** Sentences of a message, freed of what is only talk. */
import { finished } from '../text/tongues.ts';
import { isImperativeVerb } from './verbs.ts';

/** Where a clause begins that says something of its own. */
const clauseStart =
  /\s+(?=and i (?:also |just |really )?(?:want|need|don't want)\b)|,\s+(?=but (?:can|could|would) you\b)|;\s+(?=(?:there(?:'s| is| are)|this|that|it) (?!and\b|too\b)\w)|\s[-–—]\s+(?=(?:do not|don't) [a-z])|(?:,|\s[-–—])\s+(?=(?:(?:but|and|also|so|please|instead)\s+)*(?:make sure|ensure|(?:always|never) (?!with|in|for|by|on|at|to|from)|i (?:only |just )?want(?:ed)?|i'd prefer|let's|you should|it should|this should|that should|there should|we should|you must|you need to|keep |look (?:at|up)|see the|from now on|going forward)\b)/i;

/** A clause after such a beginning belongs to it. */
const conditional =
  /^\s*(?:(?:and|also|so|but|please|no)[, ]+)*(?:when(?:ever)?|if|before|after|while|once|during|for|in|on|from now on|from here on|going forward|next time|as a rule)\b/i;

/** Not inside a name: `@dont-repeat.md` and `src/wont/` stay as they are. */
const outside = (source: string): RegExp =>
  new RegExp(`(?<![\\w@/.-])(?:${source})(?![\\w]|[-/]\\w|\\.\\w)`, 'gi');
const contractions: readonly (readonly [RegExp, string])[] = [
  [outside('(do|did|does|is|are|was|were|should|would|could|have|has|had|must|need)nt'), "$1n't"],
  [outside('cant'), "can't"],
  [outside('wont'), "won't"],
  [outside('(that|what|there|here)s(?! \\w+s\\b)'), "$1's"],
  [outside('(you|we|they)(re|ve)(?<!were)'), "$1'$2"],
  [outside('i(m|ve)'), "i'$1"],
  [/^lets\b/gim, "let's"],
  [/(?<=[,.] )lets\b/gi, "let's"],
  [
    /(?<=[\w)`'"],? )(?:bc|b\/c|bcs|bcuz|cuz|coz)(?= (?:i|i'd|i'm|it|its|it's|that|that's|this|the|there|there's|we|you|they|he|she|an?|my|our|of)\b)/gi,
    'because',
  ],
];

const emphasised =
  /(?<![\w`*])(?:\*\*([^\s*](?:[^*\n]{0,58}[^\s*])?)\*\*|\*([^\s*](?:[^*\n]{0,58}[^\s*])?)\*|_(\p{L}[\p{L} ']{0,40}\p{L})_)(?![\w`*])/gu;

/** "It _should_ be" → "It should be": the marks of Markdown add nothing to a sentence. Code keeps its own. */
export const withoutEmphasis = (text: string): string =>
  text
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(emphasised, '$1$2$3')))
    .join('');

/** "dont" → "don't", single spaces: people type fast, patterns need not. Names of files keep their spelling. */
export function withApostrophes(text: string): string {
  let result = text
    .replace(/[’‘ʼ]/g, "'")
    .replace(/(?<=\p{L}) ,(?= ?\p{L})/gu, ',')
    .replace(/(?<=\S)(?:[^\S\n]{2,}|[^\S\n ])(?=\S)/g, ' ');
  for (const [pattern, full] of contractions) result = result.replace(pattern, full);
  return result;
}

/** Code between single marks that runs over a line's end belongs together. */
export const withWholeCode = (text: string): string =>
  text.replace(/(?<!`)`(?!`)([^`]{1,200})`(?!`)/g, (code) => code.replace(/\s*\n\s*/g, ' '));

/** Splits into sentences and list items, in order. Dots inside names, numbers and paths do not end a sentence. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?。！？])\s+(?=\S)|(?<=[.!?][)"'”])\s+(?=\p{Lu})|(?<=[。！？])/u))
    .flatMap((sentence) => (conditional.test(sentence) ? [sentence] : clausesIn(sentence)))
    .map((sentence) => sentence.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** A clause that "always" or "never" opens has a verb, and stands beside a clause: "X, like Y, always V" is one. */
function clausesIn(sentence: string): readonly string[] {
  const [first = '', ...more] = sentence.split(clauseStart);
  const clauses = [first];
  for (const part of more) {
    const [, verb = ''] = /^(?:always|never) (\S+)/i.exec(part) ?? [];
    const before = clauses.at(-1) ?? '';
    if (verb === '' || (isImperativeVerb(verb) && isClause(before))) clauses.push(part);
    else clauses[clauses.length - 1] = `${before}, ${part}`;
  }
  return clauses;
}

const isClause = (text: string): boolean =>
  isImperativeVerb(/^[\p{L}-]+/u.exec(coreOf(text))?.[0] ?? '') ||
  /\b(?:i|you|we|it|they|that|this|is|are|was|were|am|be|do|does|did|has|have|had|can|could|should|must|will|would|need|needs|\w+n't|\w{3,}ed)\b/i.test(
    text,
  );

const opening =
  /^(?:(?:no+|nope|nah|yes|yeah|yep|ok|okay|right(?!\s+now\b(?!,?\s+(?:i (?:want|need|would|just)|i'd|please|let's)\b))|sure|great|good|nice|perfect|thanks|thank you|thx|well|so|now|then|and|but|or|instead|possibly|probably|however|also|actually|hm+|uh+|um+|hey|hi|wait|whoa|oops|whoops|ouch|sorry|alright|cool|better|almost|wrong|incorrect|hold on|come on|(?:look|listen|see)(?=,)|again|please|pls|just|again|mmm+|ah+|oh|argh|ugh|wtf|seriously|basically|honestly|in fact|to be honest|to be clear|as i said|like i said|by the way|btw|fyi|first|firstly|second|secondly|finally|additionally|furthermore|moreover|besides|likewise|(?:just )?one (?:(?:more|other|last|small|quick|minor|final|further) )*(?:change|thing|note|request|fix|remark|tweak|addition|correction|caveat)(?=\s*[,:–—-])|nein|non|não|нет|bitte|por favor|s'il te plaît|пожалуйста)\b(?:\s*[,.!:;—–-]+\s*|\.{2,}\s*|\s+(?!(?:need|more|longer|one|such|idea|way|to|it|of|at|that|that's|thats|like|for|good|enough|as)\b)))+/iu;
/** A verdict on what was done, before what is wanted: "that's not right, use …". */
const judged =
  /^(?:that|this|it)(?:'s| is| was| isn't| wasn't|'s not| is not| was not) (?:not )?(?:right|correct|true|good|it|what i (?:want|wanted|meant|asked for)),\s+(?=\S+ \S)/i;
const opinion =
  /^(?:i (?:really |also |still |just )?(?:think|believe|feel|guess|suppose|would say|noticed|see(?= (?:that|you|we|they|it|there|this)\b)|mean)(?: like)?(?: that)?|i'd say(?: that)?|perhaps|maybe|presumably|in my (?:opinion|thinking|view),?|it (?:seems|looks)(?: like| to me| that)+|seems(?: like| to me| that)*(?=\s+(?:the|this|we|it|there|you|our|an?)\b)|(?:that|this|which) makes me (?:think|wonder|feel)(?: that)?|(?:please )?(?:note|notice|remember|keep in mind|be aware|bear in mind)(?: that|:)|for (?:the record|context|reference)|in my opinion|imo|it is important (?:that|to)|important:|note:|important[,:]?)[,:]?\s+/i;

/** Without what opens a sentence before it says anything. */
export function coreOf(sentence: string): string {
  let core = sentence.trim();
  if (noneOf(core)) return core;
  for (let round = 0; round < 3; round += 1) {
    const next = core.replace(opening, '').replace(judged, '').replace(opinion, '').trim();
    if (next === core || next.length < 2) break;
    core = next;
  }
  return core;
}

/** "No banner yet" turns a thing down; "no, the banner", "no use the banner" and "no the other one" turn the assistant down. */
function noneOf(sentence: string): boolean {
  const [, word] = /^no ([\p{L}-]+)/iu.exec(sentence) ?? [];
  return word !== undefined && !answering.test(word) && !isImperativeVerb(word);
}
const answering =
  /^(?:i|i'm|you|we|he|she|they|it|its|that|thats|this|these|those|there|the|an?|my|our|your|not|don|dont|do|does|did|is|are|was|were|can|could|should|would|will|wait|just|only|please|pls|but|and|so|still|never|always|actually|really|of|need|more|longer|one|such|idea|way|problem|worries|thanks|thank|sorry|sir|man|dude|bro|wonder|matter|in|on|at|for|from|with|if|when|what|why|how|where|which|because|as|like|let|lets|look|see|both|all|each|every|same|then|now|again|sure|good|great|nothing|luck|clue|change|changes|doubt)$/i;

/** Outer punctuation off. */
export function trimmed(phrase: string): string {
  return phrase
    .trim()
    .replace(/^(?:[\s,;:!?—–-]|\.(?!\w))+|[\s,.;:!?—–-]+$/gu, '')
    .replace(/^(["'“])(.*)\1$/u, '$2');
}

const longest = 200;

/** A phrase as a sentence: capital, closing dot, at most {@link longest} characters, cut between words. */
export function asSentence(phrase: string): string {
  let text = phrase
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:—–-]+|[\s,;:!?—–-]+$/gu, '')
    .replace(/\.+$/, '')
    .trim();
  if (text.length > longest) {
    const cut = text.slice(0, longest);
    const end = Math.max(cut.lastIndexOf(', '), cut.lastIndexOf('; '), cut.lastIndexOf(' - '));
    text = trimmed(end > longest / 2 ? cut.slice(0, end) : cut.slice(0, cut.lastIndexOf(' ')));
  }
  if (text === '') return '';
  const isName = /^[`@#./]|^[a-z]+[A-Z_./(]/.test(text);
  if (/[.!?。！？]$/u.test(text)) return isName ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return isName ? `${text}.` : finished(text);
}
