/**
 * Watches what becomes of the text an assistant wrote. Told of every change event, it does next to nothing unless the
 * document holds such text; what a person made of it is handed over once they have left it alone for a while.
 *
 * An assistant's text is known by the word of its own hook (which file, which text), else by what only programs do:
 * pieces of several lines put into several files, or into a file nobody looks at, at one moment.
 */
import { tunables } from '../tunables.ts';
import { type EditEvent, isByHand, type Origin, originOf } from './edit.ts';
import {
  follow,
  isRewritten,
  isTakenAway,
  locate,
  longestWritten,
  newSpan,
  piecesOf,
  type Span,
} from './span.ts';

/** What a person made of one stretch of an assistant's text. */
export interface RewrittenPiece {
  readonly before: string;
  readonly after: string;
  readonly undone: boolean;
  /** Offset of the piece in the document now. */
  readonly start: number;
}

export interface Rewrite {
  readonly file: string;
  /** When the person last changed it, epoch ms. */
  readonly at: number;
  readonly pieces: readonly RewrittenPiece[];
}

export interface EditorWitness {
  /** On the path of every key stroke. */
  edited(event: EditEvent): Origin;
  /** A hook told what an assistant wrote. `document` is the open document's text, if it is open. */
  wrote(
    write: { readonly file: string; readonly texts: readonly string[]; readonly at: number },
    document?: string,
  ): void;
  /** A document was opened; `document` is asked for only if an assistant wrote to it while it was closed. */
  opened(file: string, at: number, document: () => string): void;
  /** The document is closed: whatever was rewritten in it is settled. */
  closed(file: string): void;
  /** Git moved (checkout, stash, pull, rebase): what changes on disk around this moment is git's doing. */
  gitMoved(at: number): void;
  /** What was left alone long enough, and is told only once. */
  settled(now: number): readonly Rewrite[];
  /** When something may settle, epoch ms; undefined while nothing waits. */
  dueAt(): number | undefined;
  /** What a person changed of an assistant's text between two offsets, without taking it. */
  rewriteAt(file: string, start: number, end: number): Rewrite | undefined;
  /** Forgets all it saw. */
  clear(): void;
}

interface Watched {
  spans: readonly Span[];
  /** Last change by hand within a span. */
  touchedAt?: number;
}

/** The same place, watched from what it holds now. */
const begunAnew = (span: Span): Span => ({
  ...newSpan(span.start, span.now, span.at, span.proven),
  first: span.first ?? span.before,
});

/** A piece that was put where nobody was; whether a program wrote it shows within moments. */
interface Suspect {
  readonly file: string;
  readonly at: number;
  readonly size: number;
  readonly active: boolean;
}

