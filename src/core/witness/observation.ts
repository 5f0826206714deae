/** What the editor hands to the process that keeps memories: one JSON object a line, parsed at that border. */
import { z } from 'zod/mini';

const at = z.number();
const text = z.string();
const where = { project: text, session: text, at };

const edit = z.object({ path: text, before: text, after: text });

export const observationSchema = z.discriminatedUnion('type', [
  /** A person changed what an assistant wrote. `above` is the text before it in the file. */
  z.object({
    type: z.literal('rewrite'),
    ...where,
    path: text,
    pieces: z.array(z.object({ before: text, after: text, undone: z.boolean() })),
    above: z.optional(text),
    /** The user asked to remember it, and said so in these words. */
    words: z.optional(text),
  }),
  /** A command, task or debug run failed, and then did not. */
  z.object({
    type: z.literal('fix'),
    ...where,
    command: text,
    error: z.optional(text),
    commands: z.array(text),
    instead: z.optional(text),
    edits: z.array(edit),
  }),
  /** An error that stood under a file's text is gone. */
  z.object({ type: z.literal('problem'), ...where, error: text, commands: z.array(text), ...edit.shape }),
  /** The user's own work moved the repository: whoever reads this looks at the new commits. */
  z.object({ type: z.literal('git'), ...where }),
]);

export type Observation = z.infer<typeof observationSchema>;
export type RewriteObservation = Extract<Observation, { type: 'rewrite' }>;
export type FixObservation = Extract<Observation, { type: 'fix' }>;
export type ProblemObservation = Extract<Observation, { type: 'problem' }>;
