/** How far a statement reaches: the user everywhere, this project, files matching a glob, or this one task. */

export type ScopeGuess =
  | { readonly level: 'user' }
  | { readonly level: 'project' }
  | { readonly level: 'path'; readonly glob: string }
  | { readonly level: 'oneoff' };

const everywhere =
  /\b(?:in (?:all|every|any) (?:of )?(?:my )?(?:projects?|repos?|repositor(?:y|ies)|codebases?)|across (?:all )?(?:my )?(?:projects|repos)|in general|globally|global rule|i (?:always |generally |usually |strongly |really )?(?:prefer|like|hate|dislike|want you to always)|my preference|as a rule of mine|whenever you (?:answer|reply|write to me)|for me\b.*\balways|not just (?:for|in) (?:this|here))\b/i;
/** How the owner wants to be answered: a wish about whoever answers, not about the task. */
const answering =
  /\b(?:(?:keep|make|write|give)(?: me)? (?:your |the |all )?(?:answers?|repl(?:y|ies)|responses?|explanations?|summar(?:y|ies)) (?:\w+ ){0,2}?(?:short\w*|brief\w*|concise|terse|simple|simpler|plain|to the point)|(?:answer|reply|respond) (?:me )?(?:more |in )?(?:short\w*|brief\w*|concise\w*|tersely)|(?:short|shorter|brief|briefer|concise) (?:answers?|repl(?:y|ies)|responses?|explanations?))\b/i;
