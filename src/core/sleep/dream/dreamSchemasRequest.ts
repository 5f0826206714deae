/** Lesson schemas about what a request takes in: what was meant, all of it, what stands beside it, and what is left of it. */
import { cues as c } from './dreamCueWords.ts';
import type { LessonSchema } from './dreamSchema.ts';

export const requestSchemas: readonly LessonSchema[] = [
  {
    name: 'taken-for-another',
    class: 'instruction',
    problem: 'words were taken for something else than was meant',
    remedy: 'Where words can mean more than one thing, say how you take them before acting on them.',
    problems: [
      c`(?:not|isn't|wasn't|never) what i (?:meant|asked|wanted|said|had in mind)`,
      c`i (?:specifically|explicitly) (?:meant?|want(?:ed)?|asked)`,
      c`i (?:actually|really) meant?\b`,
      c`i(?:'m| am| was) (?:specifically|actually|mainly|only) (?:referring|talking)`,
      c`(?:you|i think you) (?:misunderstood|misread|misinterpreted|confused)`,
    ],
    remedies: [
      c`(?:repeat|restate|say|tell me|confirm) (?:back )?(?:\w+ )?(?:what|how) you(?:'ve)? (?:understood|understand|take|took)`,
      c`(?:if|where|when) (?:anything|something|it|this|that|the \w+) is (?:unclear|ambiguous|not clear),? (?:ask|stop|say|tell)`,
    ],
  },
  {
    name: 'part-left-out',
    class: 'instruction',
    problem: 'part of what was asked for was left out',
    remedy: 'Go through the request point by point before calling it done, and name what is still open.',
    problems: [
      c`you (?:missed|forgot|skipped|left out|omitted|ignored|overlooked) (?:this|that|the|one|another|a|my) (?:\w+ )?(?:parts?|points?|steps?|requirements?|questions?|sections?|requests?|sub-?\w+)`,
      c`(?<!why )did you (?:implement|do|cover|finish|include|answer|address|fix) (?:everything|all)`,
      c`(?:have|were|are) all (?:of )?.{2,40}\b(?:fulfilled|implemented|done|met|addressed|covered|answered)`,
      c`(?:message|answer|list|summary|plan|report|description|review) only (?:talks|speaks|mentions?|references?|covers?|lists?|includes?|addresse[sd])\b`,
      c`you (?:only )?(?:did|answered|implemented|fixed|covered) (?:only )?(?:half|part|some|one|the first)`,
    ],
    remedies: [
      c`(?:go through|address|answer|cover|check|implement) (?:all|each|every)(?: one)?(?: of)? (?:the |my |our |these )?(?:points|requirements|questions|items|criteria|requests|comments)`,
      c`(?:point by point|item by item)`,
    ],
  },
  {
    name: 'unlike-its-neighbours',
    class: 'form',
    problem: 'something was made unlike what stands beside it',
    remedy: 'Look at what stands beside it, and make it like that.',
    problems: [
      c`(?:doesn't|does not|don't|didn't|did not|isn't|not) (?:look|match|follow|fit|consistent with|like) (?:like |with )?(?:how )?(?:the|our|all) (?:other|rest|standard|usual|existing)`,
      c`inconsistent with (?:the|our|how|what)`,
    ],
    remedies: [
      c`(?:look|see|check) (?:at )?how (?:the )?other \w+`,
      c`(?:look at|check|read|follow|copy) (?:the |our )?(?:other|neighbou?ring|existing) (?:\w+ )?\w+s`,
      c`(?:use|follow|keep|match|in) (?:to )?(?:the|our|that|its) (?:\w+ )?(?:same|standard|usual|normal|existing) (?:\w+ )?(?:format|style|structure|pattern|convention|layout)`,
      c`(?:format|style|way|pattern|structure|layout) (?:as |of |like )?(?:the|all|our) other`,
      c`(?:analogous|analagous) to|(?:consistent|in line) with (?:the (?:other|rest|existing)|our|how|all)`,
      c`like (?:the|all|our) (?:other|rest)`,
    ],
  },
  {
    name: 'left-behind',
    class: 'scope',
    problem: 'what was only needed on the way was left lying about',
    remedy: 'Before calling it done, put away what was only needed on the way: scripts, outputs, backups.',
    problems: [
      c`(?:left ?over|stray|untracked|orphaned) (?:\w+ )?(?:files?|scripts?|code|outputs?|folders?|director(?:y|ies))`,
      c`(?:there(?:'s| is| are)|we have)(?: still| also)? (?:\w+ ){0,3}(?:temporary|temp|throw-?away|helper|(?<!from )scratch|backup) (?:\w+ )?(?:files?|scripts?|outputs?|folders?)`,
      c`you left (?:behind |a |an |the |some )+(?:\w+ )?(?:files?|scripts?|prints?|logs?|logging|comments?|code)`,
    ],
    remedies: [
      c`(?:clean up|tidy up|remove|delete|get rid of) .{0,30}\b(?:temporary|temp|debug\w*|helper|test|scratch|unused|backup) (?:\w+ )?(?:files?|scripts?|code|outputs?|logs?|logging|prints?)`,
      c`(?:don't|do not|no longer) need (?:the|those|these|that|this|any) (?:\w+ )?(?:files?|scripts?|outputs?|backups?)`,
      c`only (?:those|the ones|what|the files?) (?:that )?(?:are|is|we) (?:actually |really )?(?:needed|need)`,
    ],
  },
  {
    name: 'not-in-the-commit',
    class: 'sequence',
    problem: 'what belonged to a change did not get into its commit',
    remedy:
      'Look at the status before and after a commit: all that belongs to the change is in it, and nothing else.',
    problems: [
      c`(?:unstaged|uncommitted|unpushed) (?:files?|changes?|commits?|work)`,
      c`files? .{0,20}\buntracked`,
      c`should .{0,20}\b(?:be|have been) (?:part of|in|included in) (?:the|that|this|your) (?:\w+ )?commit`,
      c`(?:don't|do not|can't|cannot) see (?:any of )?.{2,40} in (?:this|the|your) (?:branch|commit|pr|pull request)`,
      c`you (?:didn't|did not|haven't|forgot to) (?:actually )?(?:commit|stage|push)`,
      c`did you (?:commit|push|stage)\b`,
    ],
    remedies: [
      c`(?:make sure|ensure|check)(?: that)? (?:all|everything|any)\b.{0,40}\b(?:committed|pushed|staged|stashed)`,
      c`(?:commit|stage|push) (?:all|any|everything)\b`,
    ],
  },
];
