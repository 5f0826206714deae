/** What the editor tells of changes to a document, and who made them. */

/** One replaced stretch of a document, in offsets (UTF-16 units) of the text before the event. */
export interface TextChange {
  readonly offset: number;
  /** Characters that were taken out. */
  readonly length: number;
  /** What was put in their place. */
  readonly text: string;
  /** True if it lies at a caret or selection of the user. */
  readonly atCaret: boolean;
}

/** One change event of one document. */
export interface EditEvent {
  /** Absolute path. */
  readonly file: string;
  /** Epoch ms. */
  readonly at: number;
  /** In any order; they do not overlap. */
  readonly changes: readonly TextChange[];
  readonly reason?: 'undo' | 'redo';
  /** The document equals the file afterwards, though nothing was saved: it was read again from disk. */
  readonly fromDisk: boolean;
  /** The document is the one the user works in, and the window has the focus. */
  readonly active: boolean;
  /** Characters of the document after the event. */
  readonly size: number;
}

/**
 * Who made a change. `typing`, `paste`, `undo` and `redo` are a person's acts; `paste` stands for everything that
 * comes in one piece at the caret (also completions and snippets). `tool` is whatever the editor or an extension does
 * by itself elsewhere: an assistant's edit, a code action, a formatter that changes more than spacing.
 */
export type Origin =
  | 'typing'
  | 'paste'
  | 'undo'
  | 'redo'
  | 'format'
  | 'rename'
  | 'replaced'
  | 'disk'
  | 'tool';

/** A person did it with their own hands. */
export const isByHand = (origin: Origin): boolean =>
  origin === 'typing' || origin === 'paste' || origin === 'undo' || origin === 'redo';

/** More characters than this in one stroke, or more than one line, were not typed. */
const mostTyped = 60;
/** A change that takes out this share of the document replaces it. */
const wholeShare = 0.9;

const isTyped = ({ text }: TextChange): boolean =>
  text.length <= mostTyped ? !/\n[^\n]*\S/.test(text.trimStart()) || text.trim() === '' : false;

/** Judges by the shape of the event alone; cheap enough for every key stroke. */
export function originOf(event: EditEvent): Origin {
  if (event.reason !== undefined) return event.reason;
  if (event.fromDisk) return 'disk';
  const { changes } = event;
  if (event.active && changes.some((change) => change.atCaret)) {
    /* A completion brings its import along, far from the caret: still the user's doing. */
    return changes.every(isTyped) ? 'typing' : 'paste';
  }
  if (changes.every((change) => change.text.trim() === '' && (change.text !== '' || change.length === 1)))
    return 'format';
  const [first] = changes;
  if (first === undefined) return 'tool';
  const same =
    changes.length >= 2 &&
    first.text !== '' &&
    !first.text.includes('\n') &&
    changes.every((change) => change.text === first.text && change.length === first.length);
  if (same) return 'rename';
  if (changes.length === 1 && first.length >= wholeShare * (event.size - first.text.length + first.length))
    return first.length > 0 ? 'replaced' : 'tool';
  return 'tool';
}
