/**
 * A choice between two named means – "use pnpm instead of npm", "tabs, not spaces" – holds for good by its form:
 * nobody chooses a tool for one task in such words. Anything that points at a thing of the task at hand (an article, a
 * file, a number, a name from the code) is no such choice.
 */

/** One bare word, perhaps in quotes or backticks: a tool, a package, a language, a way of writing. */
const bareName = /^[`'"]?@?[a-z][a-z0-9+#.-]*(?:\/[a-z][a-z0-9.-]*)?[`'"]?$/;
/** Names of places and things that every task has its own of, and words that only point. */
const ofTheTask =
  /^(?:it|this|that|these|those|them|one|ones|here|there|main|master|dev|true|false|null|none|yes|no|left|right|top|bottom|first|second|last|new|old|other|both|all|any|more|less|option|a|b|c|x|y|red|green|blue|black|white)$/;
/** A file's ending: the name is a file, not a means. Names like "next.js" and "node.js" are means. */
const fileEnding =
  /(?<!^(?:next|node|vue|nuxt|three|d3|express|nest))\.(?:[jt]sx?|py|rb|go|rs|java|cs|cpp|h|md|json|ya?ml|toml|css|html?|sql|sh|lock|txt)$/;
/** The choice is the point of what was said, not an aside in a specification. Words. */
const mostWords = 30;

/** Who takes back what they said themselves settles the task at hand. */
const misspoke =
  /\bmy (?:mistake|bad|fault|error)\b|\bi (?:misspoke|mistyped|mixed (?:it|them|that) up|said (?:it|that) wrong|got (?:it|that) wrong|was wrong|meant)\b|[说說写寫打]错|me equivoqué|je me suis trompé|mich (?:vertan|geirrt|versprochen)|mi sono sbagliat|me enganei|я (?:ошиб|оговор)|pomyliłem|言い間違|間違えました/iu;

const verbOfUse = /^(?:use|prefer|run|install|write|choose|pick|take|switch|go|stick)$/;
const bare = (words: string) => words.replace(/[`'"]/g, '').toLowerCase();

function isMeans(words: string | undefined): words is string {
  if (words === undefined) return false;
  const name = words.trim().replace(/[.,;:!]+$/, '');
  const plain = bare(name);
  return bareName.test(name) && plain.length >= 2 && !ofTheTask.test(plain) && !fileEnding.test(plain);
}

/** @param own the user's words; @param lesson what was read out of them. */
export function choosesMeans(
  own: string,
  lesson: { readonly wrong?: string; readonly right?: string },
): boolean {
  if (own.split(/\s+/).length > mostWords || /[?？]\s*$/.test(own) || misspoke.test(own)) return false;
  if (
    /\b(?:for now|this time|for this|in this (?:file|case|test|branch|commit)|just here|temporarily)\b/i.test(
      own,
    )
  ) {
    return false;
  }
  const right = lesson.right?.replace(/^(\p{L}+)\s+/u, (whole, verb: string) =>
    verbOfUse.test(verb.toLowerCase()) ? '' : whole,
  );
  return isMeans(right) && isMeans(lesson.wrong) && bare(right) !== bare(lesson.wrong);
}
