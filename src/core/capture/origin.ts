/** Where and when something was said, and whether two sightings of it are one. */
import type { Memory, ProjectId } from '../memory.ts';
import type { Clock } from '../ports.ts';
import type { Sighting } from './identity.ts';
import type { TranscriptMessage } from './message.ts';

/** Of what was said nobody knows where. */
export const unsortedProject = 'unsorted' as ProjectId;
/** Times further ahead of the clock than this are a wrong clock, not the future. */
const futureMs = 86_400_000;

/** Without what was marked as private. */
export const dropPrivate = (text: string): string =>
  text.replace(/<private\b[^>]*>[\s\S]*?(?:<\/private\s*>|$)/gi, ' ');

/** The first line of what was said, as it is. */
export function firstLine(text: string): string {
  const first =
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? '';
  return first.slice(0, 300);
}

export function sightingOf(memory: Memory): Sighting {
  const { session, message, externalId } = memory.source;
  return { session, message, externalId, at: memory.createdAt };
}

export function timeOf(message: Pick<TranscriptMessage, 'at'>, clock: Clock): number {
  const now = clock.now();
  if (message.at === undefined || !Number.isFinite(message.at) || message.at <= 0) return now;
  return message.at > now + futureMs ? now : message.at;
}

/** The project of a message: its own, the one given, its directory, or the folder of its transcript. */
export function projectOfMessage(message: TranscriptMessage, given: ProjectId | undefined): ProjectId {
  if (message.project !== undefined) return message.project;
  if (given !== undefined) return given;
  if (message.cwd !== undefined && message.cwd !== '') return message.cwd.replace(/\\/g, '/') as ProjectId;
  const folder = message.file?.replace(/\\/g, '/').split('/').slice(0, -1).at(-1);
  return folder === undefined || folder === '' ? unsortedProject : (folder as ProjectId);
}
