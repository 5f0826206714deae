/**
 * What people type when they are short with words: no "should", no "instead", no "always", yet a wish that holds. "All our
 * keys are lower case", "nothing from the old client in new code", "plain text only", "`any` is a no-go", "who put this in
 * the footer", "stop there, the rest is mine". Each is known by its shape, whatever it is about.
 */
import { type Cue, start, word } from './cue.ts';

/** What a team has many of, and words its customs with; users, pages and buttons are no such things. */
const artefact =
  '(?:scripts?|tests?|specs?|suites?|commits?|branch(?:es)?|prs?|pull requests?|migrations?|quer(?:y|ies)|functions?|methods?|class(?:es)?|modules?|packages?|crates?|components?|hooks?|handlers?|controllers?|services?|endpoints?|routes?|models?|tables?|columns?|schemas?|serializers?|files?|modules?|notebooks?|plots?|figures?|charts?|diagrams?|docs?|pages? of the docs|chapters?|headings?|readmes?|changelogs?|releases?|configs?|manifests?|containers?|dockerfiles?|images?|jobs?|workflows?|pipelines?|playbooks?|roles?|templates?|stylesheets?|strings?|messages?|labels?|errors?|exceptions?|logs?|log lines?|types?|interfaces?|structs?|enums?|constants?|variables?|names?|keys?|fields?|amounts?|prices?|timestamps?|dates?|units?|shaders?|scenes?|nodes?|assets?|firmwares?|drivers?|repos?|projects?|answers?|repl(?:y|ies)|code|apis?|sql|css)';
/** Up to two words that tell which of them. */
const which = '(?:(?!and|or|the|that|which|who|is|are)[\\w.-]+ ){0,2}';

/** What "not" puts nothing against: how something is or went. */
export const notOpposed =
  '(?!(?:sure|yet|only|just|so|too|very|ok|okay|good|great|right|correct|found|available|supported|possible|allowed|able|enough|ready|working|there|here|the same|the case|in|on|at|for|like|as|be|been|being|have|get|getting|to|it|that|this|much|really|necessarily|quite|all|a|an|every\\w*|\\w+ing|\\w+ed|defined|null|empty|valid|set|shown|seen|see|change|do|work|show)\\b(?! (?:whole|entire|full)\\b))';
/** Words that make a clause of what stands before "not". */
export const notSubject =
  "(?!(?:it|this|that|they|these|those|i|we|you|he|she|who|why|if|or|and|but|so|is|are|was|were|am|be|do|does|did|has|have|had|can|could|will|would|should|may|might|must|there|of|maybe|still|what|how|which|when|also|certainly|definitely|absolutely|probably|perhaps|no|yes|hm+|please|pls|lets|let|to|or|than|just|really|currently|now|obviously|clearly|apparently|sadly|hes|shes|its|thats|whats|theres|isnt|passe?s?|fails?|works?|runs?|shows?|goes|went|gets?|got|\\w+'\\w+)\\b)";

/** A text that is longer is not short with words. Characters. */
export const mostTerse = 260;

