/** Reproaches: what the assistant did, or is doing, is what was wrong. */
import { ordersIn } from '../text/imperative.ts';
import { auxiliaryAtEnd, type Reading } from './lessonReading.ts';
import { trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast } from './verbs.ts';

/** Where work is done: "the spec in the main workspace, not the session repo" sets two of these against each other. */
export const isPlace = (words: string): boolean =>
  /\b(?:work ?spaces?|worktrees?|repos?|repositor(?:y|ies)|branch(?:es)?|director(?:y|ies)|dirs?|folders?|sessions?|packages?|modules?|environments?|databases?|sandbox(?:es)?|containers?|forks?|clones?|cop(?:y|ies)|staging|production)$/i.test(
    words,
  );
const inPlace =
  /^((?:the|my|our|your|an?|these|those|this|that|its?) .+?) (in|on|to|from|at|into|under|inside|within) (.+)$/i;

/** "The oak door, not the pine one" → "the pine door". */
function named(right: string, wrong: string): string {
  const [, which] = /^((?:the|an?|my|our) [^,;]+?) ones?$/i.exec(right) ?? [];
  const thing = /^(?:the|an?|my|our) (?:[\w-]+ )+([a-z-]+)$/i.exec(wrong)?.[1];
  return which === undefined || thing === undefined ? right : `${which} ${thing}`;
}

/**
 * "edit X, not Y" said of what was done: X is wrong, Y is right. Where the two differ in place only, the thing stays:
 * "edited files in the copy, not the original" → "edit files in the original, not in the copy".
 */
