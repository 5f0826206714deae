/** What an order points at, by name where the assistant had named it: "do not clean it up", "do that", "do it yourself". */
import { verbBase } from '../text/imperative.ts';
import { deedsIn } from './deeds.ts';
import { trimmed } from './sentences.ts';
import { baseOfPast } from './verbs.ts';

const claim =
  /(?:^|[.\n]\s*)I(?:'ve| have)?(?: now| just| also| successfully)* ((?:updat|creat|add|chang|remov|renam|mov|delet|edit|commit|push|mock|replac|install|refactor|format)\w*ed|made|wrote|ran|put|ran) ((?:[^.\n]|\.(?=\S)){3,60}?)(?=\.(?:\s|$)|\n|$)/gi;

/** At the head of an order; behind one, "do this without being asked" means that one. */
const doing = /^(?:(?:do not|don't|never|always|please|just|only) )*do (?:that|this|it)\b/i;

/** "do that" becomes what the assistant said it did, where it said only one thing. */
function whatWasDone(statement: string, prev: string): string {
  if (!doing.test(statement) || prev === '') return statement;
  const claims = [...prev.matchAll(claim)];
  const [only] = claims;
  if (claims.length !== 1 || only?.[1] === undefined || only[2] === undefined) return statement;
  /* Of several deeds, which? */
  if (only[2].split(/\s+/).length > 9 || / and [a-z]+ed\b/i.test(only[2])) return statement;
  const act = `${baseOfPast(only[1])} ${trimmed(only[2])}`;
  return statement.replace(/\bdo (?:that|this|it)\b/i, act);
}

/** A verb of the user's whose object only points: "do not clean it up". */
const pointing =
  /^((?:(?:do not|never|always|please|just) )*)([a-z]+) (it|them|that|this|these|those)((?: (?:up|out|down|off|back|away|over))?)(?=$|[ ,;])(.*)$/i;

/** The thing named after the verb: "the existing session first" → "the existing session". */
const object =
  /^((?:the|an?|your|my|our|its|all|`)[^,;.()]*?)(?: (?:first|now|again|for|to|in|on|by|with|from|so|as|and|which|that|before|after|if|when|because)\b.*)?$/i;
const mostWords = 6;

/** What a deed did to what: "was to clean up the existing session" → clean, "up", "the existing session". */
function objectOf(clause: string, verb: string, particle: string): string | undefined {
  const [, done = '', rest = ''] =
    /^(?:was to |asked whether to |left to the user: )?(?:try to )?([a-z]+) (.+)$/i.exec(clause) ?? [];
  if ((verbBase(done) ?? baseOfPast(done)) !== verb.toLowerCase()) return undefined;
  const named = object.exec(
    particle !== '' && rest.startsWith(`${particle} `) ? rest.slice(particle.length + 1) : rest,
  )?.[1];
  return named === undefined || named.split(' ').length > mostWords
    ? undefined
    : named.replace(/^your /i, 'the ');
}

/**
 * The order with what it points at by name, where the assistant had named only one object of the same verb. Undefined
 * where it points at nothing, or nobody said at what.
 */
function withObject(order: string, prev: string): string | undefined {
  const [, lead = '', verb, , particle = '', rest = ''] = pointing.exec(order) ?? [];
  if (verb === undefined) return undefined;
  const objects = new Set(
    deedsIn(prev).flatMap(({ clause }) => objectOf(clause, verb, particle.trim()) ?? []),
  );
  const [only] = objects;
  return objects.size === 1 && only !== undefined ? `${lead}${verb}${particle} ${only}${rest}` : undefined;
}

/** "Do it yourself" answers a question, or work given back: what was done instead is turned down with it. */
function insteadOf(order: string, prev: string): string | undefined {
  if (!/\byourself$/i.test(order) || /\b(?:ask|tell|instead|without)\b/i.test(order)) return undefined;
  const last = deedsIn(prev).findLast((deed) => deed.asks);
  if (last === undefined) return undefined;
  return `${order} instead of ${last.clause.startsWith('left') ? 'leaving it to the user' : 'asking'}`;
}

const pointsAtPaper =
  /\b(?:follow|obey|read|check|update|use|respect) (?:this|that) (rule|doc|document|guide|guideline|file)\b/i;
const paper = /(?<![\w/.-])@?(?:[\w.-]+\/)*([\w-]+\.mdc?)\b|`([\w-]+)` (?:rule|guide|doc)/gi;

/** "Follow this rule", where the assistant had named one only. */
function byName(order: string, prev: string): string | undefined {
  if (!pointsAtPaper.test(order) || paper.test(order)) return undefined;
  const named = new Set([...prev.matchAll(paper)].map((match) => match[1] ?? match[2] ?? ''));
  const [only] = named;
  return named.size === 1 && only !== undefined
    ? order.replace(/\b(?:this|that) (?:rule|doc|document|guide|guideline|file)\b/i, only)
    : undefined;
}

/** The order with what it points at by name, as far as the assistant's last words tell it without doubt. */
export function pointedAt(order: string, prev: string): string {
  if (prev === '') return order;
  return insteadOf(order, prev) ?? byName(order, prev) ?? withObject(order, prev) ?? whatWasDone(order, prev);
}
