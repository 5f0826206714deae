/**
 * What is said of every one of a kind of artefact of the work: "every container gets a memory limit", "migrations that are
 * merged are frozen", "any is banned here". Whoever says so of tests, commits or queries tells how to work; of users, pages and
 * buttons it tells what the product does, and holds as long as the task.
 */

/** Artefacts of working on software, by their stems; what a product shows its users is none of them. */
const artefact =
  '(?:source |code |test |log |error |commit |file |class |config |env(?:ironment)? |database |db |sql |api |unit |integration |docker ?|schema |return |response |request |json |new |public |private |shared |helper |library |react |vue |rust |go |python )*' +
  '(?:tests?|specs?|commits?|commit messages?|branch(?:es)?|pull requests?|prs?|migrations?|quer(?:y|ies)|functions?|methods?|class(?:es)?|modules?|packages?|librar(?:y|ies)|dependenc(?:y|ies)|imports?|exports?|types?|interfaces?|enums?|constants?|variables?|parameters?|params?|args|components?|composables?|hooks?|props|routes?|handlers?|controllers?|services?|endpoints?|repositories|middlewares?|models|serializers?|schemas?|files?|file names?|filenames?|folders?|director(?:y|ies)|scripts?|notebooks?|dockerfiles?|containers?|images?|manifests?|charts?|deployments?|pipelines?|workflows?|jobs|env vars?|keys|tokens|secrets|passwords|credentials|strings|literals|numbers|timestamps?|dates|ids|names|identifiers|keys|errors?|exceptions?|warnings?|logs?|log lines|docs?|docstrings?|documentation|changelogs?|readmes?|styles?|stylesheets?|colou?rs?|fixtures?|mocks?|stubs?|assertions?|figures?|plots?|todos?|code|sql|css|html|markup|texts?|labels|copy|translations?|assets|headers|comments)';

const normative =
  "(?:must|should|shall|ha(?:s|ve) to|needs?(?: to)?|gets?|goes?|go|is to be|are to be|ships?|belongs?|lives?|live|comes? from|come from|stays?|carr(?:y|ies)|starts? with|ends? with|follows?|are always|is always|are never|is never|are only|is only|must(?:n't| not)|(?:may|can) (?:not|only|never)|always|never)";

const ofEvery = new RegExp(
  `^(?:(?:every(?: single)?|each(?: and every)?|all(?: of)?(?: our| the)?|any) (?:${artefact})|${artefact}(?<=s|code|sql|css|html|markup|copy|documentation)(?: (?:that|which|in|of|for|with) [^,;:.]{2,40}?)?) (?:here |in (?:this|our) \\w+ )?${normative}(?! (?:a bit|still|now|again|broken|lost|wrong|missing|an? error|errors)\\b)`,
  'i',
);
const banned =
  /^[^,;]{3,60}? (?:is|are) (?:strictly |simply )?(?:banned|forbidden|frozen|read[- ]only|off[- ]limits|immutable|not allowed)(?: here| in (?:this|our) \w+)?\W*$/i;
/** "…, no exceptions", "… anywhere in this codebase", "… throughout": how far it holds is said at its end. */
const everywhereAtTheEnd =
  /(?:,| -| –) (?:no exceptions?(?: please| pls)?|everywhere|throughout|all of them|every (?:single )?time|as a rule|for anything you \w+)[\s.!]*$|\b(?:anywhere|everywhere|throughout) (?:in|across) (?:this|our|the(?: whole)?) (?:codebase|code base|repo|repository|project|code)[\s.!]*$|\bthroughout(?=[\s.!]*$|, \S)/i;
const ofAnything =
  /^(?:for|in|on|with) (?:anything|everything|any|every|each|all) [^,:;.]{2,50}[,:] (?!(?:i|it|there|the|this|that|what|how|why|is|are|can|do|does)\b)\S|^(?:anything|everything) [^,:;.]{2,50}? (?:goes|has to go|must go|should go|comes|is done) (?:through|thru|via|into|in|from)\b/i;
const orders =
  /^(?:(?:please|and|also|just|so) )*(?:no|never|only|always|don't|do not|make sure|ensure|use|keep|put|write|name|follow|avoid|prefer|store|run|leave)\b/i;
/** What programs say is wrong with what they were given: "each child in a list should have a unique key". */
const complaint =
  /\b(?:must|should) (?:be (?:called|unique|defined|specified|provided|of type|an? |at least|between|wrapped)|not be (?:null|empty|undefined)|have a unique|return (?:a|an|the)|match|contain at least|implement)\b/i;
/** How things are, went or look; what is asked; what is for now. */
const told =
  /\b(?:still|currently|right now|for now|at the moment|seems?|looks? like|apparently|broken|fails?|failed|crash\w*|gone|yesterday|today|i (?:see|saw|get|got|can|could|noticed|think)|was|were|did|had|been|should cover)\b|[?？]|^\W*#/i;

/** "Every barrel needs a label": a duty, of whatever kind. */
export const eachNeeds = /^(?:every|each) (?:\S+ ){1,4}?needs \S/i;

/** True for a sentence that says how every one of a kind has to be, or what must not be at all. */
export const holdsForKind = (text: string): boolean =>
  text.split(/\s+/).length >= 5 &&
  !told.test(text) &&
  !complaint.test(text) &&
  (ofEvery.test(text) ||
    banned.test(text) ||
    ofAnything.test(text) ||
    (orders.test(text) && everywhereAtTheEnd.test(text)));
