/** Measurements of this run, printed below the results and never asserted. */
export const notes: string[] = [];
