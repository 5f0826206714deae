/**
 * The lines between a night and the process that started it, when that one asks the language model (`--model parent`):
 * one JSON object a line. The night writes {@link AskLine}s to its standard error, beside its progress; the parent
 * writes {@link AnswerLine}s to the night's standard input. Whatever is no such line is passed over.
 */
import { z } from 'zod/mini';
import { modelFailures } from './model.ts';

const ask = z.object({
  ask: z.object({
    id: z.int(),
    system: z.string(),
    prompt: z.string(),
    maxTokens: z.int(),
  }),
});
const cancel = z.object({ cancel: z.object({ id: z.int() }) });
const answer = z.object({
  answer: z.object({
    id: z.int(),
    /** What the model said; else `error`. */
    text: z.optional(z.string()),
    /** Who answered, for the report. */
    model: z.optional(z.string()),
    error: z.optional(z.enum(modelFailures)),
  }),
});

export type AskLine = z.infer<typeof ask>;
/** The night no longer waits for this answer. */
export type CancelLine = z.infer<typeof cancel>;
export type AnswerLine = z.infer<typeof answer>;

function jsonOf(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A line of the night's, as its parent reads it. */
export function parseNightLine(line: string): AskLine | CancelLine | undefined {
  const value = jsonOf(line);
  const asked = ask.safeParse(value);
  if (asked.success) return asked.data;
  const cancelled = cancel.safeParse(value);
  return cancelled.success ? cancelled.data : undefined;
}

/** A line of the parent's, as the night reads it. */
export function parseAnswerLine(line: string): AnswerLine['answer'] | undefined {
  const parsed = answer.safeParse(jsonOf(line));
  return parsed.success ? parsed.data.answer : undefined;
}
