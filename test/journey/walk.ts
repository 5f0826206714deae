/** The way through a journey, step by step, over one stage. */
import { test } from 'node:test';
import type { Stage } from './stage.ts';

export interface Walk {
  /** The stage; it is set before the first step. */
  readonly stage: Stage;
  /** One step of a chapter; those after a failed one fail at once instead of waiting in vain. */
  step(name: string, walk: () => Promise<void>): void;
}

/** The failure before says where; this one needs no stack of its own. */
function notReached(broken: string): Error {
  const error = new Error(`not reached, because this failed: ${broken}`);
  error.stack = error.message;
  return error;
}

/** A chapter of its own: a step that fails here leaves other chapters alone. */
export function createWalk(stage: () => Stage): Walk {
  let broken: string | undefined;
  return {
    get stage() {
      return stage();
    },
    step(name, walk) {
      test(name, async () => {
        if (broken !== undefined) throw notReached(broken);
        const file = name.replace(/[^a-z]+/gi, '-').slice(0, 60);
        try {
          await walk();
          await stage().keepTraces(file);
        } catch (error) {
          broken = name;
          await stage()
            .keepTraces(`FAILED-${file}`)
            .catch(() => undefined);
          await stage().keepEverything();
          throw error;
        }
      });
    },
  };
}
