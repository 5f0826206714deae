/**
 * Features of what a message is *for*, seen from its form and from what the assistant had just said: orders of a host,
 * plain questions, things volunteered, wishes for the product; and whether a complaint answers work that was claimed.
 */

const hostCommand = /^\s*[@/][a-z][\w:-]*(?:\s|$)/;
const shellLine =
  /^\s*\$?\s*(?:npm|npx|yarn|pnpm|bun|git|docker|python3?|pip|node|cd|ls|cargo|make|curl|sudo|brew|apt|kubectl|go) [^.?!]{1,80}$/;
const whQuestion =
  /^\W*(?:(?:ok(?:ay)?|so|and|also|now|thanks|great|hm+|quick question)\b[\s,.:!–-]*)*(?:what|what's|whats|how|which|where|when|who|can i|can we|could we|should i|should we|do i|do we|is there|are there|does|is it possible|any idea|what if)\b[^.!\n]{0,200}\?/;
/** A plain question however it goes on: nobody reproaches with "how do I". */
const asksHow =
  /^\W*(?:(?:ok(?:ay)?|so|and|also|now|thanks|great|hm+|quick question)\b[\s,.:!–-]*)*(?:in \S+, )?(?:how (?:do|can|should|would) (?:i|we|one)|what (?:is|are|does|would|should)|what's|can i|should i|which|is there|are there|is it possible|do i)\b[^!\n]{0,300}\?|\b(?:how (?:do|can|would) (?:i|we)|is there (?:a|an|any) (?:way|option|setting)|should i|what are the)\b[^.!?\n]{0,200}\?/;
const makesNew =
  /^\W*(?:(?:ok(?:ay)?|thanks|great|now|next|then|also|last step|please|let's|lets|can you|could you)\b[\s,.:!–-]*)*(?:create|generate|write|draft|produce|prepare|make|build|add|design|provide|give me|list|analy[sz]e|review|explain|suggest|summari[sz]e|pinpoint|proceed|continue|move on) (?:(?:an?|some|the|these|this|me|with|to|your|our|all|one|two|three|\d+)\b|\S+ing\b)/;
const reproach =
  /\b(?:why|not|n't|never|wrong|instead|again|still|missing|forgot|missed|you (?:just|only)|did you|have you|are you sure)\b|n't\b/;
const politeTask =
  /(?:^|[.!?\n,]\s*)(?:(?:then|and|also|now|so|next|ok(?:ay)?)[, ]+)*(?:please|pls|kindly|can you|could you|would you|let's|lets) (?:also |then |now |just |go ahead and )*(?!not\b|don't|dont|do not|stop|never|use\b|avoid|make sure|keep\b|only\b|always)\p{L}+/u;
const volunteers =
  /^\W*(?:sorry|here (?:is|are|it is|they are|you go)|here's|heres|i'?ve (?:got|added|staged|made|also|now|just|created|updated|merged|run|uploaded|attached|pushed|committed)|i have (?:added|staged|made|now|just|created|a|an|the)|i(?:'m| am) (?:using|looking for|working|trying|running|going|not (?:very|too|that) familiar)|i was (?:mistaken|wrong)|my (?:mistake|bad|fault)|this is (?:an?|the|my|our)|that was (?:me|my)|for context|for reference|quick question|fyi|the following|these are|there(?:'s| is| are) (?:an?|another|some|two|three)|it(?:'s| is) (?:an?|the|in|at|on|called|located))\b/;
const ownFault =
  /\b(?:i was (?:mistaken|wrong)|my (?:mistake|bad|fault|error)|i (?:misread|misunderstood|mistyped|forgot|missed|meant to say)|sorry (?:about|for) that)\b/;
const wish =
  /\b(?:it (?:would|might) be (?:nice|great|cool|good|better|useful|helpful)|i(?:'d| would) (?:like|love) (?:to (?:see|have|add|be able)|a|an|the|some|for)|(?:do you think )?(?:can|could) (?:we|you) (?:also|add|have|make it|display|show|fetch|find)|find a way to|i think we (?:should|could) (?:add|update|have|also|create|build|include|improve)|how about|would it be possible|i(?:'d)? (?:want|wa+nt|need) to (?:add|create|build|have|be able|implement)|let's add|new feature|be able to)\b/;
const complaint =
  /\b(?:wrong|incorrect|not|n't|missing|missed|broken|again|still|should|instead|error|errors|fail\w*|too|only|same|lost|gone|duplicate\w*|never|no longer)\b|n't\b/;
const second = /\b(?:you|your|you're|you've|you'd)\b/;
const steps = /^\s*(?:\d+[.)]|[-*•])\s+\S/gm;
const reported =
  /\b(?:when (?:i|the user|you|a user|clicking|opening)|if (?:i|the user|a user) (?:click|open|select|press|run|go|try)|after (?:clicking|opening|selecting|refresh\w*|reload\w*)|click(?:ing|ed)?|in the (?:browser|console|ui|header|sidebar|modal|page|tab)|on the (?:page|screen|left|right|top|bottom))\b/;

const pointsAtThing =
  /\b(?:this|that|these|those) (?!(?:project|repo|repository|codebase|is|was|way|time|kind|sort|means|should|would|will|does|doesn't|isn't|wasn't|can|the|you|we|i|it)\b)[a-z]+\b/;
const singleThing =
  /\b(?:the|this|that) (?:\S+ ){0,2}(?:task|branch|pr|pull request|commit|button|tab|page|section|header|modal|sidebar|panel|layout|warning|screen|column|row|icon|label|title|test|directory|folder|session|db|database)\b/;
const seen =
  /\b(?:i (?:still |also |just )?(?:don't|do not|dont|can't|cannot) (?:see|find|have)|i(?:'m| am) (?:still |now |also )*(?:seeing|getting|having)|i (?:now |still )?(?:see|get|got|have) (?:an?|the|two|no|another|plenty|this)|it (?:only|still|now|just)|there(?:'s| is| are) (?:still|now|only|no|two|an? )|looks like|seems? (?:like|to)|currently)\b/;
const oneAct =
  /^\W*(?:(?:ok(?:ay)?|no|yes|so|now|then|and|also|actually|great|thanks|just|please)\b[\s,.:!–-]*)*(?:(?:let's|lets|go ahead and|you can|can you|could you|i want you to|try (?:to|and)?)\s+)*(?:also |just |now |actually )*(?:rename|call it|remove|delete|revert|cancel|switch|move|start|try|add|apply|re-?\w+|fix|change|put|undo|go back|merge|restore|rebuild|finish|resume|look|go)\b/;
const conduct =
  /\b(?:why (?:did|didn't|are|aren't|do|don't|were|have|haven't) you|did(?:n't)? you|have(?:n't)? you|you (?:should|shouldn't|must|need to|have to|didn't|did not|never|always|forgot|missed|keep|just|don't|aren't|can)|(?:don't|do not|dont|never|always|stop|make sure|without asking|instead of)|yourself|first|before you|prior to|rules?|\S+\.mdc?|as per|according to|convention|workflow|every|any|each|all)\b/;
const address = /https?:\/\/|\blocalhost\b|\b[0-9a-f]{8,40}\b|#\d+|\b\d{3}\b|\bv?\d+\.\d+(?:\.\d+)?\b/;

/** An order to mend, after work, that says what is wrong. */
const fixOrder =
  /^\W*(?:(?:ok(?:ay)?|and|also|now|then|next|so|please|pls|can you|could you)\b[,\s]+)*(?:fix|correct|repair|undo|redo)\b/;
const faultTold =
  /\btoo \w+|n't\b|\bnot\b|\b(?:no longer|still|wrong|looks?|should|instead|keeps?|missing|cut off|clipped|overlap\w*|stuck|broken|right now|currently|at the moment|\w*(?:error|exception) ?(?=:)|(?:an?|the) (?:issue|problem|error|bug)s?)\b/;

/** What one assistant writes to another: who it is to be, what to do, and in what form to answer. */
const castsRole =
  /^\W*you are (?:an? |the |now |acting |working |tasked )|^\W*(?:act as|your (?:task|role|job|mission)(?: is\b|:))/;
const briefParts =
  /^[\W\d]*(?:(?:your |the )?(?:task|goal|objective|scope|context|background|deliver(?:ables?)?|output|requirements|constraints|workflow|instructions|acceptance criteria)\s*(?:\([^)\n]*\))?:|(?:return|deliver|report back|report)\b(?: (?:a|an|the|one|exactly|only|your|back)\b|:))/gm;

/** True for a brief written for an assistant that has heard nothing yet. */
export const isBrief = (text: string, words: number): boolean =>
  words >= 25 && (text.match(briefParts)?.length ?? 0) + (castsRole.test(text) ? 1 : 0) >= 2;

/** What tells a message about this task from one about how to work. Added to the features where it is memorable. */
export function reachOf(text: string): readonly string[] {
  const found: string[] = [];
  const add = (name: string, holds: boolean) => {
    if (holds) found.push(name);
  };
  add('pointsAtThing', pointsAtThing.test(text));
  add('singleThing', singleThing.test(text));
  add('seen', seen.test(text));
  add('oneAct', oneAct.test(text));
  add('conduct', conduct.test(text));
  add('address', address.test(text));
  return found;
}

/**
 * @param text the user's own words in lower case, plain apostrophes
 * @param known `claims`: the assistant had just claimed work; `orders`: it names what to do or not to do
 * @param prev what the assistant had said; empty for a first message, undefined where nobody knows
 */
export function circumstancesOf(
  text: string,
  prev: string | undefined,
  known: { readonly claims: boolean; readonly words: number; readonly orders: boolean },
): readonly string[] {
  const found: string[] = [];
  const add = (name: string, holds: boolean) => {
    if (holds) found.push(name);
  };
  const reproaches = reproach.test(text);
  const complains = complaint.test(text);
  add('hostCommand', hostCommand.test(text) && (known.words <= 6 || (known.words <= 25 && !reproaches)));
  add('shellLine', shellLine.test(text) && !text.trim().includes('\n') && !reproaches);
  add(
    'whQuestion',
    (whQuestion.test(text) && !reproaches) ||
      (asksHow.test(text) && !/\bhow (?:is|come)\b|\bwhy\b/.test(text)),
  );
  add('makesNew', makesNew.test(text));
  add('politeTask', politeTask.test(text) && !complains);
  add('volunteers', volunteers.test(text));
  add('ownFault', ownFault.test(text));
  add('wish', wish.test(text));
  add('reported', reported.test(text) && !second.test(text));
  add('steps', (text.match(steps)?.length ?? 0) >= 3);
  if (prev === undefined) return found;
  add('agentPrompt', prev === '' && isBrief(text, known.words));
  add('fixesFault', prev !== '' && fixOrder.test(text) && faultTold.test(text));
  add('coldReport', prev === '' && complains && !known.orders);
  add('coldOrder', prev === '' && known.orders && known.words <= 25 && !/[?？]\s*$/.test(text));
  add('coldTask', prev === '' && known.words > 25);
  add('complainsOfWork', prev !== '' && complains && known.claims);
  add('addressesWork', prev !== '' && complains && second.test(text));
  return found;
}
