/**
 * From what was said to an order: "you're editing the main copy, not the branch" → "Edit the branch, not the main
 * copy"; "why didn't you run the linter?" → "Run the linter". Shallow, and undefined where it would not be English.
 */
import { plainly, reasonBeside } from './plainSpeech.ts';
import { inverting } from './questions.ts';
import { clausesOf } from './stance.ts';
import { finished } from './tongues.ts';

/** Verbs that lessons to an assistant are made of; their inflections are made by rule. */
const verbs =
  `accept access add address avoid adjust align allow analyse analyze answer append apply approve archive ask assert assign
  assume attach avoid await backup batch begin bind block break bring build bump call cancel capture care change check
  choose clarify clean clear clone close collect combine commit compare compile complete compose compute condense
  configure confirm connect consider consult contain continue convert copy correct cover crash create cut debug decide
  declare decrease default define delay delegate delete deliver demonstrate deploy describe design destroy detect determine
  develop disable discard discuss display do document download draw drop duplicate echo edit embed emit enable encode
  end ensure enter evaluate examine exclude execute exit expand expect explain export expose extend extract fail fetch
  fill filter find finish fix flag focus follow force forget format generate get give go group guess handle hide hold
  ignore implement import improve include increase indent infer inform inject inline inspect install introduce invent invoke
  isolate join keep kill label launch lead learn leave limit link lint list load lock log look loop lower mark match
  measure mention merge migrate minify mock modify monitor move name nest note notify omit open order organize output
  overwrite parse pass paste patch pick pin place point poll post prefer prefix prepare prepend present preserve press
  prevent print proceed process produce prompt propose protect prove provide publish pull push put query quote raise
  read rebase rebuild record reduce refactor refer reference reformat regenerate register reject release reload rely
  remember remove rename render reorder repeat replace report request require rerun reset resolve respect respond
  restart restore retry return reuse revert review rewrite roll rotate run sanitize save say scan schedule search see
  select send separate serve set share ship show simplify skip sort specify split squash stage start stash stay stop
  store stub suggest summarize support suppress swap switch sync tag take talk target tell test think throw track translate
  treat trigger trim trust try tune turn type uninstall unify update upgrade upload use validate verify version wait
  warn watch work wrap write
  abbreviate account act adapt adopt aggregate allocate anonymise anonymize apologise apologize argue arrange automate backport bail
  bear bind brief capitalise capitalize charge cherry-pick chunk cite color colour comment comply concatenate confine
  consolidate consume construct count credit deduplicate define defer delegate deny deprecate dereference dismiss divide double
  draft drive ease email emphasise emphasize encrypt enforce engage escape escalate estimate favor favour fit flatten fold
  force-push freeze gather guard guess halt hand hardcode hard-code hash highlight host hyphenate impose inherit initialise
  initialize insert insist interrupt invite italicise italicize justify learn leak let lift lowercase maintain map memoize mind
  mutate narrow need normalise normalize number obey observe obtain own paint paraphrase park perform persist phrase
  postpone praise presume promise prune purge quarantine queue quit rank reach realign rebuild recommend recycle redirect
  redo rephrase reply reserve resist respond round route schedule scope seed serialize settle shorten shout shut sign size
  solve speak spell spend stack state steal stick stream stress strip structure subscribe suffix supply surface surround
  tab tally tamper taper tie touch toggle trade train trace transform translate traverse uppercase vary verify vet vote walk wash weigh
  whisper widen withhold worry`.split(/\s+/);

