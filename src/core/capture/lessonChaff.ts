/** What teaches nothing by itself: a verdict, and what a program printed. */

/** Says that something is wrong, not what. */
const verdict =
  /^(?:(?:no|nope|hm+|wait|but|and|so|this|that|it|that's|it's|this is|these are|is|was|looks?|seems?|still|just|really|completely|totally|way|too|a bit|much|not|isn't|wasn't|quite|right|correct|wrong|incorrect|good|bad|better|worse|weird|odd|strange|enough|close|yet|what i (?:asked for|want(?:ed)?|mean(?:t)?))[\s,.!]*)+$/i;
/** A prompt, a path, a moment to the second, a level of a log, the result of a test, a line of a listing. */
const machineLine =
  /^(?:[\w.@~/-]+\.\w{1,5}|[$%#>❯➜✓✔✗✘×●⨯✕].*|(?:\S+ )?[✓✔✗✘×⨯✕] .*|\(\w+\) .*|.*(?:git:\(|\bat \S+:\d+).*|[MADRU?]{1,2} +\S+|\*\* \(.*|(?:npm|yarn|pnpm) (?:warn|err!?|error|notice)\b.*|\[?\d{4}-\d\d-\d\dT.*|\[?\d\d:\d\d:\d\d.*)$/;
const logLine = /^\[(?:[\w ]+ ?: ?)?(?:info|warn(?:ing)?|error|debug|message)\b.*/i;

/** What a program printed, as far as one line tells. */
export const isMachineLine = (line: string): boolean => machineLine.test(line) || logLine.test(line);

/** A verdict on how it came out, and nothing more. */
export const saysOnlyHow = (core: string): boolean => verdict.test(core);
