/**
 * From an error to what made it go away: commands, tasks, tests and debug runs that failed, and then did not. Fed by
 * the editor's terminal and tasks, and by the commands of an agent's transcript alike.
 */
import { tunables } from '../tunables.ts';
import { signatureOf } from './failure.ts';

/** Something that ran to its end. */
export interface Run {
  /** The command line, or a name: `task build`, `debug Server`. */
  readonly command: string;
  readonly failed: boolean;
  /** The end of what it printed. */
  readonly output?: string;
  /** Runs of one place (a terminal and its folder, a conversation) follow one another. */
  readonly place: string;
  /** Epoch ms. */
  readonly at: number;
}

/** An error and what made it go away. */
export interface FixRecipe {
  readonly command: string;
  /** General form of the error; missing where nothing was heard of it. */
  readonly error?: string;
  readonly at: number;
  /** Commands that ran between failure and success, oldest first. */
  readonly commands: readonly string[];
  /** The command that worked in place of the one that failed. */
  readonly instead?: string;
}

export interface CommandWatch {
  /** Answers the recipe that this run completes. `edited` tells whether files were changed since a moment. */
  ran(run: Run, edited?: (since: number) => boolean): FixRecipe | undefined;
  /** When the oldest failure that is still open happened, epoch ms. */
  openSince(): number | undefined;
  clear(): void;
}

interface Failure {
  readonly run: Run;
  readonly error: string | undefined;
  commands: readonly string[];
  /** Runs since, of any kind. */
  after: number;
}

const heard = (error: string | undefined): { readonly error?: string } =>
  error === undefined ? {} : { error };

/**
 * The command itself: without the folder it was run in, settings of one run, and what was done with its output. Empty
 * for what is no command to say again: scripts of several lines, and very long ones.
 */
