/**
 * What a means is for. "Use `quay`, not `dock ls`" chooses one and leaves open when; its owner says so elsewhere ("use the
 * `quay` command for harbour queries"), and beside a rule that wants `dock ls` for something else it has to be told.
 */
import type { Memory } from '../../memory.ts';
import type { Steps } from '../../steps.ts';

/** A sentence that chooses a means by its name, and says no more. */
const chosen =
  /^(?:always |only |please |just )?(?:use|run|call|run using|run with|go through|prefer) (?:the )?`([^`\n]{2,40})`(?: (?:command|tool|cli|script))?(?:,? (?:(?:and )?not|instead of|rather than|over) (?:the )?(?:`[^`\n]+`|[\w./-]+))?[.!]*$/i;

const mark = '`?';
/** Things of a kind, in up to four words: "harbour queries". No single one of them, which is at hand. */
const things = String.raw`((?:(?!the|this|that|these|those|my|your|our|a|an)[\p{L}-]+ ){0,3}[\p{L}-]{3,}[^\Ws]s)(?=\s*(?:$|[.,;:!\n]|(?:as|instead|rather|not|so|because|and|per|since)\b))`;

/** What somebody says the means is for. */
function purposeIn(said: string, means: string): string | undefined {
  if (!said.includes(means)) return undefined;
  const name = means.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const asked = new RegExp(
    String.raw`\b(?:use|using|run|call|with|via|through) (?:the )?${mark}${name}${mark}(?: (?:command|tool|cli|script))? for (?:all |any |every )?${things}`,
    'iu',
  );
  return asked.exec(said)?.[1]?.toLowerCase();
}

/** Between two breaths so many utterances are looked at for the name of a means. */
const lookedAt = 500;

const placeOf = ({ scope }: Memory) => (scope.level === 'user' ? undefined : scope.project);

/**
 * The sentence with what its means is for, if all who say so say one thing; as it was where it says so itself, or nobody
 * does.
 * @param members whose sentence it is; only what was said of the same place is asked.
 */
export function* withItsPurpose(
  sentence: string,
  members: readonly Memory[],
  said: readonly Memory[],
): Steps<string> {
  const means = chosen.exec(sentence)?.[1];
  if (means === undefined) return sentence;
  const places = new Set(members.map(placeOf));
  const purposes = new Set<string>();
  for (const [at, memory] of said.entries()) {
    if (at % lookedAt === 0) yield;
    const purpose = places.has(placeOf(memory)) ? purposeIn(memory.text, means) : undefined;
    if (purpose !== undefined) purposes.add(purpose);
  }
  const [only, ...more] = purposes;
  if (only === undefined || more.length > 0) return sentence;
  const between = / (?:not|instead of|rather than|over) /i.test(sentence) ? ', for' : ' for';
  return `${sentence.replace(/[.!]+$/, '')}${between} ${only}.`;
}
