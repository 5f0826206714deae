/** Asking the extension: every request ends, by its reply, a failure, the timeout, or the end of the page. */
import {
  type FromSidebar,
  type Method,
  type Params,
  parseReply,
  type Reply,
  type ToSidebar,
} from '../src/core/protocol.ts';

/** How long a request may stay without answer, ms. Undoing a large night is the slowest thing that is asked. */
export const requestTimeoutMs = 15_000;

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  constructor(
    /** As the extension gave it, or `timeout` or `closed`. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Requests {
  /** Rejects with {@link RequestFailure}, or ReverieError `invalid-input` for a reply that cannot be read. */
  ask<M extends Method>(method: M, params: Params<M>): Promise<Reply<M>>;
  /** Hands over a reply or failure; one that nobody waits for any more is dropped. */
  settle(message: Extract<ToSidebar, { type: 'reply' | 'failure' }>): void;
  close(): void;
}

interface Waiting {
  readonly settle: (result: unknown) => void;
  readonly fail: (failure: RequestFailure) => void;
}

export function createRequests(post: (message: FromSidebar) => void): Requests {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  return {
    ask(method, params) {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(
            new RequestFailure(
              'timeout',
              'Reverie did not answer in time. Nothing may have changed; try again.',
            ),
          );
        }, requestTimeoutMs);
        waiting.set(id, {
          settle(result) {
            clearTimeout(timer);
            try {
              resolve(parseReply(method, result));
            } catch (error) {
              reject(error);
            }
          },
          fail(failure) {
            clearTimeout(timer);
            reject(failure);
          },
        });
        /* The compiler cannot see that method and params belong together once both are variables. */
        post({ type: 'request', id, method, params } as FromSidebar);
      });
    },
    settle(message) {
      const waiter = waiting.get(message.id);
      if (waiter === undefined) return;
      waiting.delete(message.id);
      if (message.type === 'reply') waiter.settle(message.result);
      else waiter.fail(new RequestFailure(message.reason, message.message));
    },
    close() {
      for (const waiter of waiting.values())
        waiter.fail(new RequestFailure('closed', 'The sidebar was closed.'));
      waiting.clear();
    },
  };
}
