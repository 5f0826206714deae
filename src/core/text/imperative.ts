/**
 * From what was said to an order: "you're editing the main copy, not the branch" → "Edit the branch, not the main
 * copy"; "why didn't you run the linter?" → "Run the linter". Shallow, and undefined where it would not be English.
 */
import { clausesOf } from './stance.ts';

/** Verbs that lessons to an assistant are made of; their inflections are made by rule. */
const verbs =
  `accept access add address adjust align allow analyse analyze answer append apply approve archive ask assert assign
  assume attach avoid await backup batch begin bind block break bring build bump call cancel capture care change check
  choose clarify clean clear clone close collect combine commit compare compile complete compose compute condense
  configure confirm connect consider consult contain continue convert copy correct cover crash create cut debug decide
  declare default define delay delegate delete deliver demonstrate deploy describe design destroy detect determine
  develop disable discard discuss display do document download draw drop duplicate echo edit embed emit enable encode
  end ensure enter evaluate examine exclude execute exit expand expect explain export expose extend extract fail fetch
  fill filter find finish fix flag focus follow force forget format generate get give go group guess handle hide hold
  ignore implement import improve include indent infer inform inject inline inspect install introduce invent invoke
  isolate join keep kill label launch lead learn leave limit link lint list load lock log look loop lower mark match
  measure mention merge migrate minify mock modify monitor move name nest note notify omit open order organize output
  overwrite parse pass paste patch pick pin place point poll post prefer prefix prepare prepend present preserve press
  prevent print proceed process produce prompt propose protect prove provide publish pull push put query quote raise
  read rebase rebuild record reduce refactor refer reference reformat regenerate register reject release reload rely
  remember remove rename render reorder repeat replace report request require rerun reset resolve respect respond
  restart restore retry return reuse revert review rewrite roll rotate run sanitize save say scan schedule search see
  select send separate serve set share ship show simplify skip sort specify split squash stage start stash stay stop
  store stub suggest summarize support suppress swap switch sync take talk target tell test think throw track translate
  treat trigger trim trust try tune turn type uninstall unify update upgrade upload use validate verify version wait
  warn watch work wrap write`.split(/\s+/);

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

const bases: ReadonlyMap<string, string> = new Map([
  ...verbs.flatMap((verb) => inflections(verb).map((form): readonly [string, string] => [form, verb])),
  ...irregular,
]);
const baseSet: ReadonlySet<string> = new Set([...verbs, 'make']);

/** The plain form of an English verb ("editing", "edited" → "edit"); undefined for what is not known as one. */
export function verbBase(word: string): string | undefined {
  const lower = word.toLowerCase();
  return baseSet.has(lower) ? lower : bases.get(lower);
}

/** Does the sentence begin as an order? */
export function isImperative(text: string): boolean {
  const [first = '', second = ''] = text
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  if (/^(?:always|never|dont|only|first|just|please)$/.test(first))
    return baseSet.has(second) || first === 'never' || first === 'dont';
  if (first === 'do' && second === 'not') return true;
  if (/^(?:when|if|before|after|while|for|in|on)$/.test(first)) return true;
  return baseSet.has(first);
}

const lead =
  /^(?:(?:no+|nope|ok(?:ay)?|so|also|and|but|again|actually|please|pls|well|wait|still|yes|yeah|now|then|hey|hmm+|sorry|just|go ahead(?: and)?|from now on|going forward|in (?:the )?future|next time)\b[\s,:–-]*)+/i;
const opinion =
  /^(?:i (?:think|see|noticed?|guess)(?: that)?|(?:it )?(?:looks|seems) like|make sure(?: (?:that|to))?|be sure to|ensure that|note that|(?:can|could|would) you(?: please)?|let'?s|we (?:should|must|need to|want to|have to)|i (?:really |specifically |only )?(?:want|need|would like|'d like|wanted)(?: you)? to|you (?:should|must|need to|have to|ought to|can)(?: just)?)\s+/i;
const tail =
  /\s*(?:,\s*)?(?:right now|just now|rn|please|pls|this time|again|for me|here|thanks|now|instead)?\s*[?.!…]*$/i;

/** The first clauses of `text` that can be said as orders, at most four. */
export function ordersIn(text: string): string[] {
  const orders: string[] = [];
  for (const clause of clausesOf(text)) {
    const order = orderOf(clause);
    if (order !== undefined && !orders.includes(order)) orders.push(order);
    if (orders.length >= 4) break;
  }
  return orders;
}

