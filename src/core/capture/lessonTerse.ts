/**
 * What is said with few words, spelled out so that it can be read as any other sentence: "plain text only" is "use plain
 * text only", "px → rem" is "use rem, not px", "jquery is a no go. plain dom" is "use plain dom, not jquery".
 */
import { instructs } from './lessonReading.ts';
import { readsAsThing } from './nounPhrase.ts';
import { lowered } from './nouns.ts';
import { coreOf } from './sentences.ts';
import { mostTerse, notOpposed, notSubject } from './terseCues.ts';

/** So few words, and no verb of its own. */
const mostWords = 5;
const mostWordsOfRule = 8;
const pointed =
  /^(?:it|its|this|that|these|those|they|them|he|she|i|we|you|there|what|which|who|both|works?|shows?)\b/i;
const isThing = (words: string, most = mostWords): boolean =>
  words.split(/\s+/).length <= most &&
  !pointed.test(words) &&
  !(/^\p{L}+(?: |$)/u.test(words) && instructs(words)) &&
  readsAsThing(words);

/** "Viridis or cividis." after what was ruled out: what to use. */
const namesOnly = (sentence: string | undefined): string | undefined => {
  const bare = sentence === undefined ? '' : bareOf(sentence);
  return bare !== '' && !/[?？]\s*$/.test(sentence ?? '') && isThing(bare) ? bare : undefined;
};

const bareOf = (sentence: string): string =>
  coreOf(sentence)
    .replace(/[.!?\s]+$/u, '')
    .replace(/,? (?:please|pls|plz|thanks|thx)$/i, '');

