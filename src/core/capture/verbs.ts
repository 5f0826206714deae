/** Small English morphology: enough to turn "you used", "you're using" and "should use" into "use". */

const irregularPast: Readonly<Record<string, string>> = {
  did: 'do',
  done: 'do',
  made: 'make',
  put: 'put',
  ran: 'run',
  run: 'run',
  wrote: 'write',
  written: 'write',
  broke: 'break',
  broken: 'break',
  forgot: 'forget',
  forgotten: 'forget',
  left: 'leave',
  lost: 'lose',
  built: 'build',
  took: 'take',
  taken: 'take',
  gave: 'give',
  given: 'give',
  went: 'go',
  gone: 'go',
  got: 'get',
  gotten: 'get',
  set: 'set',
  kept: 'keep',
  sent: 'send',
  found: 'find',
  chose: 'choose',
  chosen: 'choose',
  began: 'begin',
  told: 'tell',
  said: 'say',
  read: 'read',
  saw: 'see',
  seen: 'see',
  overwrote: 'overwrite',
  rewrote: 'rewrite',
  undid: 'undo',
  redid: 'redo',
  threw: 'throw',
  drew: 'draw',
  hid: 'hide',
  held: 'hold',
  brought: 'bring',
  thought: 'think',
  bought: 'buy',
  cut: 'cut',
  hit: 'hit',
  let: 'let',
  split: 'split',
  shut: 'shut',
  reset: 'reset',
  came: 'come',
  became: 'become',
  meant: 'mean',
  spent: 'spend',
  stood: 'stand',
  changed: 'change',
  used: 'use',
  had: 'have',
  spoke: 'speak',
  showed: 'show',
  shown: 'show',
  mixed: 'mix',
  misread: 'misread',
  misunderstood: 'misunderstand',
};
/** Stems that end in a silent e once the ending is off. */
const silentE =
  /(?:[^aeiou](?:at|it|ut|iz|is|us|ag|ak|ar|as|av|iv|ov|ib|id|ik|il|im|in|ir|iv|ok|ol|om|on|op|or|os|ot|ud|ul|um|un|ur|ub)|[bcdfghkptvz]l|[aeiou](?:c|g|s|v|z)|(?:d|l|r)g|rv|lv|nc|rc|qu|ns|rs|ls|ps|eas|ous|iev|eav|eiv)$/;
/** Short stems that only look as if they had lost an e. */
const withoutE =
  /(?:add|edit|commit|visit|limit|exit|omit|submit|print|hint|lint|mint|point|format|repeat|treat|creat(?!)|float|wait|fail|mail|explain|contain|remain|train|obtain|maintain|join|clean|open|happen|listen|broken|key|load|upload|download|read|need|look|hook|book|loop|group|answer|order|enter|filter|alter|offer|trigger|register|render|consider|remember|number|wrapper|monitor|refactor|author|mirror|error|color|favor|cover|discover|recover|deliver|reset|target|market|ticket|comment|document|implement|reason|season|mention|function|position|question|version|button|action|assign|design|sign|return|turn|learn|warn|confirm|perform|transform|form|term|mock|check|track|pack|stack|click|pick|block|lock|unlock|debug|log|plug|tag|flag|drag|tell|call|install|pull|fill|roll|scroll|poll|kill|sort|import|export|report|support|start|restart|convert|revert|assert|insert|alert|test|list|post|cost|adjust|trust|insist|exist|assist|suggest|request|format|skip|ship|drop|stop|map|wrap|swap|strip|step|push|pass|process|access|address|compress|express|discuss|miss|fix|mix|index|follow|show|allow|view|review|draw|throw|throw|play|display|delay|deploy|destroy|copy|apply|modify|rely|verify|specify|simplify|ignor(?!)|bundl(?!))$/;

/** "used" → "use", "edited" → "edit", "ran" → "run". */
export function baseOfPast(word: string): string {
  const lower = word.toLowerCase();
  const known = irregularPast[lower];
  if (known !== undefined) return known;
  if (lower.endsWith('ied')) return `${lower.slice(0, -3)}y`;
  return lower.endsWith('ed') ? unsuffixed(lower.slice(0, -2)) : lower;
}

