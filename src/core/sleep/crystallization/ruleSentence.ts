/**
 * May a sentence be told as a rule? It must be an order (or a duty) about something that it names itself: whoever
 * reads it months later has neither the conversation nor the screen it was said at. Better no rule than a riddle.
 */
import { saysHowToServe } from '../../capture/scope.ts';
import { eachNeeds, holdsForKind } from '../../capture/standingKinds.ts';
import { standsAlone } from '../../capture/standsAlone.ts';
import { isImperative, verbBase } from '../../text/imperative.ts';
import { termsOf } from '../../text/terms.ts';
import { ordersInTongue, spaceless } from '../../text/tongues.ts';
import { isThin } from './thinSentence.ts';

/** Words that point outside of the sentence. `it` and its like are judged apart: they may have an antecedent. */
const pointing =
  /\b(?:this|these|those|here|there|(?:above|below)(?!\s+[\w`@./-])|too|i|i'?m|i'?ve|i'?d|mine|he|she|same(?=\W*$)|we'?re|we'?ve|you'?re|you'?ve|thats|that's|theres|there's|im|ive|just now|so far|yet|anymore|instead\.)(?![\w/.-]*[/\w])/i;
/** "that" may only introduce a clause: "rules that say", "make sure that". */
const pointingThat =
  /\bthat\b(?!\s+(?:is|are|was|were|has|have|can|could|will|would|should|must|may|do|does|don'?t|doesn'?t|need|needs|exist|exists|the|a|an|all|every|each|no|you|we|they|it|\w+s)\b|\s+[a-z]{3,}(?<!al|ous|ive|ed|er|ic|ble) (?:the|an?|all|every|no|any|our)\b)|\b(?:at|of|in|on|for|with|to|from|do|fix|use|change|edit|make|remove|delete|put|add|move|like|about|if|whether) that\b/i;
const pronoun = /\b(?:it|its|it's|them|they|their|one|ones)\b/i;
const byYourself = /\bdo (?:it|this|that) (yourself|without|right away|automatically|first|last)\b/gi;

/** "Do it yourself": "it" is whatever is at hand, always, and points at nothing. */
export const ofAnything = (text: string): string => text.replace(byYourself, 'act $1');

/** Something introduced within the sentence, that a later pronoun can mean. */
const introduced = /\b(?:a|an|any|every|each|all|no|when|if|new|only)\s+[\w`'"./-]+|\b[a-z]{3,}s\b/i;

/** Nouns that say nothing about which thing is meant unless another word does. */
const vague: ReadonlySet<string> = new Set(
  `file part thing stuff way bit piece line section work one code chang issu problem item field row place content text
  case point step time end begin top bottom side area detail version result output process everyth someth anyth noth
  wrong right correct first last next previou other proper appropri differ specif relev actual current exist follow
  good bad better best full whole rest direct careful more less much mani again now still realli all ani extra certain
  attach context instruct request messag convers chat session_here thi that`.split(/\s+/),
);

/** What began as somebody else's words, or lost its half: unpaired quotes and brackets, list marks, paths of traces. */
function isFragment(text: string): boolean {
  const count = (sign: string) => text.split(sign).length - 1;
  if (count('`') % 2 === 1 || count('"') % 2 === 1) return true;
  if (count('(') !== count(')') || count('[') !== count(']') || count('{') !== count('}')) return true;
  /* A comment, a tag, a line of a template; or it breaks off where the examples would begin. */
  if (
    /^(?:\/[/*]|<[!/a-z]|\{[%{#]|[}\])=;&|])/i.test(text) ||
    /\b(?:e\.?g|i\.?e|such as|for example)[.,:]*$/i.test(text)
  )
    return true;
  if (/[|{}<>]{2}|=>|&&|::|;\s*$|:\s*\.?$|^\W*\d+[.)]|\.\.\.|…/.test(text.replace(/`[^`]*`/g, '')))
    return true;
  /* A heading, or an announcement: "Attached below are the logs". */
  if (/\*\*/.test(text) || /^\w+ (?:above|below|here|attached) (?:is|are|you)\b/i.test(text)) return true;
  return /^\w+(?:\s+sure)?\s+(?:or|and|but|is|are|was|were|than)\b/i.test(text);
}

/** What is asked is not ordered, also where a reader put an order before it ("Fix: what about …"). */
const asking =
  /^fix:|^(?:why|do (?:people|we|i|you|they|users?))\b|\byour (?:fix(?:es)?|changes?|answers?|last|latest|draft|plan|proposals?|suggestions?|recommendations?|updates?|analysis)\b|(?:^|[:;,]\s+)(?:what|how|who|where|which|did|does|is|are)\b(?!\s+to\b)/i;

/** A moment, a trace, a credential: copied from somewhere. Or no English. */
const pasted =
  /\d{4}-\d\d-\d\d[T ]\d\d:|\b\d\d:\d\d:\d\d\b|\[redacted|\bat \S+:\d+:\d+|(?<!\w)[A-Za-z]:\\|^#|\b(?:hint|warn|warning|info|debug|error)\s?:\s|\s\/\s(?=\S*\d)(?=\S*[a-z])\S{8,}|\b(?:do|does|did|can|will) not (?:is|are|was|were|has)\b/i;

/** What moves a conversation on and teaches nothing. */
const flow =
  /^(?:(?:ok(?:ay)?|yes|yep|yeah|good|great|perfect|please|now|then|so|and|let'?s|can you|could you|go ahead and|just|also)[\s,.!]+)*(?:continue|proceed|go (?:on|ahead|with|for)|get started|start(?: with)?|begin|move on|next|try (?:again|it)|retry|implement (?:it|this|that|the (?:plan|next|changes?|rest)|option|phase|step|what)|do (?:it(?! yourself)|this(?! yourself)|that|phase|step|option|the rest|all)|option|phase|step|finish|complete (?:it|this|the)|keep going|work (?:on|through)|focus on|fix (?:it|this|that|them|these|the)|check (?:it|this|that|again|now)|see (?!@)|look at|take a look|help me|tell me|show me|talk (?:about|through)|discuss|think (?:about|through)|brainstorm|back up|(?:take a )?step back|explain to me|walk me)\b/i;

export const movesOn = (text: string) => flow.test(text);

const duty = new RegExp(
  `${/\b(?:must|should|always|never|have to|has to|needs? to)\b/.source}|${eachNeeds.source}`,
  'i',
);
const quoted = /`[^`]*`|"[^"]*"/g;

/** True where `text` can stand among the rules. Pure; errs towards false. */
export function standsAsRule(text: string): boolean {
  const bare = text.replace(/[’]/g, "'").trim();
  const words = bare.split(/\s+/);
  /* A message of several lines is no sentence, however it begins. */
  if (/\n/.test(bare)) return false;
  if (!saysEnough(bare) || words.length > 45 || /\?\s*$/.test(bare) || isFragment(bare)) return false;
  if ((asking.test(bare) && !saysHowToServe(bare)) || isThin(bare)) return false;
  const unquoted = bare.replace(quoted, 'QUOTED');
  if (pointing.test(unquoted) || pointingThat.test(unquoted)) return false;
  const found = pronoun.exec(ofAnything(unquoted));
  if (found !== null && !introduced.test(unquoted.slice(0, found.index))) return false;
  if (!isImperative(bare) && !duty.test(unquoted) && !ordersInTongue(bare) && !holdsForKind(bare))
    return false;
  if (pasted.test(bare) || movesOn(bare) || !standsAlone(text)) return false;
  if (atHand.test(unquoted)) return false;
  return namesSomething(bare);
}

/** A task, lines, an address: by its number, with leading zeros also where nothing says of what ("the checklist for 004"). */
const atHand =
  /#\s?\d+|\b(?:tasks?|tickets?|stor(?:y|ies)|specs?|plans?|milestones?)(?: for| of)?\s+\d+|\blines? \d+|\(\d+-\d+\)|(?<![\d.,:])0\d{2,}(?![.,:]?\d)|https?:\/\/|\b[0-9a-f]{12,40}\b/i;

const auxiliary = /^(?:do|not|don'?t|always|never|only|please|just|make|sure|to|be)$/;

/** "Do not write code": what is forbidden without an article is forbidden in general. */
const forbidsInGeneral = /^(?:do not|don'?t|never) \w+ (?:any )?(?:code|files|changes)\b/i;

/** Three words; where they are written without spaces, as many characters as that may be. */
const saysEnough = (text: string): boolean =>
  text.split(/\s+/).length >= 3 || (spaceless.test(text) && text.length >= 6);

/** At least one word, beside the verbs it begins with, that tells what the sentence is about. */
function namesSomething(text: string): boolean {
  let inVerb = true;
  if (forbidsInGeneral.test(text) || /`[^`]+`|"[^"]{2,}"/.test(text)) return true;
  for (const word of text.split(/\s+/)) {
    const plain = word.toLowerCase().replace(/\W+$/, '');
    if (plain === 'yourself') return true;
    /* "Generated files" are not any files. */
    inVerb &&= auxiliary.test(plain) || verbBase(plain) === plain;
    if (inVerb) continue;
    const terms = termsOf(word).filter((term) => !vague.has(term) && !/^\d+$/.test(term));
    if (terms.length > 0 && !/^\w+ly\W*$/i.test(word)) return true;
  }
  return false;
}
