/**
 * Errands: orders that are done with once they are carried out ("check the export", "add a column for the price"). A
 * habit holds whenever there is occasion ("use the price format", "ask before you push"). English tells them apart by
 * the verb (telic or not; Vendler 1957) and by what makes a sentence generic: negation, contrast, condition, quantity.
 * An errand is a rule only where it was sent on over and over.
 */
import { verbBase } from '../../text/imperative.ts';
import { later } from '../../text/later.ts';
import { asciiOnly } from '../../text/terms.ts';

/** Verbs of conduct: what they name has no end. */
const conduct: ReadonlySet<string> = new Set(
  `use prefer follow apply run go ask answer avoid stick stay respect rely write say speak talk reply respond explain
   think keep name call test treat commit push work let wait stop consult trust favor favour remember mind be limit
   format document quote cite put store place wrap log throw return pass import export read mock match handle validate
   communicate leave ignore hold take tell assume`
    .trim()
    .split(/\s+/),
);

/** What makes of an act a way of acting. */
const generic =
  /\b(?:always|never|not|don'?t|cannot|without|avoid|only|instead of|rather than|over|every|each|any|whenever|when|if|before|after|while|unless|until|prior to|per|by default|as much as possible|yourself|first|must|should|as usual|from now on|in (?:the )?future|going forward)\b/i;

/** "Make sure the total is rounded": of what is built, what shall be true. */
const state = /^(?:please )?(?:make sure|ensure|be sure|verify|check)\b/i;

/** "Split subcommands into …": of the whole kind, where no article picks one out. */
const barePlural = later(() => /^(?:please )?[\p{L}-]+ (?:up |out )?(?!this\b|its\b)[\p{L}-]{2,}[^\Ws]s\b/u);
const asciiPlural = /^(?:please )?[A-Za-z-]+ (?:up |out )?(?!this\b|its\b)[A-Za-z-]{2,}[^\Ws]s\b/;
const firstWord = later(() => /^[\p{L}-]+/u);
const asciiFirst = /^[a-z-]+/i;

/** "In the glossary, sort the entries": where it is to be done makes no habit of it. */
const where =
  /^(?:in|on|at|for|from|under|within|inside|to) (?!(?:general|future|every|each|all|any|case)\b)[^,]{2,60}, /i;

/** True for a sentence that tells what is to be done once. */
export function isErrand(statement: string): boolean {
  const text = statement.trim().replace(where, '');
  if (state.test(text))
    return !/\b(?:always|never|every|each|any|whenever|when|before|after|you|we)\b/i.test(text);
  const ascii = asciiOnly.test(text);
  if (generic.test(text) || (ascii ? asciiPlural : barePlural()).test(text)) return false;
  const first = ((ascii ? asciiFirst : firstWord()).exec(text)?.[0] ?? '').toLowerCase();
  const verb = verbBase(first);
  return verb !== undefined && !conduct.has(verb);
}

/** Verbs that say little: "use", "run" and "go through" name the same act. */
const light = /^(?:use|run|go|do|be|have|get|make|let|work|apply|take|put)$/;

/**
 * The act that who says the same must name, too: "keep" of "Keep the old address". Undefined where a sentence forbids or
 * sets conditions (many acts can break "never edit the seeds"), and where its verb says little.
 */
export function actOf(statement: string): string | undefined {
  if (generic.test(statement)) return undefined;
  const rest = statement
    .replace(/^(?:please |just )+/i, '')
    .replace(/^(?:make sure|ensure|be sure)(?: that| to)? /i, '');
  const verb = firstWord().exec(rest)?.[0]?.toLowerCase() ?? '';
  return verbBase(verb) === undefined || light.test(verb) ? undefined : verb;
}
