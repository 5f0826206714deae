/**
 * Whether a run did what its command is for. An import in which nothing was new, or a night over nothing, needs so little of
 * the program that what was compiled for it is no help to the next (`compiled.ts`).
 */
let done = false;

/** To be called by a command once it knows that there was something to do. */
export function didItsWork(): void {
  done = true;
}

/** @param work as the front door names it; undefined = whatever the command line was started for */
export const isWorthKeeping = (work: string | undefined): boolean => work === undefined || done;
