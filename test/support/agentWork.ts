/** A scripted model that makes tool calls, and what an agent's request holds of ours. */
import type { AskedRequest, ScriptedAnswer, ToolCall } from './scriptedModel.ts';

/** Everything between our fences in a text. */
export function fencesIn(text: string): readonly string[] {
  return [...text.matchAll(/<reverie-memory[^>]*>([\s\S]*?)<\/reverie-memory>/g)].map(
    (match) => match[1] ?? '',
  );
}

/** Everything between our fences, wherever in the request they stand. */
export const told = (request: AskedRequest): readonly string[] => fencesIn(request.text);

/** The lines of what was told that `about` is found in. */
export const toldAbout = (request: AskedRequest, about: RegExp): readonly string[] =>
  told(request).flatMap((fenced) => fenced.split('\n').filter((line) => about.test(line)));

/** What tool calls came back with, in their order. */
export const resultsIn = ({ messages }: AskedRequest) => messages.filter(({ role }) => role === 'tool');

/** A model that makes the calls one after another, each when the result of the one before is there, then answers. */
export function calling(
  calls: readonly ToolCall[],
  answer: string,
): (request: AskedRequest) => ScriptedAnswer {
  let earlier: number | undefined;
  return (request) => {
    const results = resultsIn(request).length;
    earlier ??= results;
    const call = calls[results - earlier];
    return call === undefined ? answer : { toolCalls: [call] };
  };
}

/** What the last tool call of a request came back with, all that hooks said included. */
export const lastResult = (request: AskedRequest): string => resultsIn(request).at(-1)?.text ?? '';
