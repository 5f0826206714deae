/** A `fetch` that reads at most so much of an answer, and never follows a redirect to where its user did not send it. */
import { ModelFailure } from '../core/model.ts';

/** Longest body read, bytes: an answer of a few hundred tokens is far below. */
const longest = 256 * 1024;

export const limitedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'error' });
  if (response.body === null) return response;
  let read = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      read += chunk.byteLength;
      if (read > longest) controller.error(new ModelFailure('too-long', 'The answer was far too long.'));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counted), { status, statusText, headers });
};