const irregular: readonly (readonly [string, string])[] = [
  ['made', 'make'],
  ['making', 'make'],
  ['make', 'make'],
  ['did', 'do'],
  ['done', 'do'],
  ['wrote', 'write'],
  ['written', 'write'],
  ['ran', 'run'],
  ['left', 'leave'],
  ['forgot', 'forget'],
  ['forgotten', 'forget'],
  ['gave', 'give'],
  ['took', 'take'],
  ['taken', 'take'],
  ['chose', 'choose'],
  ['chosen', 'choose'],
  ['broke', 'break'],
  ['broken', 'break'],
  ['kept', 'keep'],
  ['built', 'build'],
  ['said', 'say'],
  ['told', 'tell'],
  ['sent', 'send'],
  ['found', 'find'],
  ['hid', 'hide'],
  ['threw', 'throw'],
  ['went', 'go'],
  ['got', 'get'],
  ['held', 'hold'],
  ['drew', 'draw'],
  ['saw', 'see'],
  ['began', 'begin'],
  ['brought', 'bring'],
  ['overwrote', 'overwrite'],
  ['rewrote', 'rewrite'],
  ['chosen', 'choose'],
  ['put', 'put'],
  ['set', 'set'],
  ['reset', 'reset'],
  ['cut', 'cut'],
  ['split', 'split'],
  ['read', 'read'],
];

const doubling = /^(?:[^aeiou]*[aeiou][^aeiouwxy]|.*(?:mit|fer|get|gin|bug|mat|lin|top|cel))$/;

