/** Arousal: how intense the moment was. */
import { clamp01, type Dimension, type SalienceInput } from './signals.ts';

const toldBefore =
  /\b(?:i (?:already |just )?(?:told|said|asked)|as i said|like i said|again|once more|how many times|keep(?:s)? (?:\w+ing)|still|anymore|schon wieder|ich habe (?:doch )?gesagt|otra vez|te dije|encore une fois|je t'ai dit|de novo|eu disse)\b|(?<!\p{L})(?:опять|снова|я же (?:сказал|говорил))(?!\p{L})|又|还是|また|또/iu;
const heat =
  /\b(?:wtf|fuck\w*|shit|damn|hell|stupid|ridiculous|terrible|awful|useless|frustrat\w+|annoying|seriously|ugh|argh|stop)\b/i;
const shouted = /\b(?:NEVER|ALWAYS|MUST|NOT|STOP|DON'?T|WRONG|NO|ONLY|AGAIN)\b/;
const strong =
  /\b(?:never|always|must|under no circumstances|important|critical|niemals|unbedingt|nunca|siempre|jamais|никогда|обязательно)\b|(?:绝对|必须|絶対|절대)/i;

/** Adds up what stirred: a rejection .5, an interrupt .4, heat .35, capitals .3, "again" .3, a failing command .2, strong words .2, exclamation .1. */
export function arousalOf(
  input: Pick<SalienceInput, 'text' | 'signals' | 'showsFailure'>,
  /** Memory holds nearly all of its words already: it is being said again. */
  repeated = false,
): Dimension {
  const reasons: string[] = [];
  let value = 0;
  const add = (amount: number, reason: string) => {
    value += amount;
    reasons.push(reason);
  };
  for (const signal of input.signals) {
    if (signal.type === 'tool-rejected') add(0.5, 'a tool call was rejected');
    if (signal.type === 'interrupted') add(0.4, 'the assistant was interrupted');
    if (signal.type === 'vote' && !signal.up) add(0.3, 'voted down');
    if (signal.type === 'edit' && signal.outcome === 'undone') add(0.3, 'the edit was undone');
    if (signal.type === 'command' && signal.failed) add(0.2, 'a command failed');
  }
  if (heat.test(input.text)) add(0.35, 'strong language');
  if (shouted.test(input.text)) add(0.3, 'capitals');
  if (repeated || toldBefore.test(input.text)) add(0.3, 'was said before');
  if (input.showsFailure) add(0.2, 'shows a failure');
  if (strong.test(input.text)) add(0.2, 'emphatic');
  if (/[!！]/.test(input.text)) add(0.1, 'an exclamation');
  return reasons.length === 0
    ? { value: 0 }
    : { value: clamp01(value), reason: reasons.slice(0, 3).join(', ') };
}
