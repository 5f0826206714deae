/**
 * Sentences that are whole and yet too thin for a rule: an order that says what was wanted at the time, and neither how,
 * nor where, nor when. Who reads it months later would do nothing else for having read it.
 */

/** Says how, where, when or how often: what makes of a wish at hand something to go by. */
const says =
  /\b(?:always|never|not|don'?t|cannot|no|without|avoid|only|instead of|rather than|each|every|whenever|when|if|before|after|while|unless|until|by default|must|in|into|on|onto|at|as|with|using|via|for|from|to|under|over|per|first|yourself|that|which|whose|so)\b/i;

/**
 * Making something new is over once it is there (an accomplishment; Vendler 1957): "Make a diagram". "Update the
 * changelog" is about a thing that stays, and may be wanted again.
 */
const making =
  /^(?:please |just |now |also )*(?:make|create|write|add|generate|draft|build|produce|prepare|give|do|draw|compose|provide|open|suggest|propose|come up with) (?:me |us )?(?:an?|some|another|(?:an?|the) new|new)\s+(.+)$/i;

/**
 * "The rules should be short": who was there knows which. What is meant in general has no article in English (a bare
 * plural), or says which of them.
 */
const thingAtHand =
  /^(?:make sure |ensure )?(?:that )?the [\p{L}-]+(?:'s [\p{L}-]+)? (?:should|must|needs? to|ha(?:s|ve) to|ought to) be (?!(?:\p{L}+ed|written|hidden|kept|shown|drawn|built|sent|set|put|run|done|made|given|taken|chosen|left|held|read|cut|split|known|thrown|bound|found)\b)(.+)$/iu;

/** "Make sure the rules are house rules": which, of those that were on the screen, and no word of how or where. */
const ofTheirKind =
  /^(?:make sure |ensure )?(?:that )?(?:the |these |those )?([\p{L}-]+?)s? (?:is|are|should be|must be) (?:an? |all |really |also |the )*(?:[\p{L}-]+ ){1,2}\1s?\W*$/iu;

/** A verb that wants an object and has none: "…, and find out". */
const objectless =
  /\b(?:find|figure|work|sort|point|carry|try|check|test) (?:out|through)\W*$|\blook into\W*$/i;

/** More of what only the task at hand has: "any additional questions". Not to add any more is another matter. */
const moreOfIt =
  /\b(?:any|some|the|all) (?:additional|further|other|more|remaining) [\p{L}-]+(?: (?:if|as|when) (?:needed|necessary|required)| (?:that )?(?:you|we) (?:may |might |still )?(?:have|need|see|find))?\W*$/iu;
const forbids = /\b(?:not|don'?t|never|no|without|avoid|only)\b/i;

/** About the answer that is being given. */
const aboutTheAnswer =
  /^(?:please |just |now )*(?:repeat|redo|resend|reformat|shorten|summari[sz]e|rephrase|restate|rewrite|give|print|show|output) (?:me )?(?:the|your|that|this)\s+(?:(?:entire|whole|last|previous|full|same|complete)\s+)*(?:answers?|responses?|repl(?:y|ies)|messages?|summar(?:y|ies)|outputs?|text|thing)\b/i;

/** Only who saw it knows what. */
const wholeThing = /\bthe (?:entire|whole|other) (?:thing|lot|stuff)\b/i;

/** A question that a reader put an order before: "Make sure don't we …". */
const asksInside =
  /^(?:make sure|ensure|be sure|remember)(?: that| to)? (?:do(?:es|n'?t|esn'?t)?|did(?:n'?t)?|should(?:n'?t)?|can(?:'?t)?|could(?:n'?t)?|would(?:n'?t)?|will|won'?t|is|are|isn'?t|aren'?t|was|were|has|have|haven'?t) (?:we|you|they|i|it|he|she|the)\b/i;

/** Calls for attention; to what, another sentence said. */
const attention =
  /^(?:please |just |also |always )*(?:(?:keep|bear) (?:it |this |that )?in mind|take note|pay attention|be (?:aware|careful|mindful))\W*$/i;

/** "Never more than twelve", "never again": what comes before said of what; and how things went, not how they shall go. */
const boundOrTold =
  /^(?:never|always|not) (?:more|less|fewer|later|earlier|longer|again|enough|before|mind|an?|the|been|had|was|were|got|saw|seen|went|knew|dealt|thought|felt|came|took|gave|made|kept|told|said|heard|met|found|lost|(?!(?:em|im)bed\b|shr?ed\b)\p{L}{2,}[^e\s]ed)\b/iu;

/** "Do not get anywhere": nobody needs to be told. */
const toNobody =
  /^(?:do not|don'?t|never) (?:make (?:any )?(?:progress|sense)|get (?:any ?where|far|it|me wrong)|work(?! (?:on|in|with|from|at|as)\b)|care|know|understand|matter)\b/i;

/** "The same table we have in the week view": what is there is to be copied once. */
const asThere =
  /\bsame (?:[\p{L}-]+ ){1,3}(?:as |that |which )?(?:we|you|i)(?:'ve| have| had| did| used?| are using| built| made)\b/iu;
const lasting = /\b(?:always|never|every|each|all|any)\b/i;

/** What programs say to those who sit before them. */
const toTheScreen =
  /^(?:press|hit|type) (?:(?:the )?(?:ctrl|control|cmd|command|alt|option|shift|esc(?:ape)?|enter|return|space(?:bar)?|any key|tab|[a-z]|⌘)\b|["'`<[])/i;

/** True for a sentence that nobody could go by who was not there. Pure. */
export function isThin(sentence: string): boolean {
  const text = sentence.replace(/[’]/g, "'").trim();
  if (
    [
      objectless,
      aboutTheAnswer,
      wholeThing,
      asksInside,
      toTheScreen,
      ofTheirKind,
      attention,
      boundOrTold,
      toNobody,
    ].some((shape) => shape.test(text))
  )
    return true;
  if (asThere.test(text) && !lasting.test(text)) return true;
  if (moreOfIt.test(text) && !forbids.test(text)) return true;
  const rest = making.exec(text)?.[1] ?? thingAtHand.exec(text)?.[1];
  return rest !== undefined && !says.test(rest);
}
