/** Whether a text says that something came again: then it was not meant once. What fails again is only a failure. */
import { isImperativeVerb } from './verbs.ts';

/** "You mocked the database again", "inline styles again, use the theme": what comes again holds for longer than the task at hand. */
export const saysAgain = (text: string): boolean =>
  didAgain.test(text) ||
  (wantedAfterAgain(text) && !failsAgain.test(text) && !isImperativeVerb(firstWord.exec(text)?.[0] ?? ''));

/** "Try it again, please" orders what is to come again. */
const firstWord = /[a-z]+/i;

/** What is there again, and the words after it: what is wanted instead; what fails again is only a failure. */
const thereAgain =
  /^\W*(?:(?:and|but|wait|no|hey|oh|ugh|hm+),? )*(?:(?:[^,!?;.\n]|\.(?=\w)){2,60}? again\W+(?:please |just )*([\w']+(?: \w+)?)|again (?:so|too) (?:many|much|long)\b)/i;
const wanting =
  /^(?:don'?t|do not|never|no |we (?:have|use|want|agreed|said)|i (?:don'?t|told|said|want|asked)|it (?:should|must|belongs)|there (?:should|must)|that should)/i;
function wantedAfterAgain(text: string): boolean {
  const match = thereAgain.exec(text);
  if (match === null) return false;
  const [, rest] = match;
  return rest === undefined || wanting.test(`${rest} `) || isImperativeVerb(rest.split(' ')[0] ?? '');
}
const failsAgain =
  /\b(?:fail\w*|errors?|broken|broke|breaks|crash\w*|bugs?|red|down|works?|working|wrong|missing|gone|lost)\b[^,.!?;\n]*\bagain\b/i;
const didAgain =
  /(?<!\b(?:can|could|would|will|should|may|might|do|did|if|when|once|after|before|until|unless|so that|let) )\byou(?:'ve| have| just)? (?!(?:can|could|should|would|will|may|might|need|want|try|have to|must)\b)\w{2,}[^.!?;\n]{0,60}?\bagain\b|\bi(?:'ve| have)? (?:already |just |clearly )?told you (?:not |never |to )/i;