function inflections(verb: string): readonly string[] {
  const doubled =
    doubling.test(verb) && !/(?:format|edit|limit|open|order|cancel|label)$/.test(verb)
      ? verb + verb.slice(-1)
      : verb;
  if (verb.endsWith('e')) return [`${verb}d`, `${verb.slice(0, -1)}ing`];
  if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ied`, `${verb}ing`];
  return [`${doubled}ed`, `${doubled}ing`, `${verb}ed`, `${verb}ing`];
}

let inflected: ReadonlyMap<string, string> | undefined;

/** Plain forms by inflected ones; made at the first question, as the start of a session asks about plain forms only. */
function bases(): ReadonlyMap<string, string> {
  inflected ??= new Map([
    ...verbs.flatMap((verb) => inflections(verb).map((form): readonly [string, string] => [form, verb])),
    ...irregular,
  ]);
  return inflected;
}
const baseSet: ReadonlySet<string> = new Set([...verbs, 'make']);

/** The plain form of an English verb ("editing", "edited" → "edit"); undefined for what is not known as one. */
export function verbBase(word: string): string | undefined {
  const lower = word.toLowerCase();
  const known = baseSet.has(lower) ? lower : bases().get(lower);
  if (known !== undefined) return known;
  const [, prefix = '', rest = ''] = /^(re-?|un|over|pre-?|auto-|mis|de-?)(\w{4,})$/.exec(lower) ?? [];
  const stem = prefix === '' ? undefined : baseSet.has(rest) ? rest : bases().get(rest);
  return stem === undefined ? undefined : prefix + stem;
}

/** Does the sentence begin as an order, at once or after its condition? */
export function isImperative(text: string): boolean {
  const [first = '', second = ''] = text
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  if (/^(?:always|never|dont|only|first|just|please)$/.test(first))
    return baseSet.has(second) || first === 'never' || first === 'dont';
  if (first === 'do' && second === 'not') return true;
  if (first === 'be')
    return /^(?:very|more|less|careful|sure|concise|brief|explicit|consistent|specific|precise|honest|strict|conservative|minimal)$/.test(
      second,
    );
  if (conditions.test(first)) {
    const main = /^[^,]+(?:, (?:and|or|not) [^,]+)*, (.+)$/s.exec(text)?.[1];
    return main !== undefined && (isImperative(main) || duty.test(main));
  }
  return baseSet.has(first);
}

const conditions = /^(?:when|whenever|if|before|after|while|for|in|on|once|unless|during|at)$/;
const duty = /\b(?:must|should|always|never|has to|have to|needs? to)\b/i;

const lead =
  /^(?:(?:no+|nope|ok(?:ay)?|so|also|and|but|again|actually|please|pls|well|wait|still|yes|yeah|now|then|hey|hmm+|sorry|just|actually|also|in addition|go ahead(?: and)?|from now on|going forward|in (?:the )?future|next time)\b[\s,:–-]*)+/i;
const opinion =
  /^(?:i (?:think|see|noticed?|guess)(?: that)?|(?:it )?(?:looks|seems) like|make sure(?: (?:that|to))?|be sure to|ensure that|note that|(?:can|could|would) you(?: please)?|let'?s|we (?:should|must|need to|want to|have to)|i (?:really |specifically |only )?(?:want|need|would like|'d like|wanted)(?: you)? to|you (?:should|must|need to|have to|ought to|can)(?: just)?)\s+/i;
const tail =
  /(?:(?:\s*,\s*|\s+)(?:right now|just now|rn|please|pls|this time|again|for me|here|thanks|now|yet|instead|ok|okay))?\s*[?.!…]*$/i;

/** An order read out of a text. */
export interface Order {
  readonly text: string;
  /** The clause itself was said as lasting, or as something to be written down as a rule. */
  readonly standing: boolean;
}

/** The first clauses of `text` that can be said as orders, at most six. */
export function ordersIn(text: string): readonly Order[] {
  const orders: Order[] = [];
  for (const clause of clausesOf(text)) {
    const order = orderOf(clause);
    if (order === undefined || orders.some((other) => other.text === order)) continue;
    orders.push({ text: order, standing: lasting.test(clause) || !text.includes(clause) });
    if (orders.length >= 6) break;
  }
  return orders;
}

const lasting =
  /\b(?:always|never|from now on|going forward|by default|every time|we (?:only )?(?:use|prefer)|must)\b/i;
const openQuestion = new RegExp(
  `^(?:${inverting.join('|')}|what|which|who|where|when|how|isn'?t|didn'?t|doesn'?t) (?!it\\b|not\\b|the\\b.*[^?]$)`,
  'i',
);

/** "no delete the logs": an objection and an order, or a prohibition? Only a contrast tells; without one nothing is read. */
const bareNo = /^no+ (?=[a-z])/i;
const contrasted = /\b(?:instead|not|rather|but|again|never|always|don't)\b|[,:;–]/i;

/** "Make sure you push after a commit": what is to be made sure is the order, and no reproach. */
const seenTo =
  /^(?:(?:and|also|please|but|to) )*(?:(?:make|making|be) sure|ensure)(?: that)? you (?!(?:are|have|had|were|did|can|could|know|understand|get|see)\b)(?=[a-z])/i;

/** One clause as an order, capitalised and with a full stop. */
export function orderOf(clause: string): string | undefined {
  let words = plainly(clause.replace(/[’]/g, "'").replace(/\s+/g, ' '));
  const always = /\b(?:always|from now on|every time)\b/i.test(words) && !/\bnever\b/i.test(words);
  words = words
    .replace(
      /^((?:and|also|but|so|please)\s+)*(?:every|each) time (?:that )?(?=(?:you|we|i|someone|anyone)\b)/i,
      'whenever ',
    )
    .replace(/\b(?:from now on|going forward|every time|next time)\b,?\s*/gi, '')
    .replace(/,?\s*\balways$/i, '')
    .replace(/\balways\b(?:\s+to\b)?\s*/gi, '')
    .trim();
  words = reasonBeside(words, isImperative)?.order ?? words;
  words = words.replace(seenTo, '');
  if (bareNo.test(words) && !contrasted.test(words)) return undefined;
  words = words.replace(ourPlaceFirst, '');
  for (let turn = 0; turn < 3; turn += 1) words = words.replace(lead, '').replace(opinion, '');
  words = words.replace(tail, '');
  const order = readOrder(words);
  if (order === undefined) return undefined;
  if (!always || /\b(?:never|do not|don't)\b/i.test(order)) return sentence(order);
  const [, condition, main] = /^((?:when|whenever|if|before|after|while)\b[^,]+), (.+)$/i.exec(order) ?? [];
  return sentence(main === undefined ? `always ${order}` : `${condition}, always ${main}`);
}

function readOrder(words: string): string | undefined {
  const [, condition, main] =
    /^((?:when|whenever|if|before|after|while)\b[^,]{4,80}), (?:then )?(.+)$/i.exec(words) ?? [];
  if (condition !== undefined && main !== undefined) {
    const order = readOrder(main.replace(lead, ''));
    return order === undefined
      ? undefined
      : `${condition.charAt(0).toUpperCase()}${condition.slice(1)}, ${order.charAt(0).toLowerCase()}${order.slice(1)}`;
  }
  // After these openings grammar wants a verb, also one that is in no list.
  const rest = (pattern: RegExp, trusted = true) => plainOrder(pattern.exec(words)?.[1], trusted);
  const duty = /^you (?:shouldn'?t|mustn'?t|should not|must not|can'?t|cannot|don'?t)(?: be)? (.+)$/i;
  if (duty.test(words)) return prefixed('do not', rest(duty));
  const never = /^(?:we |you |i )?(?:must |should )?never (?:ever )?(.+)$/i;
  if (never.test(words)) return prefixed('never', rest(never));
  const forbidden =
    /^(?:(?:we |i )?(?:do not|don'?t)(?: (?:want|need) (?:you )?to)?(?: just| ever)?|stop(?= \w+ing\b)) (.+)$/i;
  if (forbidden.test(words)) return refused(rest(forbidden));
  const missed =
    /^(?:why (?:did|are|have|do) you not|why not|why (?:didn'?t|aren'?t|haven'?t|don'?t) you|(?:didn'?t|aren'?t|haven'?t) you|you (?:didn'?t|did not|aren'?t|are not|haven'?t|forgot to|failed to|should have|need to have)(?: been)?|you'?re not|did you|have you) (?:be )?(.+)$/i;
  if (missed.test(words)) return rest(missed);
  const wrong =
    /^(?:why (?:did|are|were|do) you(?: still)?|you(?: are| were| have| keep| just|'re|re|'ve)*) (.+)$/i;
  if (wrong.test(words)) return refused(rest(wrong, false));
  if (openQuestion.test(words)) return undefined;
  const [, verb = '', custom] = ourCustom.exec(words) ?? [];
  if (custom !== undefined) return plainOrder(`${verb.toLowerCase()} ${custom}`);
  /* "Generated clients belong …" orders nothing. */
  return /^(?:\w+(?:ed|ing))\b/i.test(words) &&
    !/^(?:need|feed|seed|embed|bring|bind|sing|ping|string)\b/i.test(words)
    ? undefined
    : plainOrder(words);
}

/** "We use pnpm here, not npm", "this repository follows …": how it is done is how it is to be done. */
const ourCustom =
  /^(?:we|(?:this|the|our) (?:project|repo|repository|codebase|code base|team|company))(?: all| only| exclusively| strictly| consistently| generally| usually)* (use|prefer|follow|avoid|stick|keep|write|name|deploy|release|commit|squash|merge|rebase|document|format)s? (.+)$/i;

const prefixed = (prefix: string, order: string | undefined) =>
  order === undefined ? undefined : `${prefix} ${order}`;

/** "edit X, not Y" as something unwanted → "edit Y, not X" where the places can change seats, else "do not edit X". */
function refused(order: string | undefined): string | undefined {
  if (order === undefined) return undefined;
  const [unwanted = '', wanted] = order.split(/,?\s+(?:and )?(?:not|instead of|rather than)\s+/i);
  if (wanted === undefined) return `do not ${order}`;
  const place = /^(.*\b(?:in|into|on|to|from|at|with|through|under|inside|as|for)\s+)(.+)$/i.exec(unwanted);
  if (place !== null) return `${place[1]}${bare(wanted)}, not ${bare(place[2] ?? '')}`;
  const [verb = '', ...object] = unwanted.split(' ');
  return object.length === 0 ? `do not ${unwanted}` : `${verb} ${wanted}, not ${object.join(' ')}`;
}

const bare = (place: string) => place.replace(/^(?:in|into|on|to|from|at|with)\s+/i, '');

/** A plain form: no inflection, no small word. */
const maybeVerb =
  /^(?!(?:the|this|that|these|those|you|your|our|and|any|all|more|new|not|just|only|for|with|from|into)$)[a-z]{3,}(?<!ing|ed|ly)$/;

/** `words` if they begin with a verb (plain form made), else undefined. */
function plainOrder(words: string | undefined, trusted = false): string | undefined {
  if (words === undefined) return undefined;
  const parts = words.trim().replace(lead, '').split(' ');
  const at = /^(?:always|only|just|actually|really|first|still)$/i.test(parts[0] ?? '') ? 1 : 0;
  if (/^be$/i.test(parts[at] ?? '') && /ing$/i.test(parts[at + 1] ?? '')) parts.splice(at, 1);
  const first = (parts[at] ?? '').replace(/[^a-z-]/gi, '').toLowerCase();
  const verb = verbBase(first) ?? (trusted && maybeVerb.test(first) ? first : undefined);
  if (verb === undefined || parts.length - at < 2) return undefined;
  const adverb =
    at === 1 && /^(?:always|only|first)$/i.test(parts[0] ?? '') ? `${parts[0]?.toLowerCase()} ` : '';
  /* "Never `cargo clean` a shared folder": a command between marks is the verb as it stands. */
  const spelled = /^[`"]/.test(parts[at] ?? '') ? parts[at] : verb;
  return `${adverb}${spelled} ${parts.slice(at + 1).join(' ')}`;
}

/** "Don't touch the seeds, never touch the seeds": once is enough. */
function withoutEcho(order: string): string {
  const [first = '', second, ...more] = order.split(/,\s+(?:and )?/);
  if (second === undefined || more.length > 0) return order;
  const core = (part: string) =>
    part
      .toLowerCase()
      .replace(/^(?:please |just )*(?:do not|don'?t|never|always|only) (?:ever )?/, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  if (core(first) !== core(second)) return order;
  return /^(?:never|always)\b/i.test(second) ? second : first;
}

/**
 * "In this repository", "here": a lesson is kept for the project it was said in, so these words point at nothing that
 * is not known. Where they are set against another place, they stay.
 */
const ourPlace =
  /\s+(?:in|for|throughout|across) (?:this|our) (?:(?:whole|entire) )?(?:project|repo|repository|codebase|code base|monorepo)(?=[\s.!]*$|,? (?:(?:and |but )?(?:not|never|don'?t|do not)|instead of|rather than) (?!in\b|on\b|at\b|for\b|to\b))/i;
const ourPlaceFirst =
  /^in (?:this|our) (?:project|repo|repository|codebase|code base|monorepo),? (?=\p{L})/iu;
const hereUsed =
  /^((?:always |only |never |do not |don'?t )?(?:use|prefer|follow|avoid|stick|run|write|install|test|build|format|lint|deploy|commit|name) [^,]+?) here(?=[\s.!]*$|,? (?:(?:and |but )?(?:not|never|don'?t|do not)|instead of|rather than) (?!in\b|on\b|at\b|for\b|to\b|there\b))/i;

const withoutOurPlace = (order: string) =>
  order.replace(ourPlaceFirst, '').replace(ourPlace, '').replace(hereUsed, '$1');

/** Capital, full stop, mentions without their sign. */
export function sentence(order: string | undefined): string | undefined {
  if (order === undefined) return undefined;
  const clean = withoutOurPlace(withoutEcho(order))
    /* "Do not start it on the host again": so it was said the second time; as a rule it holds the first time, too. */
    .replace(/^(do not \S.*?) again(?=\s*(?:$|[,;.!]))/i, '$1')
    .replace(/\s*\.{3,}(?=`)/g, ' …')
    .replace(
      /(?<!\b(?:in|to|with|by|from|of|at|on|see|follow|following|use|using|read|update|edit|check|into|per|the)) @([\w.'/-]*\w)[\s.]*$/i,
      ' (see $1)',
    )
    .replace(
      /(?:\s+according to|,?\s+as (?:it )?(?:is |was |has been )?(?:specified|stated|written|said|described|documented|explained|mentioned|defined|noted|set out) (?:by|in|at|under)) @([\w.'/-]*\w)/i,
      ' (see $1)',
    )
    .replace(/(^|\s)@(?=\w)/g, '$1')
    .replace(/\s+([,;.])(?!\w)/g, '$1')
    .replace(/ (?:just|simply|merely)[\s.!]*$/i, '')
    .replace(/(?:[\s,;:.!?。！？–*_(-]|(?<!\([^()]*)\))+$/, '')
    .trim();
  return clean === '' ? undefined : finished(clean);
}
