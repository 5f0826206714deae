/**
 * Where the profiles of what is known are kept: a fact for each area, so that a night writes those that changed and not
 * all of them. Of a large memory they are megabytes.
 */
import type { MemoryId } from '../../memory.ts';
import type { Ids } from '../../ports.ts';

/** Where knowledge can be: the area a profile is about. */
export interface Place {
  readonly kind: 'project' | 'language' | 'topic';
  /** The project's identity, the language's name, or the topic's path. */
  readonly area: string;
  /** The project a topic belongs to; absent for the user's own. */
  readonly project?: string;
}

/** How well an area is known, from least to most. */
export const expertiseBands = ['none', 'awareness', 'working', 'deep', 'expert'] as const;
export type ExpertiseBand = (typeof expertiseBands)[number];

/** The same for the same place. */
export const placeKey = (place: Place) => `${place.kind} ${place.project ?? ''} ${place.area}`;

/** One area of knowledge, as a fact holds it. */
export interface Expertise extends Place {
  /** 0..1, two decimals. */
  readonly score: number;
  readonly band: ExpertiseBand;
  /** How many memories, and how many of them are rules, skills or insights. */
  readonly memories: number;
  readonly conclusions: number;
  /** What is known best: rules and skills, most reliable first. */
  readonly known: readonly { readonly id: MemoryId; readonly text: string }[];
  /** What is missing, as sentences. */
  readonly gaps: readonly string[];
  /** The memories behind it, strongest first. */
  readonly contributing: readonly MemoryId[];
  /** What the profile was made from; while it is the same the profile stands. */
  readonly basis: string;
}

/** All profiles in one fact: what nights wrote before each had its own. With what follows, the beginning of all keys. */
export const expertiseFact = 'expertise';
const prefix = `${expertiseFact} `;

/** A name of its own instead of the area's: what is in a key is not looked through when something is forgotten. */
export const areaFact = (place: Place, ids: Ids): string => `${prefix}${ids.derive('a', placeKey(place))}`;

/** The profiles among the facts of a memory, strongest first. */
export const expertiseIn = (facts: ReadonlyMap<string, unknown>): readonly Expertise[] =>
  [...profilesIn(facts)].sort(strongestFirst);

/** The same as they come: of many memories there are thousands. */
export function profilesIn(facts: ReadonlyMap<string, unknown>): readonly Expertise[] {
  return [...facts].flatMap(([key, value]) => {
    if (key === expertiseFact) return Array.isArray(value) ? value.filter(isExpertise) : [];
    return key.startsWith(prefix) && isExpertise(value) ? [value] : [];
  });
}

const strongestFirst = (a: Expertise, b: Expertise): number =>
  b.score - a.score || (placeKey(a) < placeKey(b) ? -1 : 1);

/** Written by a night alone; a shape that does not fit is made anew. */
function isExpertise(one: unknown): one is Expertise {
  return (
    typeof one === 'object' &&
    one !== null &&
    'basis' in one &&
    'area' in one &&
    'kind' in one &&
    'score' in one
  );
}