/** Whom to ask when in doubt, and to do what was asked and no more. */
const deferring =
  /\b(?:(?:if|when|whenever) (?:you're|you are|youre|in) (?:not sure|unsure|doubt),? (?:just |please )?ask|ask (?:me )?(?:if|when|whenever) (?:you're|you are|in|unsure)|(?:only (?:change|touch|edit|do|fix)|(?:don't|do not) (?:change|touch|edit|do)) (?:\w+ )?(?:what|files|things|anything|stuff) (?:that )?i (?:asked|ask|said|say|told|mention|mentioned|didn't|did not|haven't))/i;
/** Whether a text says how its owner wants to be worked for, whatever the task: answers, questions, how far to go. */
export const saysHowToServe = (text: string): boolean => answering.test(text) || deferring.test(text);

const conduct =
  /\b(?:(?:don't|do not|dont|never|stop|quit|no need to|instead of|rather than) (?:\w+ )?(?:ask|apologi[sz]|explain|summari[sz]|tell(?:ing)? me|thank|repeat|narrat|recommending|speculat|guess|making (?:things|stuff) up)\w*|(?:do|run|apply|fix|try|check|debug|test|edit|verify|figure) (?:\S+ ){1,6}?yourself\b|(?:all )?by yourself|on your own|(?:be|answer|reply|respond|speak|talk|write to me) (?:more |less )?(?:brief|concise|terse|short|shorter|honest|direct|verbose|in (?:english|german|french|spanish|russian|chinese|japanese))|without asking|think (?:before|step by step)|listen to me|ask (?:me )?(?:first|before)|i (?:didn't|didnt|did not|never) (?:ask|tell) (?:you (?:to|for)|for)|(?:answers?|repl(?:y|ies)|responses?|explanations?) (?:\w+ ){0,3}(?:in|as) (?:an? )?\S+)\b|[\w/]*\buser[-_]?preferences?\b/i;
const thisProject =
  /\b(?:here|in this (?:project|repo|repository|codebase|workspace|app|package)|our|we|this project|the team)\b/i;
const taskBound =
  /\b(?:just this once|this (?:one )?time|for now|for the moment|temporar(?:y|ily)|only (?:for )?(?:this|today)|in this (?:pr|commit|branch|ticket|task|case|function|line|test|session|conversation|chat)|on this (?:branch|pr)|right now|today|until (?:we|i|the|monday|tomorrow|next))\b|\b(?:line|lines) \d+|#\d{2,}|\b[A-Z]{2,6}-\d+\b|\bcommit [0-9a-f]{7,}/i;
const fileName =
  /(?:^|[\s`'"(@])((?:[\w.@-]+\/)+[\w.*-]*|[\w-]+\.(?:[cm]?[jt]sx?|py|rs|go|java|kt|rb|php|cs|cpp|cc|c|h|hpp|swift|vue|svelte|css|scss|less|html|md|mdc|json|ya?ml|toml|sql|sh|tf|proto|ipynb)|\*\.[\w{},.]+)(?=$|[\s`'",.;:)?!])/g;
const kindsOfFiles: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:in|for|inside) (?:(?:the|all|our|your) )?(?:unit |integration |e2e )?(?:test|spec)s?(?: files?| suite)?\b/i,
    '**/*.{test,spec}.*',
  ],
  [/\b(?:in|for|inside) (?:(?:the|all|our) )?migrations?\b/i, '**/migrations/**'],
  [/\b(?:in|for) (?:(?:the|all|our) )?(?:(?:docs|documentation)(?: files?)?|markdown files?)\b/i, '**/*.md'],
  [/\b(?:in|for) (?:(?:the|all|our) )?(?:stylesheets?|css|scss)(?: files?)?\b/i, '**/*.{css,scss}'],
  [/\b(?:in|for) (?:(?:the|all|our) )?(?:shell|bash) scripts?\b/i, '**/*.sh'],
  [/\b(?:in|for) (?:(?:the|all|our) )?dockerfiles?\b/i, '**/Dockerfile*'],
  [
    /\b(?:in|for) (?:(?:the|all|our) )?(?:github actions|workflow files|ci workflows?)\b/i,
    '.github/workflows/**',
  ],
];
const languages: readonly (readonly [string, string])[] = [
  ['typescript', '**/*.{ts,tsx}'],
  ['javascript', '**/*.{js,jsx,mjs,cjs}'],
  ['python', '**/*.py'],
  ['rust', '**/*.rs'],
  ['golang', '**/*.go'],
  ['ruby', '**/*.rb'],
  ['kotlin', '**/*.kt'],
  ['swift', '**/*.swift'],
  ['sql', '**/*.sql'],
  ['terraform', '**/*.tf'],
];

/** Paths and file names a text mentions, in order, without repetition. */
export function pathsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(fileName)) {
    const path = match[1];
    if (path === undefined || /^https?:|^\w+\/$/.test(path) || /^(?:and|or|his|he|w|n|a|b|i)\//i.test(path))
      continue;
    found.add(path.replace(/^@(?=[\w-]+\.\w+$)/, '').replace(/[.,;:]$/, ''));
  }
  return [...found];
}

function globOf(text: string): string | undefined {
  for (const path of pathsIn(text)) {
    if (path.includes('*')) return path.includes('/') ? path : `**/${path}`;
    if (path.endsWith('/')) return `${path.replace(/^\.?\//, '')}**`;
  }
  for (const [pattern, glob] of kindsOfFiles) if (pattern.test(text)) return glob;
  for (const [language, glob] of languages) {
    if (new RegExp(`\\b(?:in|for|our) (?:all )?${language}(?: files?| code)?\\b`, 'i').test(text))
      return glob;
  }
  return undefined;
}

/** Whether a text says that it holds for one occasion only: "just this once", "for now", a line, a ticket. */
export const saysOnce = (text: string) => taskBound.test(text);

/** The scope a statement claims. `standing` statements are never one-off. */
export function guessScope(text: string, standing: boolean): ScopeGuess {
  if (everywhere.test(text)) return { level: 'user' };
  if ((conduct.test(text) || answering.test(text)) && !thisProject.test(text)) return { level: 'user' };
  if (!standing && taskBound.test(text)) return { level: 'oneoff' };
  const glob = globOf(text);
  if (glob !== undefined) return { level: 'path', glob };
  return { level: 'project' };
}