/** One clause as an order, capitalised and with a full stop. */
export function orderOf(clause: string): string | undefined {
  let words = clause.replace(/[’]/g, "'").replace(/\s+/g, ' ').trim().replace(lead, '');
  let standing = /^(?:.*\b)?(?:always|from now on)\b/i.test(clause) ? 'always' : '';
  for (let turn = 0; turn < 3; turn += 1) words = words.replace(opinion, '').replace(lead, '');
  words = words.replace(tail, '');
  const negatedDuty =
    /^you (?:shouldn'?t|mustn'?t|should not|must not|can'?t|cannot|don'?t)(?: be)? (.+)$/i.exec(words);
  const forbidden =
    /^(?:(?:we |i )?(?:do not|don'?t)(?: want (?:you )?to)?|avoid|stop|no more|not) (.+)$/i.exec(words);
  const never = /^(?:we |you )?(?:must )?never (.+)$/i.exec(words);
  const missed =
    /^(?:why )?(?:didn'?t|did you not|aren'?t|haven'?t|why not) (?:you )?(.+)$/i.exec(words) ??
    /^you (?:didn'?t|did not|aren'?t|are not|haven'?t|forgot to|failed to)(?: been| be)? (.+)$/i.exec(
      words,
    ) ??
    /^you'?re not (.+)$/i.exec(words);
  const wrongAct =
    /^why (?:did|are|were|do|is) you (?:still )?(.+)$/i.exec(words) ??
    /^you(?:'re|re| are| were| have| keep| just|'ve)* (.+)$/i.exec(words);
  const either = (negated: RegExpExecArray | null) => plainOrder(negated?.[1]);
  if (negatedDuty !== null) return sentence(prefixed('Do not', either(negatedDuty)));
  if (never !== null) return sentence(prefixed('Never', either(never)));
  if (forbidden !== null) return sentence(contrasted(either(forbidden)));
  if (missed !== null) return sentence(either(missed));
  if (wrongAct !== null) return sentence(contrasted(either(wrongAct)));
  if (/^always\s/i.test(words)) standing = '';
  const own = plainOrder(words);
  return sentence(standing !== '' && own !== undefined ? `${standing} ${own}` : own);
}

const prefixed = (prefix: string, order: string | undefined) =>
  order === undefined ? undefined : `${prefix} ${order}`;

/** "edit X, not Y" as something unwanted → "edit Y, not X" where the places can change seats, else "do not edit X". */
function contrasted(order: string | undefined): string | undefined {
  if (order === undefined) return undefined;
  const [unwanted = '', wanted] = order.split(/,?\s+(?:and )?(?:not|instead of|rather than)\s+/i);
  if (wanted === undefined) return `do not ${order}`;
  const place = /^(.*\b(?:in|into|on|to|from|at|with|through|under|inside|as|for)\s+)(.+)$/i.exec(unwanted);
  if (place !== null) return `${place[1]}${bare(wanted)}, not ${bare(place[2] ?? '')}`;
  const [verb = '', ...object] = unwanted.split(' ');
  return object.length === 0 ? `do not ${unwanted}` : `${verb} ${wanted}, not ${object.join(' ')}`;
}

const bare = (place: string) => place.replace(/^(?:in|into|on|to|from|at|with)\s+/i, '');

/** `words` if they begin with a verb (plain form made), else undefined. */
function plainOrder(words: string | undefined): string | undefined {
  if (words === undefined) return undefined;
  const parts = words.trim().replace(lead, '').split(' ');
  const at = /^(?:always|only|just|actually|really|first|still)$/i.test(parts[0] ?? '') ? 1 : 0;
  const verb = verbBase((parts[at] ?? '').replace(/[^a-z-]/gi, ''));
  if (verb === undefined || parts.length - at < 2) return undefined;
  const adverb =
    at === 1 && /^(?:always|only|first)$/i.test(parts[0] ?? '') ? `${parts[0]?.toLowerCase()} ` : '';
  return `${adverb}${verb} ${parts.slice(at + 1).join(' ')}`;
}

/** Capital, full stop, mentions without their sign. */
export function sentence(order: string | undefined): string | undefined {
  if (order === undefined) return undefined;
  const clean = order
    .replace(/(^|\s)@(?=\w)/g, '$1')
    .replace(/\s+([,;.])/g, '$1')
    .replace(/[\s,;:.!?–-]+$/, '')
    .trim();
  if (clean === '') return undefined;
  return `${clean.charAt(0).toUpperCase()}${clean.slice(1)}.`;
}
