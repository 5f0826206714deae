/**
 * Which words may name a topic, and how they are spelled. A topic is a thing: "tests", "session", "docker". What only
 * says how a thing is ("wrong", "longer"), or what is to be done with it ("use", "ask"), names none.
 */
import { keepLatest } from '../latest.ts';
import type { Memory } from '../memory.ts';
import { eachOf } from '../steps.ts';
import { verbBase } from '../text/imperative.ts';
import { stopWords } from '../text/stopWords.ts';
import { termsOf } from '../text/terms.ts';
import { joiningWords } from '../text/tongues.ts';

/** A tag as a topic may be named: no slash, no space. */
export const tagName = (tag: string) => tag.toLowerCase().replace(/[/\s]+/g, '-');

/** Each word that is written is asked for again and again. */
const keptWords = 4000;

/** The word a topic's name stands for: names are spelled as people do, words are stems. */
export const wordOf = keepLatest(keptWords, (name: string): string => {
  const [term, second] = termsOf(name);
  return term === undefined || second !== undefined ? name : term;
});

/** Words that say how, how much or when, and nouns for anything whatever. */
const describing =
  `long longer short shorter big bigger small smaller large larger high higher low lower wide narrow old older new newer early
  earlier late later good better best bad worse worst wrong correct proper appropriate exact different similar specific
  general common usual normal actual current previous recent existing following first second last next final whole entire
  full empty complete additional extra other certain main important necessary relevant possible available able clear
  simple easy hard difficult nice fine great ready sure unnecessary redundant missing broken deprecated several many
  yourself everywhere according even instead directly together currently properly correctly completely easily basically automatically anymore today
  one two three four five everything something nothing anything lot bit kind sort way part piece stuff case point
  time day fact reason example work job number part item place`.split(/\s+/);

let nameless: ReadonlySet<string> | undefined;

/** Those and little words of other languages, as stems; made at the first question, for nothing but a night asks. */
function namelessWords(): ReadonlySet<string> {
  nameless ??= new Set([...joiningWords, ...describing].map(wordOf));
  return nameless;
}

/** Stop words that come before a noun. */
const before: ReadonlySet<string> = new Set(
  `the a an this that these those my your our their its his her each every any all some no one two both another same in on of
  for from with without into about at by per via between under over`.split(/\s+/),
);

/** True where a word, given as its stem, can be the name of anything at all. */
export const couldName = (word: string): boolean => !namelessWords().has(word);

/**
 * Whether these memories speak of a thing when they say `word`, a stem. A word that is no verb is one wherever it is
 * written. Of one that is ("test", "commit", "use") the word before tells, in half of the places at least: an article,
 * a preposition or another noun ("the build", "unit test"), no pronoun and no "to"; or its plural. A tag is a name already.
 */
export function namesThing(word: string, carriers: readonly Memory[]): boolean {
  if (carriers.some((memory) => ownTags(memory).some((tag) => wordOf(tagName(tag)) === word))) return true;
  let [things, acts] = [0, 0];
  for (const { text } of carriers) {
    let last = '';
    for (const written of text.toLowerCase().match(/\p{L}[\p{L}\p{N}'’]*|[.,;:!?`"]/gu) ?? []) {
      if (written.length > 2 && wordOf(written) === word) {
        const base = verbBase(written);
        const plural = written === `${base}s` && last !== 'it';
        if (base === undefined || plural || (written === base && comesBeforeThings(last))) things++;
        else acts++;
      }
      last = written;
    }
  }
  return things > 0 && things >= acts;
}

const comesBeforeThings = (word: string): boolean =>
  before.has(word) || (/^\p{L}/u.test(word) && !stopWords.has(word.replace(/['’]/g, '')));

/** Those that capture gave: what sleep makes is filed under words of its own making. */
export const ownTags = ({ kind, tags }: Memory): readonly string[] => (kind === 'episode' ? tags : []);

type Forms = Map<string, Map<string, number>>;

function addForms(forms: Forms, memory: Memory): void {
  const plain = memory.text.toLowerCase().match(/\p{L}[\p{L}\p{N}]{2,23}/gu) ?? [];
  for (const written of [...plain, ...ownTags(memory).map(tagName)]) {
    const word = wordOf(written);
    const counts = forms.get(word) ?? new Map<string, number>();
    forms.set(word, counts.set(written, (counts.get(written) ?? 0) + 1));
  }
}

const commonest = (forms: Forms, word: string): string =>
  [...(forms.get(word) ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? word;

/** How words, given as stems, are spelled most often in a few memories. */
export function spelledIn(memories: readonly Memory[], words: readonly string[]): readonly string[] {
  const forms: Forms = new Map();
  for (const memory of memories) addForms(forms, memory);
  return words.map((word) => commonest(forms, word));
}

/** The same over many memories; found out once it is asked. */
export function createSpellings(
  memories: readonly Memory[],
  breathe: () => Promise<void>,
): (word: string) => Promise<string> {
  let counting: Promise<Forms> | undefined;
  const count = async () => {
    const forms: Forms = new Map();
    await eachOf(memories, breathe, (memory) => addForms(forms, memory));
    return forms;
  };
  return async (word) => {
    counting ??= count();
    return commonest(await counting, word);
  };
}
