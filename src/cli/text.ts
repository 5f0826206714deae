/** How the command line words things for a person. */
import type { Memory } from '../core/memory.ts';
import { type MemoryView, recordWords } from '../core/memoryView.ts';
import { reasonWords } from '../core/text/reason.ts';

/** Wraps at `width` columns, continuing lines indented by `indent` spaces. */
export function wrap(text: string, width = 96, indent = 0): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** One line, at most `length` characters. */
export function clip(text: string, length = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

const day = (iso: string) => iso.slice(0, 10);

/** `user`, the last folder of the project, or `project · glob`. */
export function scopeName(scope: MemoryView['scope']): string {
  if (scope.level === 'user') return 'everywhere';
  const name = scope.project?.split('/').at(-1) ?? 'project';
  return scope.level === 'path' ? `${name} · ${scope.glob ?? '**'}` : name;
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** A rule with its reason and the moments it came from. */
export function ruleLines(view: MemoryView, moments = 3): string {
  const mark = view.status === 'active' ? '●' : view.status === 'proposed' ? '○' : '·';
  const sessions = new Set(view.evidence.map((one) => one.session ?? one.episode)).size;
  const facts = [
    view.status,
    scopeName(view.scope),
    `strength ${view.effective.toFixed(2)}`,
    `${view.evidence.length} ${view.evidence.length === 1 ? 'moment' : 'moments'} in ${sessions} ${sessions === 1 ? 'session' : 'sessions'}`,
    ...(view.pinned ? ['pinned'] : []),
    ...(view.guard ? ['a guard: assistants ask before they break it'] : []),
    ...(view.restates === undefined
      ? []
      : [`already written in ${view.restates}, not obeyed ${times(view.evidence.length)}`]),
  ];
  facts.push(...recordWords(view));
  const shown = view.evidence
    .slice(0, moments)
    .map((one) => `      “${clip(one.text, 90)}” — ${one.source}, ${day(one.at)}`);
  const more = view.evidence.length - shown.length;
  return [
    `${mark} ${wrap(view.text, 96, 2)}`,
    ...(view.why === undefined ? [] : [`    ${reasonWords(clip(view.why, 110))}`]),
    `    ${view.id} · ${facts.join(' · ')}`,
    ...shown,
    ...(more > 0 ? [`      and ${more} more`] : []),
    ...(view.guardOffered
      ? [
          `    Broken ${times(view.receipts?.violated ?? 0)} although told: \`reverie guard ${view.id}\` makes assistants ask you first.`,
        ]
      : []),
  ].join('\n');
}

/** A dream with both its sources, what it came out at, and what keeping it would mean. */
export function dreamLines(view: MemoryView): string {
  const mark = view.status === 'active' ? '●' : view.status === 'proposed' ? '○' : '·';
  const { total, novelty, reward, surprise } = view.salience;
  const where = view.scope.level === 'user' ? 'everywhere' : `in ${scopeName(view.scope)}`;
  const follows =
    view.statement === '' || view.statement === view.text
      ? 'a question for you; nothing is told to assistants'
      : `${view.status === 'active' ? 'told' : 'if kept, told'} ${where}: ${view.statement}`;
  return [
    `${mark} ${wrap(view.text, 96, 2)}`,
    `    ${wrap(follows, 92, 4)}`,
    `    ${view.id} · ${view.status} · score ${total.toFixed(2)} (novelty ${novelty.toFixed(2)}, utility ${reward.toFixed(2)}, surprise ${surprise.toFixed(2)})`,
    ...view.evidence
      .slice(0, 6)
      .map(
        (one) =>
          `      “${clip(one.text, 80)}” — ${one.project?.split('/').at(-1) ?? one.source}, ${day(one.at)}`,
      ),
    ...(view.status === 'proposed' ? [`    accept ${view.id} keeps it, retire ${view.id} dismisses it`] : []),
  ].join('\n');
}

/**
 * An episode as it was: the words with their lines (of a witnessed change: what stood before and after), what was read
 * out of them, and what the assistant had said just before.
 */
export function episodeLines(
  view: MemoryView,
  { before, context }: { readonly before?: string | undefined; readonly context?: string | undefined },
): string {
  const [source] = view.evidence;
  const wrong = view.wrong ?? before;
  const facts = [
    view.label,
    ...(view.status === 'active' ? [] : [view.status]),
    scopeName(view.scope),
    ...(view.oneOff ? ['for one task'] : []),
    ...(view.standing ? ['said as lasting'] : []),
    `strength ${view.effective.toFixed(2)}`,
    ...(source === undefined ? [] : [source.source]),
    day(view.createdAt),
  ];
  const read = [
    ...(wrong === undefined ? [] : [`wrong: ${clip(wrong)}`]),
    ...(view.right === undefined ? [] : [`right: ${clip(view.right)}`]),
    ...(view.why === undefined ? [] : [`why:   ${clip(view.why)}`]),
    ...(view.when === undefined ? [] : [`when:  ${clip(view.when)}`]),
  ];
  return [
    ...view.text.split('\n').map((line, at) => `${at === 0 ? '● ' : '  '}${wrap(line, 96, 2)}`),
    `  ${view.id} · ${facts.join(' · ')}`,
    ...(view.statement === '' || view.statement === view.text
      ? []
      : [`  read as: ${wrap(view.statement, 88, 4)}`]),
    ...read.map((line) => `    ${line}`),
    ...(context === undefined || context === '' ? [] : [`  The assistant had said: ${wrap(context, 90, 4)}`]),
  ].join('\n');
}

/** One line for an episode. */
export function episodeLine(view: MemoryView): string {
  return `${view.id}  ${day(view.createdAt)}  ${view.label.padEnd(10)} ${clip(view.text, 100)}`;
}

/** One line for any memory, without its evidence. */
export function memoryLine(memory: Memory): string {
  return `${memory.id}  ${memory.kind.padEnd(8)} ${clip(memory.text, 100)}`;
}