const unquoted = (words: string): string => words.replace(/^(["'“])(.+)["'”]$/, '$2').trim();

/** Without the colons inside it: "image: redis". */
const nameOf = (words: string): string => unquoted(words).replace(/:(?=\s?\S)/g, ' ');

const only = /^(?:(.+?)[,;:] )?((?:[^\s,;:]+ ){0,3}?[^\s,;:]+) only(?: here| everywhere)?$/i;
const against = new RegExp(
  `^(?:(.+?)[,;:] )?((?:${notSubject}[^\\s,;:]+(?!') ){1,3})not ${notOpposed}([^\\s,;:]+(?: [^\\s,;:]+){0,2})$`,
  'i',
);
const orderAgainst = /^([a-z]+ [^,;:]{3,60}?) not ((?:the |an? |all |whole )*[^\s,;:]+(?: [^\s,;:]+){0,3})$/i;
const arrow =
  /^([^,;:]{1,40}?|\S+: \S+?) ?(?:-+>|→|=>) ?("[^"]+"|\S+: [^\s,]+|[^\s,;:]+(?: (?!in |on |for |at |across |everywhere)[^\s,;:]+){0,2})((?: (?:in|on|for|at|across) [^,;]{2,50}| everywhere)?)(?:, (.+))?$/i;
const noGo =
  /^([^,;]{2,60}?) (?:is|are) (?:just |simply |really |always )?(?:an? )?(?:no.?go|no.?no|non.?starter|asking for (?:it|trouble)|accident waiting to happen|foot ?gun|(?:code )?smell|anti.?pattern|not an option)((?: (?:in|on|at|for|from|with|here)\b[^,;:]*)?)(?:, (.+))?$/i;
const misplaced =
  /^([^,;:]{2,60}?) (?:ha(?:s|ve) no (?:business|place)|(?:do|does)(?:n't| not) belong)(?: being)? ((?:in|on|at|inside|under) [^,;:]{2,60})$/i;
const rule =
  /^([^,;:]{4,80}?) (?:is|are) (?:the|our|a) (?:\w+ )?(?:rule|convention|standard|policy|default|norm|house style)(?: here| for us)?((?: in (?:this|our) \w+)?)$/i;
const howWeDo =
  /^(.{4,80}?),? (?:that's|that is|is) (?:just )?(?:how|what|the way) we do (?:it|this|things|that)(?: here)?$/i;
const leaving =
  /^we(?:'re| are|'ve been)(?: slowly| all| finally)? (?:getting rid of|moving (?:\w+ )?(?:off|away from)|leaving|dropping|phasing out|done with|retiring|ditching) ([^,;:]{2,40}?)(?:, (.+))?$/i;
const movedTo =
  /^(?:[^,;:]{2,40}[?,] )?we(?:'ve| have)? (?:moved|migrated|switched) (?:everything|all of it|it all|all \w+) (?:over )?to ([^,;:]{2,40}?)(?: (?:in|last|this|a) (?:\w+ ?){1,2}(?:ago)?)?$/i;
const conforming =
  /^((?:[^\s,;:]+ ){0,2}[^\s,;:]+ (?:like|same as|as in) (?:every other|(?:all )?the others|the rest)\b[^,;:]*)$/i;
const custom =
  /^(all (?:of )?our (?:[\w.-]+ ){1,4}?|our (?:[\w.-]+ ){1,3}?)(are|have|use|start|end|go|live|come|take|return)(?= )(?! (?:still|now|not|broken|failing|down|slow|red|gone|empty|\w+ing)\b)([^,;:]{2,60})(?:, (.+))?$/i;
const reproach =
  /^((?:why|who|since when) [^,;:]{3,60}), ((?:all |our |we |every|the whole |it's |there's ).+)$/i;
const weHave =
  /^why ([^,;:]{3,60}), (?:we have|there(?:'s| is| are)) ([^,;:]{2,40}?)(?: for (?:it|this|that))?$/i;
/** "Rem please, …" after "why is the padding 13px?": what was asked for in one word. */
const inOneWord = /^([^\s,;:]+(?: [^\s,;:]+)?) (?:please|pls|plz), (.+)$/i;
const nothingElse =
  /^nothing (?:else )?(?:but \S+ )?[a-z]+s [^,;:]{2,60}? ?(?:except|but|without|outside|until|unless)?[^,;:]{0,60}$/i;
const nothingFrom = /^(?:([^,;:]{2,40}), )?(nothing from [^,;:]{2,40} in (?:new|our|this) [\w-]+)$/i;

/** One sentence in the words others would have used; more than one where it said two things. */
function spelled(sentence: string, next: string | undefined, before?: string): readonly string[] | undefined {
  const asks = /[?？]\s*$/.test(sentence);
  const bare = bareOf(sentence.replace(/^\s*[-=]+>\s*/, ''));
  const [, done, ready] = weHave.exec(bare) ?? [];
  if (done !== undefined && ready !== undefined && isThing(ready)) return [`use ${ready}, not ${done}`];
  const reproached = reproach.exec(bare);
  if (reproached !== null && !asks) {
    const [, fault = '', said = ''] = reproached;
    return [`${fault}?`, ...(spelled(said, next) ?? [said])];
  }
  if (asks) return undefined;
  const banned = noGo.exec(bare);
  if (banned !== null && !pointed.test(banned[1] ?? '')) {
    const [, thing = '', where = '', why] = banned;
    const right = namesOnly(next);
    const what = lowered(thing);
    return [
      right === undefined ? `do not use ${what}${where}` : `use ${right}${where}, not ${what}`,
      ...(why === undefined ? [] : [why]),
    ];
  }
  const [, thing, place] = misplaced.exec(bare) ?? [];
  if (thing !== undefined && !pointed.test(thing)) return [`do not put ${lowered(thing)} ${place}`];
  const [, kept, within = ''] = rule.exec(bare) ?? howWeDo.exec(bare) ?? [];
  if (kept !== undefined && isThing(kept, mostWordsOfRule)) return [`keep to ${lowered(kept)}${within}`];
  const [, left, then] = leaving.exec(bare) ?? [];
  if (left !== undefined && isThing(left))
    return [`do not use ${left}${then === undefined ? '' : `, ${then}`}`];
  const now = movedTo.exec(bare)?.[1];
  if (now !== undefined && isThing(now)) return [`use ${now}`];
  const [, ours, be, how, more] = custom.exec(bare) ?? [];
  if (ours !== undefined)
    return [`${ours}should ${be === 'are' ? 'be' : be}${how}`, ...(more === undefined ? [] : [more])];
  const [, old, fresh, where = '', rest] = arrow.exec(bare) ?? [];
  if (old !== undefined && fresh !== undefined && isThing(nameOf(old)) && isThing(nameOf(fresh)))
    return [`use ${unquoted(fresh)}${where}, not ${unquoted(old)}`, ...(rest === undefined ? [] : [rest])];
  const [, word, besides = ''] =
    before !== undefined && /^why\b|\?\?/i.test(before) ? (inOneWord.exec(bare) ?? []) : [];
  if (word !== undefined && isThing(word)) return [`use ${lowered(word)}`, besides];
  const [, ahead, alone] = only.exec(bare) ?? [];
  if (alone !== undefined && isThing(alone) && !/\b(?:read|view|for now|once|now)$/i.test(alone))
    return [...(ahead === undefined ? [] : [ahead]), `use ${lowered(alone)} only`];
  const [, act, wrongAct] = orderAgainst.exec(bare) ?? [];
  if (
    act !== undefined &&
    instructs(act) &&
    !/\b(?:is|are|was|do|does|did|should|must|if|or|and|why)$/i.test(act)
  )
    return [`${act}, not ${wrongAct}`];
  const [, head, good, bad] = against.exec(bare) ?? [];
  if (good !== undefined && bad !== undefined && isThing(good.trim()) && isThing(bad))
    return [...(head === undefined ? [] : [head]), `use ${lowered(good.trim())}, not ${bad}`];
  if (conforming.test(bare) && isThing(bare.split(/ (?:like|same as|as in) /i)[0] ?? ''))
    return [`use ${lowered(bare)}`];
  const [, rather, none] = nothingFrom.exec(bare) ?? [];
  if (none !== undefined) return [`use ${rather === undefined ? none : `${rather}, ${none}`}`];
  if (nothingElse.test(bare) && /\b(?:except|but|without|outside|until|unless)\b/i.test(bare))
    return [`make sure ${lowered(bare)}`];
  return undefined;
}

/** "Map<String, Object>? No. A record": what is refused, and what to use. */
function refused(sentences: readonly string[], index: number): readonly string[] | undefined {
  const named = /^(.{2,50}?)(\?+)$/.exec(sentences[index] ?? '');
  const no = /^(?:no|nope|nah)[.,!]?$/i.test(sentences[index + 1] ?? '');
  if (named === null || (!no && (named[2] ?? '').length < 2)) return undefined;
  const right = namesOnly(sentences[index + (no ? 2 : 1)]);
  const wrong = (named[1] ?? '').replace(/^(?:an?|another|the|yet another) /i, '');
  return right === undefined || !isThing(wrong.replace(/<[^>]*>|\([^)]*\)/g, ''))
    ? undefined
    : [`use ${lowered(right)}, not ${wrong}`];
}

/** The sentences, those of a short message spelled out that say in few words how it shall be. */
export function spelledOut(sentences: readonly string[]): readonly string[] {
  const whole = sentences.join(' ');
  /* A list of what became of what is no wish. */
  if (whole.length > mostTerse || (whole.match(/-+>|→|=>/g)?.length ?? 0) > 1) return sentences;
  return sentences.flatMap((typed, index) => {
    /* "Where do I put it? -> in the vault": an answer to oneself. */
    const sentence = /[-=]>|→/.test(whole) ? typed.replace(/^\s*(?:[-=]*>|→)\s*(?=\p{L})/u, '') : typed;
    const next = sentences[index + 1];
    const said = refused(sentences, index) ?? spelled(sentence, next, sentences[index - 1]);
    if (said !== undefined) return said;
    /* "Import it by hand?? We moved everything to …": what is doubted so is no order. */
    const doubted = /\?\?+$/.test(sentence) && next !== undefined;
    return doubted && spelled(next, sentences[index + 2]) !== undefined ? [] : [sentence];
  });
}
