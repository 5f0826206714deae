/** Without `node:timers/promises`, which takes a hook a millisecond to load. */
export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
