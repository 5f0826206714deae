/** Others that remember, behind one interface: each is driven through what it offers to its own users. */

export interface Said {
  readonly id: string;
  readonly text: string;
}

export interface OpenRival {
  /** Ids of what it finds, best first, at most k. */
  ask(question: string, k: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface Rival {
  readonly name: string;
  /** How it was driven, in a few words. */
  readonly manner: string;
  /** Takes everything in. Rejects with the reason where it cannot run. */
  open(all: readonly Said[]): Promise<OpenRival>;
  readonly version: () => string;
}

const small = new Set(
  'a an the of to in is are was were and or it its this that be for on with at as by so if i we you he she they did do does has have had who whom whose what when where which why how many much long ever about from their his her'.split(
    ' ',
  ),
);

/** The words of a question that a person would type into a search box. */
export function keywordsOf(question: string): readonly string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? [];
  return [
    ...new Set(
      words.map((word) => word.replace(/'s$/, '')).filter((word) => !small.has(word) && word.length > 1),
    ),
  ];
}