export function plainCommand(command: string): string {
  if (/<<-?\s*['"]?\w|\n\s*\S/.test(command.trim())) return '';
  const plain = command
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:cd (?:"[^"]*"|'[^']*'|\S+) ?(?:&&|;) ?)+/, '')
    .replace(
      /(?: ?2>&1| ?(?:[12&]?>>?) ?[^\s&|;]+| ?\| ?(?:head|tail|tee|cat|grep|less|sort|uniq|wc)\b[^|&;]*)+$/g,
      '',
    )
    .replace(/^(?:[A-Z_][A-Z0-9_]*=\S* )+/, '')
    .trim();
  return plain.length > tunables.witness.commandLength ? '' : plain;
}

/** Commands that change nothing: between failure and success they are looking around. */
const looking =
  /^(?:cd|ls|ll|dir|pwd|cat|less|more|head|tail|grep|rg|ag|find|fd|tree|echo|printf|which|where|type|man|clear|cls|history|env|printenv|whoami|date|ps|top|htop|df|du|wc|file|stat|diff|jq|tldr|code|vim?|nano|open|git (?:status|diff|log|show|branch|blame|remote|stash list)|npm (?:ls|list|view|outdated)|(?:node|python3?|ruby|go|rustc|java|npm|pnpm|yarn|cargo) (?:-v|-V|--version|version))\b/;
/** Checks change nothing either, unless they are told to repair. */
const checking =
  /^(?:\S+ )?(?:(?:run|exec|x|-m) )?(?:test|tests|spec|lint|typecheck|type-check|check|pytest|vitest|jest|tsc|mypy|ruff check|eslint|clippy|vet)\b(?![:-]\w*fix)(?!.*--(?:fix|write|apply)\b)/;
const splitChain = /\s*(?:&&|;|\|\|)\s*/;
const changesSomething = (command: string): boolean =>
  command
    .split(splitChain)
    .some((part) => part !== '' && !looking.test(part.replace(/^sudo\s+/, '')) && !checking.test(part));

const wordsOf = (command: string): readonly string[] => command.split(' ').filter((word) => word !== '');

const isFlag = (word: string): boolean => word.startsWith('-');
const endsWith = (whole: readonly string[], end: readonly string[]): boolean =>
  end.length > 0 && end.every((word, at) => whole[whole.length - end.length + at] === word);

/**
 * The same command said another way: another program, or none, before the same words (`npm test` → `pnpm test`);
 * other flags; or one word more closely (`lint` → `lint:fix`). Another task of the same program is another command.
 */
export function isVariant(failed: string, worked: string): boolean {
  const a = wordsOf(failed);
  const b = wordsOf(worked);
  if (failed === worked || a.length < 2 || b.length < 2 || /[;&|]/.test(failed + worked) || isSlip(a, b))
    return false;
  /* What makes a file is not another way of reading it: "touch notes.md" after "cat notes.md". */
  if (looking.test(failed) && changesSomething(worked)) return false;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (a.length === b.length && endsWith(a, b.slice(1))) return !isFlag(a[1] ?? '-') || a.length > 2;
  if (long.length - short.length <= 2 && endsWith(long, short)) return true;
  const [words, others] = [a, b].map((one) => one.filter((word) => !isFlag(word)));
  if (words === undefined || others === undefined) return false;
  if (words.length === others.length && words.length >= 2) {
    const differing = words.flatMap((word, at) =>
      word === others[at] ? [] : [[word, others[at] ?? ''] as const],
    );
    const [only] = differing;
    if (only === undefined) return true;
    const [x, y] = only;
    return differing.length === 1 && x !== words[0] && (y.startsWith(`${x}:`) || y.startsWith(`${x}-`));
  }
  return false;
}

/** A slip of the fingers: one word differs by two letters or fewer. A digit more is another program. */
function isSlip(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const differing = a.flatMap((word, at) => (word === b[at] ? [] : [[word, b[at] ?? ''] as const]));
  const [only] = differing;
  if (differing.length !== 1 || only === undefined) return false;
  const letters = (word: string) => [...word].sort().join('');
  const [x, y] = only;
  if (/\d/.test(x + y) || x.startsWith('-') || Math.abs(x.length - y.length) > 1) return false;
  let common = 0;
  const rest = [...letters(y)];
  for (const letter of letters(x)) {
    const found = rest.indexOf(letter);
    if (found >= 0) {
      rest.splice(found, 1);
      common += 1;
    }
  }
  return Math.max(x.length, y.length) - common <= 1 && x.length > 3;
}

export function createCommandWatch(): CommandWatch {
  const table = tunables.witness;
  let failures: readonly Failure[] = [];

  function success(
    run: Run,
    command: string,
    edited: ((since: number) => boolean) | undefined,
  ): FixRecipe | undefined {
    const same = failures.find((failure) => plainCommand(failure.run.command) === command);
    if (same !== undefined) {
      failures = failures.filter((failure) => failure !== same);
      if (same.commands.length === 0 && edited?.(same.run.at) !== true) return undefined;
      return { command, ...heard(same.error), at: run.at, commands: same.commands };
    }
    const last = failures.findLast((failure) => failure.run.place === run.place);
    if (
      last === undefined ||
      last.after > table.variantRuns ||
      run.at - last.run.at > table.variantMs ||
      !isVariant(plainCommand(last.run.command), command) ||
      edited?.(last.run.at) === true
    )
      return undefined;
    failures = failures.filter((failure) => failure !== last);
    return {
      command: plainCommand(last.run.command),
      ...heard(last.error),
      at: run.at,
      commands: [],
      instead: command,
    };
  }

  return {
    ran(run, edited) {
      const command = plainCommand(run.command);
      if (command === '') return undefined;
      failures = failures.filter(({ run: { at } }) => run.at - at <= table.failureMs);
      if (run.failed) {
        const error = signatureOf(run.output ?? '');
        const known = failures.find((failure) => plainCommand(failure.run.command) === command);
        for (const failure of failures) failure.after += 1;
        /* The same again: what was tried in between did not help. */
        failures = [
          ...failures.filter((failure) => failure !== known),
          { run, error: error ?? known?.error, commands: [], after: 0 },
        ].slice(-table.failures);
        return undefined;
      }
      const recipe = success(run, command, edited);
      if (recipe !== undefined) return recipe;
      for (const failure of failures) {
        if (failure.run.place === run.place) failure.after += 1;
        if (changesSomething(command))
          failure.commands = [...failure.commands.filter((one) => one !== command), command].slice(-3);
      }
      return undefined;
    },
    openSince: () => failures[0]?.run.at,
    clear() {
      failures = [];
    },
  };
}