export function turned(verb: string, did: string, meant: string): Reading | undefined {
  const wrong = trimmed(did);
  const right = named(trimmed(meant), wrong);
  /* "Removed a plank instead of mending it": "it" is the plank. */
  const [, meantAct, it] = /^(\w+ing) (it|them)$/i.exec(right) ?? [];
  if (meantAct !== undefined && it !== undefined && wrong !== '') {
    const better = `${baseOfGerund(meantAct)} ${wrong}`;
    return {
      statement: `${better}; do not ${verb} ${it}`,
      wrong: `${verb} ${wrong}`,
      right: better,
      certainty: 0.8,
    };
  }
  if (right === '' || wrong === '' || /^(?:even|only|just|yet|sure)\b/i.test(right)) return undefined;
  const [, object, at, here] = isPlace(right) ? (inPlace.exec(wrong) ?? []) : [];
  if (object !== undefined && at !== undefined && here !== undefined && isPlace(here))
    return {
      statement: `${verb} ${object} ${at} ${right}, not ${at} ${here}`,
      wrong: `${at} ${here}`,
      right: `${at} ${right}`,
      certainty: 0.85,
    };
  const place =
    /^(?!.*\b(?:the|my|our|your)\b.* (?:in|on|to|from|at|into|under|inside) )(.*?)\b(in|on|to|from|at|into|under|inside|within) (.+)$/i.exec(
      wrong,
    );
  const [, thing = '', preposition, where] = place ?? [];
  if (preposition !== undefined && where !== undefined) {
    const there = right.replace(/^(?:in|on|to|from|at|into|under|inside|within) /i, '');
    if (there !== right || thing === '' || /^(?:the|a|an|my|our|your)\b|^[`/@]/i.test(right))
      return {
        statement: `${verb} ${thing}${preposition} ${there}, not ${preposition} ${where}`,
        wrong: `${preposition} ${where}`,
        right: `${preposition} ${there}`,
        certainty: 0.85,
      };
  }
  const gerund = /^(\w+)ing\b(.*)$/.exec(right);
  const act = gerund === null ? `${verb} ${right}` : `${baseOfGerund(`${gerund[1]}ing`)}${gerund[2]}`;
  return { statement: `${act}, not ${wrong}`, wrong, right, certainty: 0.85 };
}

/** "do not edit X, not Y" holds both: what was read as forbidden as a whole is turned. */
export function untangled(reading: Reading): Reading | undefined {
  const match =
    /^(?:do not|never) (\w+) (.+?)(?:,? (?:and |but )?not(?: in(?:to)?)?|,? instead of|,? rather than) (.+)$/i.exec(
      reading.statement,
    );
  const [, verb, did, meant] = match ?? [];
  if (verb === undefined || did === undefined || meant === undefined || /[;,]/.test(did)) return reading;
  if (auxiliaryAtEnd.test(did)) return reading;
  return turned(verb, did, meant);
}

const helpful =
  /^(?:convinc\w*|fix|attempt|try|improve|finish|complete|manage|debug|investigate|suggest|propos\w*|recommend|mention|describe|say|said|find|identif\w*|notice|solve|explain|help|list|show|provide|give|agree|answer|see|point|advise|tell|know|understand|want|need|think|like)$/;

/** What nobody does on purpose: forbidding it teaches nothing. */
const mishap =
  /^(?:break|ruin|mess|screw|botch|butcher|mangle|garble|corrupt|wreck|confuse|mis(?!s$|s\b|take$)[a-z]{3,})$/;
const gotInto =
  /^(?:get (?:stuck|lost|confused|distracted|carried away|it wrong)|(?:introduce|cause|create|add) (?:an?|another|some|more|the same|new)? ?(?:new |another )?(?:errors?|bugs?|issues?|problems?|regressions?|failures?|mess)\b)/i;
/** The act itself was asked for; how it was done, or that it was done once, is all that is told. */
const inManner =
  /\b(?:somehow|incorrectly|wrongly|badly|poorly|improperly|by (?:mistake|accident)|ago|yesterday|last (?:week|month|time)|earlier|correctly|properly|nicely|perfectly|fine|well)\b/i;

/** "You added X, but the build has no Y": what comes after is what was wrong, not what was done. */
const otherwise =
  /,? but (?!(?:not|instead|rather)\b|(?:it's|its|that's|thats)\b|(?:it|that|this|they|these|those|you|we|i)\b(?! (?:are|were|did|forgot|have)\b(?! not\b)))\S/i;

/** "You renamed the class but not the file": one of these does not do instead of the other, it was left out. */
const besides =
  /^(?:change|update|edit|modify|rename|fix|adapt|adjust|document|test|translate|migrate|refactor|convert|bump|restyle|move|remove|delete)$/;

/** "Use the crane", "we only use the crane", "the crane, please": without closing dot; undefined where nothing is ordered. */
function orderIn(words: string): string | undefined {
  const [order] = ordersIn(words);
  if (order !== undefined)
    return `${order.text.charAt(0).toLowerCase()}${order.text.slice(1)}`.replace(/\.$/, '');
  const thing = trimmed(words).replace(/,? please$/i, '');
  return bareThing.test(thing) ? `use ${thing}` : undefined;
}

/** "… again, the crane", "…, we use the crane", "…, only lift what I ask": what was done, and what is wanted instead. */
const thenWanted =
  /^(.+?)(?: again(?:,|;| [-–—]) ?|(?:,|;| [-–—]) ?(?=(?:please |just )?(?:use|take|read|put|run|keep|write|import|move|pin|only|always|never|don't|do not|we (?:only |all |just )?(?:use|have|run|prefer))\b))(.+)$/i;
/** One to three words that name something: no pronoun, no verdict. */
const bareThing =
  /^(?!(?:it|this|that|these|there|i|you|we|they|he|she|why|what|how|same|not|no|nothing|wrong|still|so|too|very|please|and|but)\b)[\w@/.'`-]+(?: (?!(?:is|are|was|were|has|have|does|did|should|must|failed|fails|broke|works?)\b)[\w@/.'`-]+){0,2}$/i;

/** Reads a sentence about what the assistant did: wrong is what it did. What is said to be done instead, after "again", is the point. */
export function youDid(verbText: string, said: string): Reading | undefined {
  const verb = baseOfPast(verbText);
  const [, repeated, wanted] = thenWanted.exec(said) ?? [];
  if (repeated !== undefined && wanted !== undefined) {
    const did = youDid(verbText, repeated);
    const right = orderIn(wanted);
    if (did?.fault === true)
      return right === undefined
        ? { ...did, statement: `${did.statement}; ${wanted}` }
        : { statement: `${right}; ${did.statement}`, wrong: did.wrong, right, certainty: 0.75 };
  }
  const rest = said.replace(/ again(?=\s*(?:$|[,.;!]))/i, '');
  const [, did, left] = besides.test(verb) ? (/^([^,]+?),? but not ([^,;]+)$/i.exec(rest) ?? []) : [];
  if (did !== undefined && left !== undefined)
    return {
      statement: `${verb} ${trimmed(left)} together with ${trimmed(did)}`,
      wrong: `${verbText} ${trimmed(did)} without ${trimmed(left)}`,
      right: `${verb} ${trimmed(left)}`,
      certainty: 0.75,
    };
  const contrast =
    /^(.*?),? (?:instead of|rather than|and not|but not) (.+)$/i.exec(rest) ??
    /^(.*?), not (.+)$/i.exec(rest);
  if (contrast?.[1] !== undefined && contrast[2] !== undefined) {
    const reading = turned(verb, contrast[1], contrast[2]);
    if (reading !== undefined) return reading;
  }
  /* What helped is no misdeed. */
  if (helpful.test(verb) || mishap.test(verb) || gotInto.test(`${verb} ${rest}`)) return undefined;
  if (otherwise.test(rest)) return undefined;
  const what = trimmed(
    rest.replace(
      /,? (?:and (?!(?:the |an? |my |our )?[\w`@./-]+(?: [\w`@./-]+)?$)|and (?=(?:i|you|we|it|that|this|then|now|there|\w+ed|made|put|ran|wrote|broke|left|lost|did)\b)|(?:but|so|which|why)\b|(?:was|is|were|are) (?:that|this|it) \w+$).*$/i,
      '',
    ),
  );
  if (/^forget$/.test(verb))
    return { statement: `do not forget ${what}`, wrong: `forgot ${what}`, certainty: 0.75 };
  if (/^(?:miss|skip|omit|ignore|overlook)$/.test(verb))
    return { statement: `do not ${verb} ${what}`, wrong: `${verbText} ${what}`, certainty: 0.7 };
  if (/^only ./i.test(what) || inManner.test(what)) return undefined;
  const amiss =
    /^(?:at |in |to |from |with )?(?:the|an?|some) (?:completely |totally )?(?:wrong|incorrect) (.+)$/i.exec(
      what,
    );
  if (amiss?.[1] !== undefined)
    return {
      statement: `make sure to ${verb} ${what.replace(/\b(?:an?|the|some) (?:completely |totally )?(?:wrong|incorrect)\b/i, 'the right')}`,
      wrong: `${verbText} ${what}`,
      right: what.replace(/\b(?:an?|the|some) (?:completely |totally )?(?:wrong|incorrect)\b/i, 'the right'),
      certainty: 0.6,
      fault: true,
    };
  return {
    statement: `do not ${verb}${what === '' ? '' : ` ${what}`}`,
    wrong: `${verbText} ${what}`.trim(),
    certainty: what.length < 3 ? 0.35 : 0.65,
    fault: true,
  };
}
