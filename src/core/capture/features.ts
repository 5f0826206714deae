/** Turns one message into named numbers between −1 and 1 that a person can read. */

import { circumstancesOf, reachOf } from './circumstances.ts';
import { cuePriors } from './cuePriors.ts';
import { cues, functionWords } from './cues.ts';
import type { MessageSignal } from './message.ts';
import { afterPleasantry, framing, plainLower, plainSentences, withoutMarks } from './plainText.ts';
import { isStanding } from './standing.ts';
import type { StrippedMessage } from './strip.ts';

export interface FeatureInput {
  readonly stripped: StrippedMessage;
  /** Tail of what the assistant had said just before; empty for a first message, undefined where nobody knows. */
  readonly prev: string | undefined;
  readonly signals: readonly MessageSignal[];
}

const asciiOnly = /^[\0-\x7f]*$/;
const functionWordSet = new Set(functionWords);

/** One thing named against another, in several languages. */
const contrasts =
  /\b(?:use|using|do|put|keep|want|prefer|go with|it's|is|be|said|meant|on)\b[^.!?\n]{1,70}(?:, ?not|;? not|instead of|rather than) [\w`'"./@-]|^\W*(?:no,? )?[\w`./@-]+(?: [\w`./@-]+){0,3}, not [\w`]|\binstead of [^.!?\n]{2,60}, |(?:don't|do not|dont|never|stop) [^.!?\n]{2,60}[,;.] ?(?:but |just )?(?:use|prefer|do|put|keep|go) |(?<!\p{L})(?:statt|en (?:vez|lugar) de|au lieu de|em vez de|invece di|вместо)(?!\p{L})|(?:不要|别|別)[^，,。]{0,3}用|じゃなくて|ではなく|而不是|말고/u;
/** Most messages hold none of these words: looked for first, because it is cheap. */
const contrastHint =
  /not |instead|rather|don't|dont|never|stop|statt|en vez|en lugar|au lieu|em vez|invece|вместо|不|别|別|じゃ|では|말고/u;
/** An order not to, at the head of a sentence. */
const forbids =
  /(?:^|[.!?,;:\n]\s*|\b(?:please|and|but|also|so) )(?:don't|do not|dont|never|stop|avoid|quit|no more) (?!know|think|understand|see|mind|care|worry)\w+|\b(?:you|we) (?:should|must)(?:n't| not| never) |\b(?:i|we) (?:don't|do not|dont) want (?:you )?to /;

/** Cues of a choice or a prohibition: they are no less so as the first words of a conversation. */
const ordering = [
  'contrast',
  'forbids',
  'xNotY',
  'insteadOf',
  'weUse',
  'standing',
  'makeRule',
  'prefer',
] as const;

const prevClaims =
  /\b(?:i(?:'ve| have)|i) (?:just |now |also |successfully )?(?:updated|created|added|fixed|implemented|changed|removed|made|refactored|moved|completed|committed|modified|renamed|deleted|edited|pushed|merged|run|ran|verified|written|wrote|applied|replaced)\b|successfully|✅|\b(?:is|are|has been|have been) now\b|\bdone\b|\bcomplete[d]?\b|all set|🎉|🚀|\b(?:listo|he (?:\p{L}+ado|\p{L}+ido|hecho|puesto)|ahora (?:est[aá]|puedes|funciona)|completad[oa]|corregid[oa]|actualizad[oa]|j'ai \p{L}+é|terminée?|fonctionne maintenant|fertig|angepasst|hinzugefügt|erledigt|aktualisiert|pronto|corrigid[oa]|atualizad[oa]|adicionad[oa])(?!\p{L})|готово|обновил|исправ|добавил|тепер|完成|已经|已修|しました|완료|đã /iu;
/** The assistant left it to the user to try what it did or advised. */
const prevOffersTest =
  /\b(?:try (?:it|this|that|again|running|these|the)|you can (?:now )?(?:test|try|run|see|use)|should (?:now |all )?(?:work|be (?:able|fixed|resolved|working)|fix|resolve|solve|pass|load|see)|(?:re-?)?(?:run|start|load|build|test|deploy)\w* (?:it|this|the|your)\b[^.]{0,60}(?:again|and|now)|let me know (?:if|what|how|whether)|please (?:test|try)|test (?:it|this|now)|prueba|pruébalo|teste[rz]?\b|essaie|réessaie|versuche?|probiere?|попробуй|проверь|thử)/iu;
const prevAsks =
  /\b(?:would you like|do you want|shall i|should i|let me know|would you prefer|which (?:one|option|approach)|please (?:confirm|specify|provide|clarify))\b|\?\s*$/i;
const prevWillDo = /\b(?:i'?ll|i will|let me|i'm going to|now i|next,? i)\b/i;
const prevOptions = /(?:^|\n)\s*(?:\*\*)?(?:option )?(?:[1-4a-d])[.):]/i;

/**
 * The features of a message. Names are stable: `weights.ts` refers to them. Cues count 1 when present; shapes are
 * scaled into 0..1.
 */
export function featuresOf(input: FeatureInput): ReadonlyMap<string, number> {
  const features = new Map<string, number>();
  const { stripped, signals } = input;
  const prev = input.prev ?? '';
  const whole = plainLower(framing(stripped.own));
  const words = whole.match(/[\p{L}\p{N}_'-]+/gu) ?? [];
  /* Courtesy before the point says nothing about the point. */
  const text = afterPleasantry(whole);
  if (text !== whole) features.set('courtesy', 1);
  const bare = withoutMarks(text);
  for (const cue of cues) if (cue.pattern.test(bare)) features.set(cue.name, 1);
  if (contrastHint.test(text) && contrasts.test(text)) features.set('contrast', 1);
  if (forbids.test(text)) features.set('forbids', 1);
  if (isStanding(stripped.own)) features.set('standingSaid', 1);
  /* Scripts without spaces: two characters count as a word. */
  const spaceless = asciiOnly.test(text)
    ? 0
    : (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) ?? []).length;
  const count = words.length + Math.floor(spaceless / 2);
  const orders = ordering.some((name) => features.has(name));
  if (
    /\b[A-Z]{3,}\b.*\b[A-Z]{3,}\b/.test(stripped.own) &&
    /\b(?:NOT|NEVER|ALWAYS|MUST|STOP|DON'?T|ONLY|WRONG|NO)\b/.test(stripped.own)
  )
    features.set('shouting', 1);
  /* What the assistant had said matters only where the words, or what was pasted, could be a reason. */
  const matters =
    words.length <= mostWordsOfThing ||
    stripped.pasted.size > 0 ||
    stripped.failure !== undefined ||
    listed.test(text) ||
    failing.test(text) ||
    broken.some((name) => features.has(name)) ||
    hasEvidence(features);
  const claims = matters && prev !== '' && prevClaims.test(prev.slice(-700));
  for (const name of circumstancesOf(text, input.prev, { claims, words: count, orders }))
    features.set(name, 1);
  if (barePath.test(stripped.own.trim())) features.set('barePath', 1);
  const thing = isThing(words, features) && prev !== '' && stripped.pasted.size === 0;
  features.set('length', Math.min(1, Math.log2(1 + count) / 8));
  if (thing) features.set('terseReply', 1);
  if (count > 0 && count <= 3 && !thing) features.set('terse', 1);
  else if (count <= 8) features.set('short', 1);
  else if (count > 80) features.set('long', 1);
  if (words.length === 0) features.set('noWords', 1);
  if (count > 40 && (features.has('taskStart') || features.has('list'))) features.set('longTask', 1);
  if (/[?？]/.test(text)) features.set('hasQuestion', 1);
  if (/!/.test(text)) features.set('hasExclamation', 1);
  if (/\*\*?\w+\*?\*|(?<![\w])_\w+_(?![\w])/.test(stripped.own)) features.set('emphasis', 1);
  if (/^\s*(?:\d+[.)]|[-*]) /m.test(text)) features.set('list', 1);
  if (/`[^`]+`/.test(text)) features.set('namesCode', 1);
  if (stripped.quoted !== '') features.set('quotes', 1);
  for (const kind of stripped.pasted) features.set(`paste:${kind}`, 1);
  if (stripped.failure !== undefined) features.set('pastedFailure', 1);
  if (stripped.failure !== undefined && words.length <= 12) features.set('mostlyFailure', 1);
  if (input.prev === '') features.set('noPrev', 1);
  else if (prev !== '' && matters) {
    const tail = prev.slice(-700);
    if (claims) features.set('prevClaims', 1);
    if (prevAsks.test(tail.slice(-350))) features.set('prevAsks', 1);
    if (prevWillDo.test(tail)) features.set('prevWillDo', 1);
    if (prevOptions.test(tail)) features.set('prevOptions', 1);
    if (prevOffersTest.test(tail)) features.set('prevOffersTest', 1);
    if (features.has('pastedFailure')) features.set('failureAfterWork', 1);
    if (features.has('didYouAsk') && features.has('prevClaims')) features.set('doubtsClaim', 1);
    const fails = broken.some((name) => features.has(name));
    const worked = ['prevClaims', 'prevOffersTest'].some((name) => features.has(name));
    const requests = ['taskStart', 'whQuestion', 'foreignTask', 'foreignQuestion'].some((name) =>
      features.has(name),
    );
    if (fails && worked && !requests) features.set('failsAfterClaim', 1);
    if (
      failing.test(text) &&
      (worked || features.has('prevWillDo')) &&
      !requests &&
      !features.has('endsQuestion')
    )
      features.set('errorAfterWork', 1);
    const answered = worked || features.has('prevWillDo');
    if (
      stripped.pasted.size > 0 &&
      !stripped.pasted.has('document') &&
      words.length <= fewWords &&
      answered &&
      !requests
    )
      features.set('showsOutput', 1);
    if (features.has('settles') && (features.has('prevAsks') || features.has('prevOptions')))
      features.set('settlesOption', 1);
    if (features.has('steps') && (features.has('prevAsks') || features.has('prevOptions'))) {
      features.set('answersInTurn', 1);
      features.delete('steps');
    }
  }
  const fails = features.has('notWorking') || features.has('pastedFailure');
  /* A failure that the assistant had no hand in is a task, not a correction. */
  if (fails && prev === '') features.set('failsWithoutWork', 1);
  const doubts = ['negativeQuestion', 'whyYou', 'didYouAsk', 'insteadOf', 'makeRule'].some((name) =>
    features.has(name),
  );
  if (features.has('questionStart') && features.has('endsQuestion') && !doubts)
    features.set('plainQuestion', 1);
  if (features.has('courtesy') && complaints.some((name) => features.has(name)))
    features.set('courtesyThenComplaint', 1);
  for (const signal of signals) {
    if (signal.type === 'tool-rejected') features.set('toolRejected', 1);
    else if (signal.type === 'interrupted') features.set('interrupted', 1);
    else if (signal.type === 'vote' && !signal.up) features.set('votedDown', 1);
    else if (signal.type === 'edit' && signal.outcome === 'undone') features.set('editUndone', 1);
    else if (signal.type === 'command') features.set(signal.failed ? 'commandFailed' : 'commandSucceeded', 1);
  }
  if (stripped.interrupted) features.set('interrupted', 1);
  /* Only what shows a reason is weighed: of all else nobody asks where in it the cues stand. */
  if (hasEvidence(features)) {
    if (prev !== '') features.set('echo', echoOf(words, prev.slice(-700)));
    setPeak(features, bare);
    if (words.length > 0) setHead(features, text);
  }
  return features;
}

/** Cues that count more where the message begins. */
function setHead(features: Map<string, number>, text: string): void {
  const head = text.split(/[.!?\n]/, 1)[0] ?? '';
  for (const name of ['should', 'dont', 'again', 'isNot', 'youDid'] as const)
    if (cueNamed.get(name)?.test(head)) features.set(`head:${name}`, 1);
}

const mostWordsOfThing = 4;
const listed = /^\s*(?:\d+[.)]|[-*•])\s+\S/m;
/** Cues that something does not work. */
const broken = ['notWorking', 'notWorkingCjk', 'foreignNot', 'foreignNotCjk'] as const;

/** So many words beside what was pasted only introduce it. */
const fewWords = 14;
/** Speaks of something that went wrong. */
const failing =
  /(?<![\w`/.-])(?:errors?(?! (?:handling|feedback|messages?|boundar\w+|states?|pages?|reporting|toasts?))|exceptions?|bugs?|crash\w*|fehler|errore[s]?|erreurs?|erro|ошибк\S+|помилк\S+|chyb\S+|lỗi)(?![\w`/-])|错误|报错|エラー|에러/u;

/** How much the strongest sentence says by itself, 0..1: a complaint is one also amid tasks and thanks. */
function setPeak(features: Map<string, number>, text: string): void {
  const sentences = plainSentences(text);
  if (sentences.length < 2) return;
  const sums = sentences.map((sentence) =>
    weighing.reduce((sum, { pattern, prior }) => sum + (pattern.test(sentence) ? prior : 0), 0),
  );
  const peak = Math.max(...sums);
  if (peak > 0) features.set('peak', Math.min(1, peak / peakFull));
  features.set('several', 1);
}
/** The cues of which anything is believed. */
const weighing = cues.flatMap(({ name, pattern }) => {
  const prior = cuePriors[name]?.memorable ?? 0;
  return prior === 0 ? [] : [{ pattern, prior }];
});
/** Sum of priors (log-odds) at which a sentence counts in full. */
const peakFull = 3;

const cueNamed: ReadonlyMap<string, RegExp> = new Map(cues.map((cue) => [cue.name, cue.pattern]));

/** Cues that find fault, whatever stands before them. */
const complaints = [
  'wrong',
  'isNot',
  'notWorking',
  'missing',
  'noMore',
  'insteadOf',
  'youDid',
  'youDidNot',
  'startsActually',
  'stillFails',
  'tooMuch',
  'foreignNot',
  'errorName',
] as const;

/** Cues that settle or doubt something only beside others. */
const weak: ReadonlySet<string> = new Set([
  'onlyIf',
  'allowed',
  'because',
  'locate',
  'nameIt',
  'universal',
  'reportNow',
  'noticed',
]);
const strongEvidence: readonly string[] = [
  ...cues.flatMap(({ name, reason }) => (reason === undefined || weak.has(name) ? [] : [name])),
  'contrast',
  'forbids',
  'standingSaid',
  'terseReply',
  'failureAfterWork',
  'failsAfterClaim',
  'errorAfterWork',
  'showsOutput',
  'settlesOption',
  'answersInTurn',
  'shouting',
  'toolRejected',
  'interrupted',
  'votedDown',
  'editUndone',
];

/**
 * False if nothing was found that could be told as a reason: such a message is a routine one, whatever its length or
 * what came before.
 */
export function hasEvidence(features: ReadonlyMap<string, number>): boolean {
  return strongEvidence.some((name) => features.has(name));
}

const greeting =
  /^(?:hi|hello|hey|ping|test|done|stop|next|help|bye|wow|lol|haha|hm+|com+it?|clear|contin\w*|proce+d|added|pushed|fixed|merged|updated|[.?!]+|\d+)$/;

/** The features of a memorable message with those that tell how far it reaches. */
export function withReach(
  features: ReadonlyMap<string, number>,
  stripped: StrippedMessage,
): ReadonlyMap<string, number> {
  const wider = new Map(features);
  for (const name of reachOf(plainLower(stripped.own))) wider.set(name, 1);
  return wider;
}

/** Words of a report or an answer rather than of a name. */
const saysVerb =
  /^(?:is|are|was|were|be|has|have|had|pass|passes|passed|passing|works?|worked|working|runs?|fails?|failed|failing|now|ok|good|green|see|got|looks?|seems?|\w{2,}ed)$/;

/** Words of an order, an answer or a tongue in which nobody knows what is a name. */
const pointing =
  /^(?:please|pls|them|it|me|my|mine|us|yours?|this|these|that|here|mon|ma|mes|mi|este|esta|esto|el|los|las|un|una|voy|le|les|das|die|der|ein|eine|il|lo|o|os|um|uma|use|usa|go|let|run|show)$/;

/** A file's name and nothing else answers which file is meant; one that is mentioned (`@rule.md`) points at what it says. */
const barePath = /^(?!@)(?:[\w.-]+[\\/])*[\w-]+\.[a-z]{1,5}$|^(?!@)(?:[\w.-]+[\\/])+[\w.-]*$/i;

/** One to four words that name a thing and ask or order nothing: thrown in, they say what was meant. */
function isThing(words: readonly string[], features: ReadonlyMap<string, number>): boolean {
  if (words.length === 0 || words.length > mostWordsOfThing || words.some((entry) => pointing.test(entry)))
    return false;
  if (features.has('barePath')) return false;
  if (
    [
      'approvalStart',
      'taskStart',
      'questionStart',
      'endsQuestion',
      'goAhead',
      'praise',
      'howDo',
      'commitTask',
      'iDid',
      'hostCommand',
      'shellLine',
      'volunteers',
    ].some((name) => features.has(name))
  )
    return false;
  return (
    (words.length > 1 || /[\d._-]/.test(words[0] ?? '')) &&
    !words.some((entry) => greeting.test(entry) || saysVerb.test(entry) || !asciiOnly.test(entry)) &&
    words.some((entry) => entry.length >= 4 && !functionWordSet.has(entry))
  );
}

/** Share of the message's longer words that the assistant had just used: it speaks about the assistant's work. */
function echoOf(words: readonly string[], prev: string): number {
  const telling = words.filter((entry) => entry.length >= 4 && !functionWordSet.has(entry));
  if (telling.length === 0) return 0;
  const said = new Set(prev.toLowerCase().match(/[\p{L}\p{N}_'-]+/gu) ?? []);
  return telling.filter((entry) => said.has(entry)).length / telling.length;
}