export function createEditorWitness(): EditorWitness {
  const table = tunables.witness;
  const watched = new Map<string, Watched>();
  /** Written to files that are not open. */
  const pending = new Map<string, { readonly texts: readonly string[]; readonly at: number }>();
  /** Settled before its time: the document was closed, or read again. */
  let ready: readonly Rewrite[] = [];
  let suspects: readonly Suspect[] = [];
  let removals: readonly { readonly at: number; readonly size: number }[] = [];
  let gitAt = Number.NEGATIVE_INFINITY;

  const nearGit = (at: number) => Math.abs(at - gitAt) <= table.gitMs;

  function add(file: string, start: number, text: string, at: number, proven: boolean): void {
    const known = watched.get(file) ?? { spans: [] };
    const pieces = piecesOf(text).map((piece) => newSpan(start + piece.offset, piece.text, at, proven));
    const end = start + text.length;
    /* The assistant's newer word replaces its older one. */
    const others = known.spans.filter((span) => span.end <= start || span.start >= end);
    watched.delete(file);
    watched.set(file, { ...known, spans: [...others, ...pieces].slice(-table.spansPerFile) });
    const oldest = watched.keys().next().value;
    if (watched.size > table.files && oldest !== undefined) watched.delete(oldest);
  }

  function place(file: string, texts: readonly string[], at: number, document: string): void {
    for (const text of texts) {
      const found = locate(document, text);
      if (found !== undefined && found.text.trim().length >= table.leastWritten)
        add(file, found.start, found.text, at, true);
    }
  }

  /** Pieces of several lines that came without a caret are watched until it shows whether a program wrote them. */
  function suspect({ file, at, active, changes }: EditEvent): void {
    const taken = changes.reduce((sum, { length }) => sum + length, 0);
    if (taken >= table.leastInserted) removals = [...removals.slice(-20), { at, size: taken }];
    let shift = 0;
    for (const { offset, length, text } of [...changes].sort((a, b) => a.offset - b.offset)) {
      const large =
        text.length >= table.leastInserted &&
        text.length <= longestWritten &&
        length * 2 < text.length &&
        text.trim().split('\n').length >= table.leastLines;
      if (large) {
        suspects = [...suspects.slice(-20), { file, at, size: text.length, active }];
        add(file, offset + shift, text, at, false);
      }
      shift += text.length - length;
    }
  }

  /** Written by a program: into a file nobody looks at, or into several at one moment; and not moved from elsewhere. */
  const isProgram = ({ file, at, size, active }: Suspect): boolean => {
    const near = (other: { readonly at: number }) => Math.abs(other.at - at) <= table.burstMs;
    return (
      !nearGit(at) &&
      (!active || suspects.some((other) => near(other) && other.file !== file)) &&
      !removals.some((removal) => near(removal) && removal.size * 2 >= size)
    );
  };

  function weigh(now: number): void {
    const due = suspects.filter(({ at }) => now - at > table.burstMs);
    if (due.length === 0) return;
    for (const one of due) {
      const known = watched.get(one.file);
      if (known === undefined) continue;
      const proven = isProgram(one);
      known.spans = known.spans.flatMap((span) =>
        span.proven || span.at !== one.at ? span : proven ? { ...span, proven } : [],
      );
    }
    suspects = suspects.filter((one) => now - one.at <= 2 * table.burstMs);
  }

  function rewriteOf(file: string, { spans, touchedAt }: Watched): Rewrite | undefined {
    const pieces = spans
      .filter((one) => one.proven && (isRewritten(one) || (isTakenAway(one) && !nearGit(touchedAt ?? 0))))
      .map((one) => ({
        before: one.before,
        after: one.now,
        undone: one.undone || isTakenAway(one),
        start: one.start,
      }));
    return pieces.length === 0 ? undefined : { file, at: touchedAt ?? 0, pieces };
  }

  function letGo(file: string, known: Watched): void {
    watched.delete(file);
    const rewrite = rewriteOf(file, known);
    if (rewrite !== undefined) ready = [...ready.slice(-table.files), rewrite];
  }

  /** What was handed over begins anew with what the person made of it; what is gone is watched no more. */
  const afterTelling = (known: Watched): Watched => ({
    spans: known.spans
      .filter((span) => span.now.trim() !== '')
      .map((span) => (span.byHand === 0 ? span : begunAnew(span))),
  });

  return {
    edited(event) {
      const origin = originOf(event);
      const known = watched.get(event.file);
      if (known !== undefined && (origin === 'disk' || origin === 'replaced')) {
        /* Read again from disk: a checkout, a formatter, an assistant outside (whose hook then tells what is its own). */
        letGo(event.file, known);
      } else if (known !== undefined) {
        let touched = false;
        const changes = [...event.changes].sort((a, b) => b.offset - a.offset);
        known.spans = known.spans.map((span) => {
          let moved = span;
          for (const change of changes) moved = follow(moved, change, origin);
          if (moved.now !== span.now) touched = true;
          return moved;
        });
        if (touched && (isByHand(origin) || known.spans.some(isTakenAway))) known.touchedAt = event.at;
      }
      if (origin === 'tool' && !nearGit(event.at)) suspect(event);
      return origin;
    },
    wrote({ file, texts, at }, document) {
      const known = watched.get(file);
      if (known !== undefined) {
        /* What an assistant took away itself was not taken away from it; what changed just now was its own doing too. */
        const spans = known.spans.filter((span) => !isTakenAway(span));
        const justNow = known.touchedAt !== undefined && Math.abs(at - known.touchedAt) <= table.agentMs;
        watched.set(file, justNow ? { spans: spans.map(begunAnew) } : { ...known, spans });
      }
      if (document !== undefined) place(file, texts, at, document);
      else {
        const before = pending.get(file)?.texts ?? [];
        pending.delete(file);
        pending.set(file, { texts: [...before, ...texts].slice(-table.spansPerFile), at });
        const oldest = pending.keys().next().value;
        if (pending.size > table.files && oldest !== undefined) pending.delete(oldest);
      }
    },
    opened(file, at, document) {
      const written = pending.get(file);
      if (written === undefined) return;
      pending.delete(file);
      if (at - written.at <= table.rememberMs) place(file, written.texts, written.at, document());
    },
    closed(file) {
      const known = watched.get(file);
      if (known !== undefined) letGo(file, known);
    },
    gitMoved(at) {
      gitAt = at;
    },
    settled(now) {
      weigh(now);
      const rewrites: Rewrite[] = [...ready];
      ready = [];
      for (const [file, known] of watched) {
        const { touchedAt } = known;
        if (touchedAt === undefined || now - touchedAt < table.settleMs) continue;
        const rewrite = rewriteOf(file, known);
        if (rewrite !== undefined) rewrites.push(rewrite);
        watched.set(file, afterTelling(known));
      }
      return rewrites;
    },
    dueAt() {
      if (ready.length > 0) return 0;
      let due: number | undefined;
      for (const { touchedAt } of watched.values()) {
        if (touchedAt !== undefined && (due === undefined || touchedAt + table.settleMs < due))
          due = touchedAt + table.settleMs;
      }
      return due;
    },
    rewriteAt(file, start, end) {
      const known = watched.get(file);
      const span = known?.spans.find(
        (one) =>
          one.proven &&
          one.start <= end &&
          one.end >= start &&
          (isRewritten(one) || (one.first !== undefined && one.first !== one.now)),
      );
      if (known === undefined || span === undefined) return undefined;
      const { first, before, now, undone } = span;
      return {
        file,
        at: known.touchedAt ?? span.at,
        pieces: [{ before: first ?? before, after: now, undone, start: span.start }],
      };
    },
    clear() {
      watched.clear();
      pending.clear();
      ready = [];
      suspects = [];
      removals = [];
    },
  };
}
