/**
 * Lesson schemas: the kinds of trouble that people correct assistants for, each as problem → remedy with its things
 * abstracted away. "You edited the main copy, not the branch" and "the seeds went to production instead of staging"
 * share no word; both are *work in the wrong place*. Two lessons of one schema are analogous, whatever they are about.
 *
 * The table is a small typed ontology in the sense of structure mapping (Gentner 1983: relations count, not the things
 * related). A schema is recognised by general cues in one sentence; English only, and silent where in doubt.
 */

export const schemaClasses = [
  'place',
  'choice',
  'sequence',
  'scope',
  'source of truth',
  'verification',
  'autonomy',
  'form',
  'instruction',
  'resource',
] as const;
export type SchemaClass = (typeof schemaClasses)[number];

export interface LessonSchema {
  readonly name: string;
  readonly class: SchemaClass;
  /** What went wrong, as a clause in the past: "work went to the wrong copy of a place". */
  readonly problem: string;
  /** The lesson as one order for any project; told to assistants only once its owner kept the dream. */
  readonly remedy: string;
  /** The trouble itself, or that it is to be avoided. */
  readonly problems: readonly RegExp[];
  /** What mends it is asked for. */
  readonly remedies: readonly RegExp[];
  /** The reverse is asked for, or allowed: for dreams of contrast. */
  readonly reverses?: readonly RegExp[];
  /** The schema is so wide that its two lessons must also be about one kind of thing. */
  readonly wide?: true;
}
