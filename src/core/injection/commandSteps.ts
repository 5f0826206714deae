/**
 * What a command line does, step by step, for comparing it with a rule: the words of each step that act. What is only
 * looked for, printed or told ("grep 'npm install'", a commit's message) is not done; what a shell is handed is.
 */
import { termsOf } from '../text/terms.ts';

/** How many steps of one act are looked at, and characters of each. */
const looked = { steps: 400, characters: 400 } as const;

/** They look, search or print. */
const looking: ReadonlySet<string> = new Set(
  'ack ag apropos cat diff echo egrep fd fgrep grep head info jq less locate ls man more printf rg tail tree type wc whereis which'.split(
    ' ',
  ),
);
/** Of programs that also do: what only looks. */
const lookingPart = /^git\s+(?:blame|diff|grep|log|show|status)\b/;
/** What they are handed in quotes is run. */
const running: ReadonlySet<string> = new Set(
  'bash cmd dash eval fish ksh node perl powershell pwsh python python3 ruby sh ssh su xargs zsh'.split(' '),
);
/** In front of the program that acts. */
const before = /^(?:\w+=\S*|sudo|env|time|nice|nohup|command|exec|doas)$/;

/** Short options as most programs mean them. */
const options: Readonly<Record<string, string>> = {
  f: 'force',
  r: 'recursive',
  R: 'recursive',
  g: 'global',
  y: 'yes',
};
/** What people call that which a program does. */
const deeds: Readonly<Record<string, string>> = {
  cp: 'copy',
  curl: 'download fetch',
  kill: 'stop',
  mv: 'move rename',
  rm: 'delete remove',
  unlink: 'delete remove',
  wget: 'download fetch',
};

const piece = /"(?:\\.|[^"\\])*"|'[^']*'|&&|\|\|?|[;&\n]|(?:\\.|[^\s"';&|\\])+/g;
const ends = /^(?:&&|\|\|?|[;&\n])$/;
const isQuoted = (word: string) => /^["']/.test(word);
const unquoted = (word: string) => (isQuoted(word) ? word.slice(1, -1) : word);

/** Index terms of each step of a command line. Never throws. */
export function termsOfSteps(command: string): readonly ReadonlySet<string>[] {
  const steps: string[][] = [[]];
  for (const [word] of command.matchAll(piece)) {
    if (ends.test(word)) steps.push([]);
    else steps.at(-1)?.push(word);
  }
  return steps.slice(0, looked.steps).flatMap(stepTerms);
}

function stepTerms(words: readonly string[]): readonly ReadonlySet<string>[] {
  const start = words.findIndex((word) => !before.test(word));
  const [program, ...rest] = start < 0 ? [] : words.slice(start);
  if (program === undefined) return [];
  const name = unquoted(program).split(/[\\/]/).at(-1) ?? '';
  if (looking.has(name) || lookingPart.test([program, ...rest].join(' '))) return [];
  const scripts = running.has(name) ? rest.filter(isQuoted).map(unquoted) : [];
  const said = [program, ...rest].filter((word) => !isQuoted(word) || !/\s/.test(word)).map(unquoted);
  const more = said.flatMap((word) => [
    ...(deeds[word] === undefined ? [] : [deeds[word]]),
    ...[...(/^-([a-z]+)$/i.exec(word)?.[1] ?? '')].flatMap((letter) => options[letter] ?? []),
  ]);
  const own = new Set(termsOf([...said, ...more].join(' ').slice(0, looked.characters)));
  return [own, ...scripts.flatMap((script) => termsOfSteps(script.slice(0, looked.characters)))];
}

/** Index terms of each line that was written into a file. */
export function termsOfLines(written: string): readonly ReadonlySet<string>[] {
  return written
    .split(/\n|;/)
    .slice(0, looked.steps)
    .map((line) => new Set(termsOf(line.slice(0, looked.characters))));
}