const shapes: readonly Cue[] = [
  {
    name: 'conforms',
    hint: /\bour |others?\b|\brest\b|\belse\b|whole|entire/,
    pattern: word(
      `all (?:of )?our ${which}[\\w.-]+ (?:are|have|use|go|live|come|start|end|begin|follow|take|return|look|say|should|must|bail|read|write|run|end up)(?! (?:not|still|now|broken|failing|down|slow|red|gone|empty|(?:in|on|at|from) the|\\w+ing)\\b)|our ${which}${artefact} (?:are|is|have|has|use|uses|go|live|come|start|end|begin|follow|take|return)(?! (?:not|still|now|broken|failing|failed|down|slow|red|gone|empty|currently|getting|(?:in|on|at|from) the|an? (?:bug|error|issue|problem)|\\w+ing)\\b)|(?:like|as|same (?:as|like)) (?:in |with |for )?(?:every other \\w+|(?:all |all of )?the (?:others|rest)(?! of (?:the )?(?:design|page|screen|site)))|look at (?:any|every|all)(?: of)?(?: the)? others?|every(?:thing|body|one)? (?:else|other ${artefact})(?: here| in (?:here|this \\w+))? (?:is|uses?|has|goes|lives|does|starts|ends|follows|comes|returns)(?! (?:not|still|now|broken|fine|ok|good|\\w+ing)\\b)|(?:the )?(?:whole|entire|rest of the) (?:repo|project|code ?base|app|api|schema|stylesheet|site|book|paper|team|suite|backend|frontend|${artefact}) (?:is|uses|are|use|has)(?! (?:not|still|now|broken|failing|down|slow|red|gone|empty|\\w+ing)\\b)`,
    ),
    reason: 'wants it like the others',
  },
  {
    name: 'nothingBut',
    hint: /nothing|nobody|no one|outside|except|beyond/,
    pattern: word(
      '(?:nothing|nobody|no one) (?:else )?(?:reads?|writes?|goes|touches|gets|leaves|calls|imports|talks|ships|merges|runs|depends|uses|enters|lands|changes|knows|reaches|queries|logs|prints|imported)\\b[^.!?\\n]{0,70}? (?:except|but|without|outside|until|unless|besides|other than)|nothing from [^.!?\\n]{2,40} (?:in|into|on) (?:new|our|this|the) \\w+|(?<=\\p{L}, (?:and )?)nothing (?:on|in|to|from|else|but) (?:[\\w.-]+ ?){1,3}(?=[.!]|$)|nothing but|no(?:thing| one| \\w+) (?:outside|except|beyond)',
    ),
    reason: 'lets nothing else in',
  },
  {
    name: 'thisOnly',
    hint: / only\b/,
    pattern:
      /(?:^|[.!?,;:…\n)] *|[-–—] )(?!(?:this|that|it|its|these|those|they|them|he|she|i|we|you|is|are|was|can|will|read|for|and|or|but|if|one|works?|shows?|not|the|my|use|maybe|now|with|what|why|which)\b)(?:[\p{L}\d`'"@+#./_-]+ ){1,3}(?<!\bread |\bview |\bin |\bon |\bis |\bare )only(?: (?:please|pls|plz|here|everywhere|in here))?(?=\s*(?:[.!,;\n]|$))/u,
    reason: 'wants one thing only',
  },
  {
    name: 'bareContrast',
    hint: / not /,
    pattern: word(
      `(?:give|show|send|print|write|make|put|keep|want|return|say|need|name|spell|answer|paste|read|pick|format)\\b[^.!?,;\\n]{2,60} not ${notOpposed}(?:the |an? |all |whole )*\\w+|(?<=(?:^|[.,;:!?\\n] ?))(?:${notSubject}[\\w./\`-]+(?!') ){1,3}not ${notOpposed}[\\w./'\`-]+(?: (?!at |in |on )[\\w./'\`-]+){0,2}(?= ?[.,;!\\n(]| please| pls|$)`,
    ),
    reason: 'says “this, not that”',
  },
  {
    name: 'arrow',
    hint: /->|→|=>/,
    pattern:
      /^(?![^\n]*(?:->|→|=>)[^\n]*(?:->|→|=>)[^\n]*(?:->|→|=>))(?!.*\b(?:rename|move|copy|replace|convert|swap|map|click|menu|settings ?(?:->|→)|go to|open|navigate|tab)\b)[^\n]{0,60}?[\p{L}\d_)"'`.%] ?(?:->|→|=>) ?["'`\p{L}\d_.(][^\n]{0,120}$/u,
    reason: 'turns one thing into another',
  },
  {
    name: 'verdict',
    hint: /no.?go|no.?no\b|starter|trouble|accident|foot ?gun|smell|pattern|breaker|cheating|an option|a thing|crime|\bsin\b|evil|dead to|not |n't |isnt|excuse|\bno \w+ |belong/,
    pattern: word(
      "(?:is|are|'s|that's) (?:just |simply |really |always |still )?(?:an? )?(?:no.?go|no.?no|non.?starter|asking for (?:it|trouble)|an accident waiting|footgun|foot gun|(?:code )?smell|anti.?pattern|deal.?breaker|cheating|not an option|not a thing|a thing of the past|a crime|a sin|evil|dead to (?:me|us)|not how)|(?<!\\b(?:it|this|that|there|which|he|she) )(?:is not|isn't|are not|aren't|isnt|arent) an? (?!(?:problem|issue|big|bug|error|valid|known|good|single|directory|function|git|mac|new|priority|huge|real|bad)\\b)[\\w-]+(?=[.,;:!]|$)|no excuses?(?=[.,;!]|$)|ha(?:s|ve) no (?:business|place|right|reason to be)|(?:do|does)(?:n't| not|nt) belong",
    ),
    reason: 'rules something out',
  },
  {
    name: 'isTheRule',
    hint: /rule|convention|standard|style|\blaw\b|policy|default|norm\b|custom|\bwe\b|limit|deal\b/,
    pattern: word(
      "(?:is|are|'s) (?:the|our|a|my|still the|always the) (?:\\w+ )?(?:rule|rules|convention|standard|house style|law|policy|default|norm|custom)(?: (?:here|for us|in (?:this|our) \\w+))?(?=[.,;:!)]|$| here| for us| in (?:this|our))|(?:is|'s|that's|thats) (?:just )?(?:how|what|the way) we (?:do|write|name|call|handle|ship|build|test|always|use|keep|run)|how we do (?:it|this|things|that)|the way we do|house (?:style|rules?)|(?:\\w+ )?per \\w+ (?:\\w+ )?is the (?:rule|limit|deal)",
    ),
    reason: 'says that this is the rule',
  },
  {
    name: 'movesAway',
    hint: /\bwe\b|we're|were|we've|team/,
    pattern: word(
      "(?:we|the team)(?:'re| are|re|'ve been| is)(?: slowly| all| currently| just| finally| in the middle of| trying to be)? (?:getting rid of|moving (?:\\w+ )?(?:off|away|over to)|moving (?:everything|all of it|it all) \\w+|leaving (?!(?:it|this|that|them|the|for|in|on|at|now|soon|out)\\b)|dropping (?!(?:it|this|that|the)\\b)|phasing out|done with (?!(?:it|this|that|the)\\b)|retiring|ditching|killing off|standardi[sz]ing|an? [\\w-]+ (?:shop|company|team|house))|we(?:'ve| have)? (?:ditched|retired|killed|banned|outgrew|got rid of)(?! (?:it|this|that)\\b)|we(?:'ve| have)? (?:moved|migrated|switched) (?:everything|all of it|it all|all \\w+|away|off|over)\\b",
    ),
    reason: 'tells what the team leaves or moves to',
  },
  {
    name: 'refused',
    hint: /\?/,
    pattern:
      /[\p{L}\d)>\]"'`]\?{1,3} (?:no|nope|nah|never)\b(?! (?:idea|problem|worries|clue))|(?:^|[.!\n] )(?!(?:how|what|can|could|is|are|do|does|did|where|when|which|who|why|will|would|should|was|were|have|has|any|so|and|ok|or)\b)[^.!?\n]{1,60}[\p{L}\d)>\]"'`](?:\?{2,3}|\?!|!\?) +(?!(?:how|what|can|is|do|does|where|when|which|please|help|thanks|it|why)\b)[\p{L}\d`"']/u,
    reason: 'refuses what it names',
  },
  {
    name: 'everyArtefact',
    hint: /every|\bany|whatever/,
    pattern: word(
      `(?:in|on|for|from|to|at|by|with|before|after|above) (?:every|any)(?: new| single)? ${which}${artefact}|(?:anything|everything|whatever|any \\w+) (?:that |which )?(?:(?:the |our )?(?:users?|customers?|people|clients?|readers?|anyone|anybody) (?:will |can |might )?(?:see|read|notice|touch|run)s?|user.facing|customer.facing|public(?:.facing)?|older than|longer than|over \\d)\\w*`,
    ),
    reason: 'says it of every one of a kind',
  },
  {
    name: 'remedy',
    hint: /can't|cannot|cant\b|couldn't|can never|could not|no idea|lost|wasted|spent|cost /,
    pattern: word(
      "(?:(?:i|we|you|they|reviewers?|nobody|people|customers?|\\w+ers) |(?<=(?:^|[.!?\\n] )))(?:can't|cannot|cant|couldn't|can never|could not) (?!see\\b|find\\b|open\\b|log)[^.!?\\n]{6,90}[.!?\\n] ?(?!(?:why|how|what|can|could|is|do|does|any|i|it|we|the|this|that|there|please help|help|where|when|which|and|but)\\b)\\w+ \\w+|(?:and |with |had |have )?no idea (?:from|which|what|where|why|how|who|when)(?= |[.!?])[^.!?\\n]{0,60}[.!?\\n] ?(?!(?:why|how|what|can|could|is|do|does|any|i|it|we|the|this|that|there|help)\\b)\\w+ \\w+|(?:lost|wasted|spent|cost (?:me|us)) (?:an?|half an?|two|three|the whole|all) (?:\\w+ )?(?:hours?|days?|mornings?|afternoons?|weekends?|weeks?|evenings?|nights?)",
    ),
    reason: 'tells what it cost and what to do about it',
  },
  {
    name: 'whoPut',
    hint: /\bwho |\bwhy |since when/,
    pattern: start(
      "(?:and |so |hm+,? |erm?,? )?(?:who (?:put|told|named|let|asked|said)|who (?:added|wrote|left|called|hard-?coded)(?![^.!?\\n]*\\?\\W*$)|(?:why|since when)(?: (?:the|all the|another|so many|these|those|always|even))? (?!(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|it|this|that|not|we|you|i|they|on|in|the|a|an|am|isn't|doesn't|don't|didn't|wasn't|aren't|my|our|there)\\b)[\\w.`/-]+(?: [\\w.`/-]+){0,2} (?:in|on|at|inside|for|here|everywhere|again|all over|when|if)\\b)",
    ),
    reason: 'asks who wanted it so',
  },
  {
    name: 'reasonAsked',
    hint: /reason/,
    pattern: word(
      '(?:is|was) there (?:a|any|some)(?: good| particular| specific| real)? reason (?:you|we|it|this|that|the|for|why|not|to|behind)|any (?:good |particular )?reason (?:you|we|it|this|that|the|for|why|not|to)',
    ),
    reason: 'asks for the reason',
  },
  {
    name: 'isMine',
    hint: /stop |mine|on me|my |to me|hands off|\bi\b|wait for/,
    pattern: word(
      "stop (?:there|here|right there|at that|after (?:the|that|this))|(?:the rest|that part|that|merging|deploy\\w*|push\\w*|commit\\w*|releas\\w*|apply\\w*|\\w+ing|\\w+) (?:is|are) (?:mine|on me|my (?:job|call|business|part|turf|decision|problem))(?=[.,;:!]|$| to)|(?:leave|hand) (?:it|that|the \\w+(?: \\w+)?|\\w+ing) to me|hands off|i(?:'ll| will)? (?:do|run|handle|apply|merge|push|deploy|commit|release|tag|publish|send)(?: (?:it|that|them|those|the \\w+))? (?:myself|once i|after i|when i)|i(?:'m| am) the one who|wait for (?:my|me|an? (?:ok|go|yes))(?: \\w+)?|(?:until|before) i (?:say|ok|approve|confirm|sign)",
    ),
    reason: 'keeps a step for themself',
  },
  {
    name: 'ownPlace',
    hint: / own |one \w+ per|w(?:ithout|\/o|\/out) /,
    pattern: word(
      '(?:in|as|on|to|with) (?:its|their|a|an) own (?:pr|prs|commits?|branch(?:es)?|files?|modules?|migrations?|class(?:es)?|functions?|packages?|crates?|folders?|hooks?|components?|steps?|pull requests?|services?|tables?|line)|one \\w+ per \\w+|w(?:ithout|/o|/out) (?:adding |pulling in |using |installing |needing )?(?:another|any|an?|yet another|new|extra|more)(?: new| extra| more| third.party| external| other)? (?:librar|dep|dependenc|packag|plugin|framework|gem|crate|module)\\w*',
    ),
    reason: 'says how it is to be divided',
  },
];

export const terseCues: readonly Cue[] = shapes.map((cue) => ({ ...cue, within: mostTerse }));
