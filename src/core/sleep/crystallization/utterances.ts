/**
 * What a message says, lesson by lesson. "Add a column for the price, and don't touch the seeds" holds a task and a
 * lesson: compared whole, it is like no other message; sentence by sentence, it is like the next one that guards the
 * seeds. A message becomes one utterance for each sentence that says something of its own, and all of them keep the
 * identity of their episode.
 */
import { isStandingSentence } from '../../capture/standing.ts';
import type { Memory } from '../../memory.ts';
import { verbBase } from '../../text/imperative.ts';
import { pointOf } from '../../text/point.ts';
import { ownWords, stancesOf, wordsOf } from '../../text/stance.ts';
import { shareOfTerms, termSetOf } from '../../text/terms.ts';
import { asksForItsRecord } from './ruleRecord.ts';

export const utteranceTable = {
  /** Utterances kept of one message: those said with most force. */
  most: 6,
  /** A sentence with fewer terms of its own belongs to the one before it. */
  leastTerms: 2,
  /** Shorter messages are one utterance. Words. */
  whole: 8,
  /** A lesson was read from the sentence that says at least this share of it. */
  told: 0.6,
} as const;

/** A sentence that goes on about the one before: its reason, its condition, what "it" or "that" does. */
const goesOn =
  /^(?:(?:and|but|so|then|also|or)\s+)?(?:because|since|otherwise|so that|as (?:it|this|that|we)|which|(?:this|that|these|those)(?! [\p{L}-]+(?:,| [\p{L}-]+,?)? (?:is|are|was|were|isn'?t|aren'?t|has|have|must|should|needs?|does|do|doesn'?t|don'?t)\b)|that's|thats|it|its|it's|they|them|there|if (?:not|so)|be (?:more )?(?:careful|specific)|think|explain|why)\b/iu;

const listMark = /^\s*(?:[-*•]|\d+[.)])\s+/;

/** Sentences and items of a list, in order. Dots inside names and numbers end nothing. */
function sentencesIn(text: string): readonly string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.replace(listMark, '').split(/(?<=[.!?;。！？])\s+(?=\S)|(?<=[。！？])/u))
    .flatMap((sentence) => sentence.split(joint))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence) && !copied.test(sentence));
}

/** A line of a log, a heading, a row of a table, a bare address: nobody says it. */
const copied =
  /^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d|\[?\d\d:\d\d:\d\d|#{1,6}\s|\|.*\||[❯$>]\s|https?:\/\/\S+$|at \S+ \(|[MADRU?]{1,2}\s+\S+$|[✓✔✕✖●×]\s)/;

/** A new order within a sentence: ", and make sure …", ", also never …", "and always …". */
const joint =
  /(?<!\bto),?\s+(?:and\s+|but\s+)?(?=(?:(?:and |also |please )*(?:make sure|making sure|be sure to|ensure that|also,? (?:please )?(?:don'?t|do not|never|always|make sure|add|update|use|keep))\b))|,?\s+(?:and|but)\s+(?=(?:always|never)\s+[a-z])/i;

const isPoor = (sentence: string) =>
  termSetOf(sentence).size < utteranceTable.leastTerms && !/@\w/.test(sentence);
const joined = (one: string, other: string) => `${one}${/[.!?;,:]$/.test(one) ? '' : '.'} ${other}`;

/** A sentence with those that go on about it. "Looks good!" before all others says nothing. */
function remarksIn(text: string): readonly string[] {
  const remarks: string[] = [];
  for (const sentence of sentencesIn(text)) {
    const last = remarks.at(-1);
    if (last !== undefined && praise.test(last) && remarks.length === 1) remarks[0] = sentence;
    else if (last !== undefined && (isPoor(sentence) || goesOn.test(sentence)))
      remarks[remarks.length - 1] = joined(last, sentence);
    else remarks.push(sentence);
  }
  return remarks;
}

const praise =
  /^(?:(?:ok(?:ay)?|yes|yeah|yep|no|nope|good|great|perfect|awesome|nice|thanks?|thank you|sounds?|looks?|looking|that'?s?|this|is|it|much|better|very|pretty|so|far|cool|hm+|hi|hello|hey|well|done|job|work|you|sure|right|correct)[\s,.!:?]*)+$/i;

/** "Add a rule on how to write release notes", then a list: each item holds when release notes are written. */
const headed =
  /^\s*(?:(?:please|also|and|ok(?:ay)?|so|now|let'?s|can you)[\s,]+)*(?:add|make|create|write|record|update|extend|improve) (?:an?|the|that|our|this|another|some) (?:new )?(?:[\w-]+ ){0,2}(?:rules?|guides?|guidelines?|guidance|conventions?|instructions?|docs?|document)(?: (?:providing|with|giving) guidance)? (?:on|about|for|of|re|regarding) (?:how (?:to|we) )?((?:[\p{L}-]+ ){0,4}[\p{L}-]+)[.:]?\s*\n+\s*(?:[-*•]|\d+[.)])\s/iu;

function occasionIn(text: string): string | undefined {
  const about = headed.exec(text)?.[1];
  if (about === undefined || /\b(?:this|that|these|those|it|you|your|my)\b/i.test(about)) return undefined;
  const [first = '', ...rest] = about.split(' ');
  const verb = rest.length === 0 ? undefined : verbBase(first.toLowerCase());
  return verb === undefined ? `it is about ${about}` : `you ${verb} ${rest.join(' ')}`;
}

/** Without the further orders that are told with its lesson. */
function toThePoint(episode: Memory): Memory {
  const statement = pointOf(episode.lesson.statement);
  return statement === episode.lesson.statement
    ? episode
    : { ...episode, lesson: { ...episode.lesson, statement } };
}

/** The utterances of an episode, in the order they were said; the episode itself where it says one thing. */
export function utterancesOf(episode: Memory): readonly Memory[] {
  if (wordsOf(episode.text).length < utteranceTable.whole) return [toThePoint(episode)];
  const remarks = remarksIn(ownWords(episode.text));
  if (remarks.length < 2)
    return [
      toThePoint(asksForItsRecord(episode.text) ? { ...episode, standing: true, oneOff: false } : episode),
    ];
  const { lesson } = episode;
  const point = pointOf(lesson.statement);
  const shares = remarks.map((remark) => shareOfTerms(point, remark));
  const best = Math.max(...shares);
  // A statement that is the whole message over again tells nothing about its sentences.
  const told = best < utteranceTable.told ? -1 : shares.indexOf(best);
  const lasting = remarks.map((remark) => remark.split(/(?<=[.!?])\s+/).some(isStandingSentence));
  const nowhere = !lasting.some(Boolean);
  const occasion = occasionIn(episode.text);
  const utterances = remarks.map((text, at): Memory => {
    const own = at === told;
    return {
      ...episode,
      text,
      lesson: {
        ...(occasion === undefined || at === 0 ? {} : { when: occasion }),
        ...(own ? { ...lesson, statement: point } : { statement: '' }),
      },
      standing:
        asksForItsRecord(text) ||
        (episode.standing && (lasting[at] === true || (nowhere && (own || told < 0)))),
    };
  });
  const force = utterances.map(({ text, label }) =>
    Math.max(0, ...stancesOf(text, label === 'correction').map((stance) => stance.force)),
  );
  const kept = new Set(
    [...utterances.keys()]
      .sort((a, b) => Number(b === told) - Number(a === told) || (force[b] ?? 0) - (force[a] ?? 0) || a - b)
      .slice(0, utteranceTable.most),
  );
  return utterances.filter((_, at) => kept.has(at));
}
