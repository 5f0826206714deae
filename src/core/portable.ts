/** Export and restore: every memory with its evidence and links, one JSON value a line. */
import { z } from 'zod';
import { ReverieError } from './errors.ts';
import {
  type Link,
  linkKinds,
  type Memory,
  type MemoryId,
  memoryKinds,
  memoryLabels,
  memoryStatuses,
  type ProjectId,
} from './memory.ts';

export const portableFormat = 'reverie';
export const portableVersion = 1;

const unit = z.number().min(0).max(1);
const memoryId = z
  .string()
  .min(3)
  .transform((id) => id as MemoryId);
const projectId = z
  .string()
  .min(1)
  .transform((id) => id as ProjectId);

const scope = z.discriminatedUnion('level', [
  z.object({ level: z.literal('user') }),
  z.object({ level: z.literal('project'), project: projectId }),
  z.object({ level: z.literal('path'), project: projectId, glob: z.string() }),
]);

const memory = z.object({
  id: memoryId,
  kind: z.enum(memoryKinds),
  label: z.enum(memoryLabels),
  status: z.enum(memoryStatuses),
  tier: z.enum(['fast', 'mid', 'slow']),
  scope,
  text: z.string(),
  lesson: z.object({
    statement: z.string(),
    wrong: z.string().optional(),
    right: z.string().optional(),
    why: z.string().optional(),
    when: z.string().optional(),
  }),
  context: z.string().optional(),
  source: z.object({
    assistant: z.string(),
    project: projectId.optional(),
    session: z.string().optional(),
    message: z.string().optional(),
    file: z.string().optional(),
    externalId: z.string().optional(),
  }),
  strength: unit,
  rate: unit,
  salience: z.object({
    surprise: unit,
    novelty: unit,
    arousal: unit,
    reward: unit,
    conflict: unit,
    total: unit,
  }),
  confidence: unit,
  alpha: z.number().positive(),
  beta: z.number().positive(),
  pinned: z.boolean(),
  guard: z.boolean(),
  standing: z.boolean(),
  oneOff: z.boolean(),
  topic: z.string(),
  tags: z.array(z.string()),
  cues: z.array(z.string()),
  citations: z.array(z.object({ path: z.string(), blob: z.string().optional() })),
  tokens: z.number().int().min(0),
  createdAt: z.number(),
  lastAccessedAt: z.number(),
  accessCount: z.number().int().min(0),
  sleptAt: z.number().optional(),
  replacedBy: memoryId.optional(),
  contradictedBy: memoryId.optional(),
  obsoleteAt: z.number().optional(),
  restates: z.string().optional(),
});

const link = z.object({
  from: memoryId,
  to: memoryId,
  kind: z.enum(linkKinds),
  weight: unit,
  createdAt: z.number(),
  usedAt: z.number(),
});

const line = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('header'),
    format: z.literal(portableFormat),
    version: z.number().int(),
    exportedAt: z.string(),
  }),
  z.object({
    type: z.literal('memory'),
    memory,
    evidence: z.array(memoryId),
    identity: z.string().optional(),
  }),
  z.object({ type: z.literal('link'), link }),
]);

/** One line of an export. */
export type PortableLine =
  | {
      readonly type: 'header';
      readonly format: typeof portableFormat;
      readonly version: number;
      readonly exportedAt: string;
    }
  | {
      readonly type: 'memory';
      readonly memory: Memory;
      readonly evidence: readonly MemoryId[];
      readonly identity?: string;
    }
  | { readonly type: 'link'; readonly link: Link };

/** Reads one line. Throws `invalid-input` naming the line number and the field, never its text. */
export function parsePortableLine(text: string, number: number): PortableLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ReverieError('invalid-input', `Line ${number} is not JSON.`);
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? 'the line';
    throw new ReverieError('invalid-input', `Line ${number} is not part of an export: ${at} is wrong.`);
  }
  if (parsed.data.type === 'header' && parsed.data.version > portableVersion) {
    throw new ReverieError('invalid-input', 'The export was written by a newer version of Reverie.');
  }
  return parsed.data;
}
