/** One thing in place of another: which is right and which is wrong is never guessed from order alone. */
import {
  adverb,
  firstWord,
  imperative,
  instructs,
  mayBeUsed,
  past,
  type Reading,
  replacement,
  type Shape,
  useNot,
  verbBase,
  verbPhraseBase,
  withoutVerb,
} from './lessonReading.ts';
import { turned, youDid } from './lessonReproaches.ts';
import { coreOf, trimmed } from './sentences.ts';
import { presentOf } from './verbs.ts';

/**
 * After an order not to, one word before a pronoun is an order as well, whatever the word: "never varnish it, oil it".
 * Not words of grammar, nor what ends like a report ("breaks it", "deleted them").
 */
const actsOnIt =
  /^(?!(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|if|for|with|without|not|and|or|but|on|in|at|to|from|by|of|like|as|than|then|since|because|so|what|why|how|when|where|who|all|both|only|even|after|before|until|unless|about|into|over|under|near|let)\b)(?!\w*(?:ing|ed|[^s]s)\b)[a-z]{2,} (?:it|them|those|these)\b/i;

/** In order of trust. */
export const contrastShapes: readonly Shape[] = [
  /* "Not the red lamp, you should be using the green one". */
  [
    /^not ((?!only\b|just\b|sure\b|yet\b)[^,;:]{2,50}?)[,;]? you should (?:be using|have used|use) ([^,;]{2,80})$/i,
    (wrong, right) => useNot(right, wrong),
  ],
  /* "Never use glue, but rather screws". */
  [
    /^(?:please )?(?:don't|do not|dont|never) use ([^,;]{2,60}?),? but (?:rather|instead) (?:use )?([^,;]{2,80})$/i,
    (wrong, right) => ({
      statement: `use ${trimmed(right)}, never ${trimmed(wrong)}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: 0.93,
    }),
  ],
  [
    /^(?:please )?(?:don't|do not|dont|never|stop) (use |using )?([^,;]{2,80}?)[,;] ?(?:but |and |just )?(?:use|using|prefer) (.{2,100}?)(?: instead)?$/i,
    (used, wrong, right) => ({
      statement:
        used === ''
          ? `use ${trimmed(right)}; do not ${verbPhraseBase(trimmed(wrong))}`
          : `use ${trimmed(right)} instead of ${trimmed(wrong)}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: 0.92,
    }),
  ],
  [
    /^(?:please )?(?:don't|do not|dont|never) ([^,;]{2,90}?)[,;](?: but| and| just| rather| always)? (?!(?:it|that|this|i|we|they|as|because|since|which|so)\b)([a-z]+ .{2,120}?)(?: instead)?$/i,
    (wrong, right) =>
      instructs(right) || actsOnIt.test(right)
        ? {
            /* "Do not guess paths; look them up": what is named stays before what points at it. */
            statement: /\b(?:it|them|they|one|its|their)\b/i.test(right)
              ? `do not ${trimmed(wrong)}; ${right}`
              : `${right}; do not ${trimmed(wrong)}`,
            wrong: trimmed(wrong),
            right: trimmed(right),
            certainty: instructs(right) ? 0.9 : 0.93,
          }
        : undefined,
  ],
  [
    /^(?:please |always )*([a-z]+ (?:the|a|an|our|your|all|every|any|each) [^,;]{2,80}?)[,;](?: but| and)? (?:don't|do not|dont|never) ([a-z]+ (?:it|them))$/i,
    (right, wrong) => ({
      statement: `${right}; do not ${wrong}`,
      wrong,
      right: trimmed(right),
      certainty: 0.9,
    }),
  ],
  [
    /^why (?:did|do|are|were|have|would) (?:you|we) (?:not )?(\w+) (.+?),? (?:instead of|rather than|and not) (.+)$/i,
    (verb, wrong, right) => turned(verbBase(verb), wrong, right),
  ],
  [
    /^(?:we|this (?:project|repo|repository|team))(?:'re| are| is) not (?:using|on) ([^,;]{2,80}), (?:we|it)(?:'re|'s| are| is) (?:just |only |all )*(?:using|on) (.{2,80})$/i,
    (wrong, right) => useNot(right, wrong),
  ],
  /* "We don't want to nest them, use the flat form". */
  [
    /^(?:i|we) (?:don't|do not|dont) (?:want|need)(?: you)? to ([^,;]{2,90}?)(?: ever| anymore| any more)?[,;](?: but| and| just| rather)? ([a-z]+ .{2,120})$/i,
    (wrong, right) =>
      instructs(right)
        ? {
            statement: `${trimmed(right)}; do not ${trimmed(wrong)}`,
            wrong: trimmed(wrong),
            right: trimmed(right),
            certainty: 0.9,
          }
        : undefined,
  ],
  [
    /^(?:please )?(?:(?:i |we )(?:don't|do not|dont) want (?:you )?to|don't|do not|dont|never) ([^,;]{2,60}?) (?:just )?please (?:just |go ahead and |go )?([a-z]+ .{2,120})$/i,
    (wrong, right) =>
      instructs(right)
        ? {
            statement: `do not ${trimmed(wrong)}; ${trimmed(right)}`,
            wrong: trimmed(wrong),
            right: trimmed(right),
            certainty: 0.9,
          }
        : undefined,
  ],
  [
    /^instead of (`[^`]{2,160}`|[^,]{2,90}), (?:please |just |let's |we should |you should |can (?:you|we) )*(.{2,140})$/i,
    (wrong, right) => replacement(right, wrong, ' instead of '),
  ],
  [
    new RegExp(`^you(?:'ve| have)? (?:${adverb} )*(${past})\\b (.{3,})$`, 'i'),
    (verb, rest) => (/(?:instead of|rather than|, not) /i.test(rest) ? youDid(verb, rest) : undefined),
  ],
  [
    /^(.{2,140}?) should(?:n't| not) (.{2,90}?), but (?:instead )?(.{2,90})$/i,
    (subject, wrong, right) => ({
      statement: `make sure ${subject} ${presentOf(firstWord(right), false)}${right.slice(firstWord(right).length)}, not ${wrong}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: /^(?:you|we|i|it|this|that)$/i.test(subject) ? 0 : 0.5,
    }),
  ],
  [
    /^(?:can|could|would)(?:n't|n’t|'t)? (?:you|we|it) (?:please |just |not |also )*(.{3,120}?) (instead of|rather than) (.{2,100})$/i,
    (right, _joint, wrong) => replacement(right, wrong, ' instead of '),
  ],
  [
    /^(?:(?:you|we) (?:should |must |need to |have to )?|let's |lets |please |just |i (?:want|prefer|would prefer|'d prefer)(?: you to| to)? |i'd (?:prefer|rather)(?: you)? )?(.{2,140}?),? (?:instead of|rather than|in place of|as opposed to) (.{2,100})$/i,
    (right, wrong) =>
      /^(?:you|i|why|how|what|it|this|that)\b/i.test(right) && !/^(?:you|we) (?:use|should|must)/i.test(right)
        ? undefined
        : replacement(right, wrong, ' instead of '),
  ],
  [
    /^(?:you|we) (?:can|could|may) (?:just |simply |also )?use (.{2,90}?) (?:over|instead of|rather than) (.{2,90})$/i,
    (right, wrong) => replacement(right, wrong, ' instead of '),
  ],
  [
    /^i(?:'d| would)?(?: really| strongly| much)? (?:(?:prefer|rather have) (?!you\b|to\b|if\b)(?=.{2,90} (?:over|to|more than) )|like (?!you\b|to\b)(?=.{2,90} (?:over|more than|better than) ))(.{2,90}?) (?:over|to|more than|better than) (.{2,90})$/i,
    (right, wrong) => ({
      statement: `prefer ${trimmed(right)} over ${trimmed(wrong)}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: 0.9,
    }),
  ],
  [
    /^(?:(?:we|this (?:project|repo|codebase|team)) (?:use|uses|want|wants|need|have|always use|only use)|i (?:want|need|meant|said|asked for)|(?:let's )?use|it(?:'s| is| should be| must be)|this (?:is|should be)|that(?:'s| should be)|should be) (.{2,110}?)[,;]? (?:—|–|- )?(?:and )?not (?:just )?(.{2,90})$/i,
    (right, wrong) =>
      /^(?:only|sure|yet|related|because|the case)\b/i.test(wrong) ||
      /, | so | and (?:it|that|i|we)\b/.test(right)
        ? undefined
        : useNot(right, wrong),
  ],
  [
    /^(\S+(?: \S+){0,3}), not (\S+(?: \S+){0,3})$/i,
    (right, wrong) =>
      instructs(right)
        ? {
            statement: `${right}, not ${wrong}`,
            wrong: trimmed(wrong),
            right: withoutVerb(right),
            certainty: 0.88,
          }
        : !mayBeUsed(right)
          ? undefined
          : {
              statement: `use ${right}, not ${wrong}`,
              wrong: trimmed(wrong),
              right: trimmed(right),
              certainty: 0.85,
            },
  ],
  [
    /^([a-z]+ .{2,120}?), (?:and )?not (.{2,100})$/i,
    (right, wrong) =>
      instructs(imperative(right))
        ? {
            statement: `${imperative(right)}, not ${trimmed(wrong)}`,
            wrong: trimmed(wrong),
            right: withoutVerb(imperative(right)),
            certainty: 0.85,
          }
        : undefined,
  ],
];

/** "use X, not Y" and its like, wherever they stand. */
export function contrastOf(sentence: string): Reading | undefined {
  const core = coreOf(sentence);
  for (const [pattern, read] of contrastShapes) {
    const match = pattern.exec(core);
    const reading = match === null ? undefined : read(...match.slice(1).map((group) => group ?? ''));
    if (reading?.wrong !== undefined && reading.right !== undefined && reading.certainty >= 0.85)
      return reading;
  }
  return undefined;
}
