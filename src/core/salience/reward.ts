/** Reward: how it came out. Good outcomes are high, failures low; without an outcome it is neutral. */
import { clamp01, type Dimension, type SalienceInput } from './signals.ts';

const thanks =
  /\b(?:thanks|thank you|great|perfect|excellent|awesome|well done|love it|works (?:great|perfectly|now|well)|danke|gracias|merci|obrigad[oa]|grazie|спасибо)\b|谢谢|ありがとう|감사/i;
const passed =
  /\b(?:tests? (?:now )?(?:pass(?:es|ed|ing)?|(?:are|is) green)|all (?:green|passing)|build (?:passes|is green|succeeded)|merged|deployed|shipped)\b/i;
const neutral = 0.2;

/** Neutral .2; a passing command +.3, a kept edit +.3, a vote +.4, tests pass +.4, thanks +.3; failures −.2 each. */
export function rewardOf(input: Pick<SalienceInput, 'text' | 'signals' | 'showsFailure'>): Dimension {
  let value = neutral;
  const reasons: string[] = [];
  const add = (amount: number, reason: string) => {
    value += amount;
    reasons.push(reason);
  };
  for (const signal of input.signals) {
    if (signal.type === 'command')
      add(signal.failed ? -0.2 : 0.3, signal.failed ? 'a command failed' : 'a command succeeded');
    if (signal.type === 'vote') add(signal.up ? 0.4 : -0.2, signal.up ? 'voted up' : 'voted down');
    if (signal.type === 'edit') {
      if (signal.outcome === 'kept') add(0.3, 'the edit was kept');
      if (signal.outcome === 'undone') add(-0.2, 'the edit was undone');
    }
    if (signal.type === 'tool-rejected') add(-0.2, 'a tool call was rejected');
  }
  if (input.showsFailure) add(-0.2, 'shows a failure');
  if (passed.test(input.text) && !input.showsFailure) add(0.4, 'tests or build pass');
  if (thanks.test(input.text)) add(0.3, 'thanks');
  return reasons.length === 0
    ? { value: clamp01(value) }
    : { value: clamp01(value), reason: [...new Set(reasons)].slice(0, 2).join(', ') };
}