/** "using" → "use", "running" → "run". */
export function baseOfGerund(word: string): string {
  const lower = word.toLowerCase();
  if (lower === 'lying') return 'lie';
  return lower.endsWith('ing') && lower.length > 4 ? unsuffixed(lower.slice(0, -3)) : lower;
}

function unsuffixed(stem: string): string {
  if (withoutE.test(stem)) return stem;
  const doubled = /^(.*[aeiou])([bdgklmnprt])\2$/.exec(stem);
  if (doubled !== null) {
    const [, head, last] = doubled;
    return /(?:add|odd|egg)$/.test(stem) ? stem : `${head}${last}`;
  }
  if (
    /^(?:us|mak|tak|giv|hav|mov|sav|shar|stor|nam|writ|rewrit|overwrit|driv|typ|clos|choos|los|leav|solv|resolv|requir|includ|exclud|ignor|delet|updat|creat|generat|cach|replac|plac|chang|merg|manag|packag|renam|remov|reus|caus|paus|pars|releas|increas|decreas|handl|bundl|enabl|disabl|compil|schedul|configur|restor|compar|declar|prepar|measur|captur|ensur|assum|resum|consum|defin|combin|determin|examin|execut|complet|rebas|updat|duplicat|hallucinat|complicat|truncat|migrat|validat|invok|mak|tak|brows|serv|observ|preserv|reserv|hardcod|hard-cod|cod|decid|hid|divid|provid|overrid|guid|escap|cop|scop|pip|typ|wip|hop|describ|subscrib|tun|clon|min|lin|fil|til|styl|cycl|rol|rul|trac|forc|reduc|introduc|produc|invent(?!)|nuk|bak|fak|pok|continu|issu|argu|queu|valu|rescu|glu|skippe)$/.test(
      stem,
    )
  )
    return `${stem}e`;
  return silentE.test(stem) && stem.length > 3 && !/[aeiou]{2}[a-z]$/.test(stem) ? `${stem}e` : stem;
}

/** "appear" → "appears", "be" → "is", "have" → "has"; unchanged for plural subjects except "be" → "are". */
export function presentOf(verb: string, plural: boolean): string {
  const lower = verb.toLowerCase();
  if (lower === 'be') return plural ? 'are' : 'is';
  if (plural) return verb;
  if (lower === 'have') return 'has';
  if (/(?:s|x|z|ch|sh|o)$/.test(lower)) return `${verb}es`;
  if (/[^aeiou]y$/.test(lower)) return `${verb.slice(0, -1)}ies`;
  return `${verb}s`;
}

/** Verbs that begin an instruction to someone who works on software. */
const imperatives = new Set(
  `use do make add put keep create implement write update fix run build generate commit push merge show list open read
   review analyze analyse check test explain describe summarize search find look give tell help set install configure
   refactor rename move remove delete start work continue try convert draft plan debug investigate document prepare
   deploy release bump publish improve finish complete rebase clone download resolve compare optimize extract split
   apply save print format verify go stick follow treat name call prefer avoid skip ignore leave place store stop let
   change replace switch drop restore revert undo return limit hide default focus include exclude ensure mention note
   remember respect handle log mock import export pass call wrap put pin prefix label mark record ask wait think be
   stay settle reuse share separate group sort order cache throw catch raise assume expect require allow disable enable
   turn get take bring send fetch load parse validate escape quote indent lint squash tag cherry-pick edit persist
   perform define declare adhere account base carry choose commit compare compute consolidate deduplicate derive detect
   display keep offer pause resume rebuild recheck reconcile reconsider restart save search see seek state support target tell
   tie translate trust update upgrade upload verify watch work rely hold pull pin organize organise answer quote
   structure design store serialize sanitize encode decode emit throw provide produce propose inject expose render display wire connect point link reference cite copy clean clear simplify
   shorten reduce increase lower raise merge combine align center bind lock unlock protect respond answer reply speak
   adjust modify recheck double-check redo repeat retry research consult never always do not don't`.split(
    /\s+/,
  ),
);

/** True if a sentence that begins with this word reads as an instruction. */
export function isImperativeVerb(word: string): boolean {
  return imperatives.has(word.toLowerCase());
}
