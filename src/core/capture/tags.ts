/** A few words to file an episode under, out of its own words: step of the work, tools, kinds of files. */
import { pathsIn } from './scope.ts';

const mostTags = 6;

/** Steps of the work, by the words that name them as acts or things of it. */
const steps: readonly (readonly [tag: string, pattern: RegExp])[] = [
  ['commit', /\b(?:commit(?:s|ted|ting)?|amend(?:ed|ing)?|squash(?:ed|ing)?)\b/i],
  ['pull-request', /\b(?:pull[- ]requests?|merge requests?|PRs?|MRs?)\b/],
  ['push', /\b(?:push(?:ed|es|ing)?|force[- ]push)\b/i],
  ['merge', /\b(?:merg(?:e|es|ed|ing)|rebas(?:e|ed|ing)|conflicts?|cherry-?pick\w*)\b/i],
  ['branch', /\bbranch(?:es)?\b/i],
  [
    'test',
    /\b(?:(?:unit|e2e|integration|regression|failing)[- ])?(?:tests?|tested|testing|specs?|mock(?:s|ed|ing)?|fixtures?)\b/i,
  ],
  ['review', /\breview(?:s|ed|ing|er)?\b/i],
  [
    'release',
    /\b(?:releas(?:e|es|ed|ing)|publish(?:ed|ing)?|changelog|version bump|bump(?:ed)? the version)\b/i,
  ],
  ['deploy', /\bdeploy(?:s|ed|ing|ment)?\b/i],
  ['build', /\b(?:builds?|building|compil(?:e|es|ed|ing)|bundl(?:e|ed|er|ing))\b/i],
  ['lint', /\b(?:lint(?:s|ed|er|ing)?|formatter|prettier|eslint|biome|ruff)\b/i],
  ['docs', /\b(?:docs?|documentation|readme)\b/i],
  ['migration', /\bmigrations?\b/i],
  ['refactor', /\brefactor(?:s|ed|ing)?\b/i],
  ['debug', /\bdebug(?:s|ged|ging|ger)?\b/i],
  ['plan', /\b(?:plan(?:s|ned|ning)?|spec(?:ification)?s?)\b/i],
  ['rules', /\b(?:rules?|guidelines?|conventions?|instructions?)\b/i],
];

/** Tools by their own, unmistakable names. */
const toolNames =
  /(?<![\w/.-])(?:npm|npx|pnpm|yarn|bun|deno|git|gh|docker|kubectl|terraform|make|cmake|cargo|gradle|maven|pip|poetry|uv|pytest|vitest|jest|mocha|playwright|cypress|eslint|prettier|biome|ruff|mypy|tsc|webpack|vite|rollup|esbuild|jq|grep|curl|redis|postgres|sqlite|mysql|mongodb|prisma|graphql|react|vue|svelte|angular|nuxt|next\.js|express|django|flask|fastapi|rails|spring|tailwind|storybook)(?![\w-]|\.\w)/gi;
/** Names of tools that are plain words too: only in code marks or before an argument. */
const alsoWords = new Set(['make', 'bun', 'vite', 'express', 'spring', 'flask', 'react', 'rails']);

/** Kinds of files by ending, named as the languages are. */
const kinds: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  py: 'python',
  rs: 'rust',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  rb: 'ruby',
  php: 'php',
  cs: 'c#',
  swift: 'swift',
  vue: 'vue',
  svelte: 'svelte',
  css: 'css',
  scss: 'css',
  html: 'html',
  sql: 'sql',
  sh: 'shell',
  tf: 'terraform',
  md: 'markdown',
  mdc: 'markdown',
  yml: 'yaml',
  yaml: 'yaml',
};
const languageNames =
  /(?<![\w/.-])(?:typescript|javascript|python|rust|golang|java|kotlin|ruby|php|swift|sql|css|html|markdown|yaml)(?![\w-])/gi;

/** A command line: a tool by its name, and at least one word for it. */
export function isCommandLine(text: string): boolean {
  toolNames.lastIndex = 0;
  return /^\S+ \S/.test(text) && toolNames.exec(text)?.index === 0;
}

/** At most six tags, lower case without spaces, the work's step first. Deterministic. */
export function tagsOf(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [tag, pattern] of steps) if (found.size < 3 && pattern.test(text)) found.add(tag);
  for (const [name] of text.matchAll(toolNames)) {
    const tool = name.toLowerCase();
    if (!alsoWords.has(tool) || new RegExp(`\`[^\`]*\\b${tool}\\b[^\`]*\``, 'i').test(text)) found.add(tool);
  }
  for (const path of pathsIn(text)) {
    const kind = kinds[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''];
    if (kind !== undefined) found.add(kind);
  }
  for (const [name] of text.matchAll(languageNames)) {
    const language = name.toLowerCase();
    found.add(language === 'golang' ? 'go' : language);
  }
  return [...found].slice(0, mostTags);
}
