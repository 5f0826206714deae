/** What routine messages look like. */
import { type Cue, start, word } from './cue.ts';

/** What routine messages look like. */
export const routineCues: readonly Cue[] = [
  {
    name: 'approvalStart',
    pattern: start(
      "ok(?:ay)?|yes|yep|yeah|ya|yup|sure|great|good|nice|perfect|excellent|thanks|thank you|cool|awesome|lgtm|looks good|sounds good|approved?|appoved|go ahead|go for it|do it(?! (?:yourself|your self|without|right|properly))|proceed|contin(?:u|ue|eu|ute|iue)|correct|right(?! (?:now|click|clicking|side|away|after|before|at|in|here|there|above|below)(?![\\p{L}]))|fine|agreed|ja|gut|danke|sí|si|vale|gracias|oui|merci|d'accord|sim|obrigad[oa]|да|хорошо|спасибо|отлично|好|好的|谢谢|可以|继续|はい|ありがとう|네|좋아",
    ),
  },
  {
    name: 'goAhead',
    pattern: word(
      'go ahead|proceed|contin(?:u|ue|eu|ute|iue)|carry on|keep going|move on|next (?:step|task|item|one)|weiter|mach weiter|sigue|continúa|continue[rz]?|prossiga|продолж\\p{L}+|继续|続けて|계속',
    ),
  },
  {
    name: 'praise',
    pattern: word(
      "thanks|thank you|(?<!\\b(?:not|n't|nt|make|makes|making|made|add|create|build|design|want|need|use|show|some|more)(?: \\w+){0,2} )(?:great|perfect|excellent|nice|awesome)|good (?:job|work|point|idea)|well done|(?<!\\b(?:make|makes|making|to|should|must|not|n't|nt|can|could|would|will|let)(?: (?:it|this|that|them|everything|all|also|still))? )works? (?:great|well|now|fine|perfectly)|working now|all (?:tests )?pass(?:ed|ing)?|looks (?:good|great)|love it|fixed now|danke|gracias|merci|obrigad[oa]|grazie|спасибо|谢谢|ありがとう|감사",
    ),
  },
  {
    name: 'taskStart',
    pattern: start(
      "(?:ok(?:ay)?,? |now,? |and |then |next,? |so |please |pls |great[,!.]? |yes,? |thanks[,!.]? |can you |could you |would you |let'?s |lets |now |go ahead and |i(?:'d| would) like (?:you )?to |i want (?:you )?to |i need (?:you )?to |we need to |help me )*(?:add|create|implement|write|update|fix|run|build|make|generate|commit|push|merge|show|list|open|read|review|analy[sz]e|check|test|explain|describe|summari[sz]e|find|search|look|give|tell|help|set ?up|install|configure|refactor|rename|move|remove|delete|start|work|continue|try|convert|draft|plan|debug|investigate|document|prepare|deploy|release|bump|publish|improve|finish|complete|rebase|clone|download|finalize|resolve|walk|compare|optimi[sz]e|extract|split|apply|save|print|format|verify|visit|provide|do the same|locate|replace|attach|include|list|go through|proceed|align|bring|resize|insert)(?! (?:fail\\w*|is|was|does|doesn'?t|still|now|breaks?|broke|error\\w*|crash\\w*))",
    ),
  },
  {
    name: 'questionStart',
    pattern: start(
      "what|what's|whats|how|who|where|when|which|is|are|do(?! (?:it|this|that|the|not|all|both))|does|did|can|could|would|will|should|have|has|am|any|was|were|so what|and what|was ist|wie|qué|cómo|que|comment|qu'est|как|что|какой|где|什么|怎么|如何|どう|何",
    ),
  },
  { name: 'endsQuestion', pattern: /[?？]["')\s]*$/ },
  {
    name: 'howDo',
    pattern: word(
      "how (?:do|does|can|should|would|to|is|are|did) (?:i|we|it|this|that|the|you|one)?|what (?:is|are|does|do|would|should|did|else|happens|the) |what'?s|is there (?:a|an|any)|are there|can (?:i|we|it)|should (?:i|we)|do (?:i|we|you) (?:know|have|need)|could (?:you|we|i)|any (?:idea|way|chance)",
    ),
  },
  {
    name: 'commitTask',
    pattern: word(
      'commit(?: message| (?:and|your|all|the|these|this|them|it))|push(?:ed)? (?:it|them|to)|pull request|\\bpr\\b|merge|branch|changelog|release|deploy',
    ),
  },
  {
    name: 'planTask',
    pattern: start(
      "(?:please )?implement (?:the )?(?:following )?(?:plan|task|this|spec)|# |## |continue working|work on|start(?:ing)? (?:task|on|work)|let'?s (?:start|begin|work|continue|tackle|move on)|(?:make|create) (?:a )?(?:new )?task",
    ),
  },
  {
    name: 'newFeature',
    pattern: word(
      '(?:add|create|implement|build|introduce|support) (?:an? |the |some |new |another |support )+',
    ),
  },
  {
    name: 'pleaseAsk',
    pattern: word(
      "please|could you|can you|would you|bitte|por favor|s'il (?:te|vous) plaît|пожалуйста|请|請|ください|주세요",
    ),
  },
  {
    name: 'iDid',
    pattern: word(
      "i(?:'ve| have| just| also)* (?:added|updated|changed|made|created|moved|renamed|removed|deleted|fixed|staged|committed|pushed|installed|merged|restarted|configured|set|started|got)",
    ),
  },
  {
    name: 'iWant',
    pattern: word(
      "(?:i|we)(?:'d| would)? (?:also |now |just |really )?(?:like|want|need|wish)|quiero|quisiera|je veux|je voudrais|ich (?:will|möchte|brauche)|quero|voglio|хочу|我想|我要",
    ),
  },
  {
    name: 'agrees',
    pattern: start(
      "(?:oh |ah |ok(?:ay)?,? |yes,? )*(?:you(?:'re| are|re) (?:so |absolutely |totally |of course )?right(?! (?:but|that|about|it|this))|right you are|exactly[!.,]|indeed|true[,.!]|i agree|agreed|fair (?:point|enough)|good point|makes sense|(?:it|that) was (?:my|the) (?:fault|mistake|cache|browser)|false alarm|never ?mind|my (?:mistake|bad))",
    ),
  },
  {
    name: 'seeksFault',
    pattern: word(
      "(?:(?:check|see|tell me|ask|wonder|verify|sure|know|if|whether)[^.!?\\n]{0,80} )?(?:if|whether) (?:there(?:'s| is| are| were)|any|anything|everything|something|it|this|that|i|we)[^.!?\\n]{0,40} (?:wrong|missing|forgotten|missed|broken|incorrect|duplicate\\w*|unused|error\\w*|mistake\\w*|bugs?|issues?)|any (?:\\w+ ){0,3}(?:wrong|missing|error\\w*|mistake\\w*|bugs?|issues?|duplicat\\w*|holes?|breaches|problems?)|(?:anything|something|everything|nothing)(?: is| was)?(?: \\w+)? (?:wrong|missing|missed|forgotten|incorrect|broken)|(?:make sure|ensure|sure that|check that|verify) [^.!?\\n]{0,40}(?:there (?:is|are) )?no \\w+|(?:add|do|fix|find|list|implement|complete|install|include|fill|write|resolve|address|handle|show|remove|clean up|delete|look for) (?:up |in )?(?:all |any |the |these |those |every |remaining |other )*(?:missing|wrong|broken|failing|duplicate\\w*|unused|unnecessary|redundant|incorrect|remaining) \\w+|(?:(?:anali[sz]\\w+|revis\\w+|averigu\\w+|investig\\w+|resol\\w+|verifi\\w+|ver|saber|sapere|capire|voir|comprendre|schau\\w*|prüf\\w*|find\\w* (?:heraus|out))[^.!?\\n]{0,60}? (?:por ?qu[eéê]|perché|pourquoi|warum|why)|apakah ada[^.!?\\n]{0,60}|hay alg[uo]\\w*[^.!?\\n]{0,60}|ob (?:etwas|noch)|s'il manque|se manca|se falta|czy (?:czegoś|niczego)|jestli|нет ли[^.!?\\n]{0,60}|не забыли ли)",
    ),
  },
  {
    name: 'asksConfirm',
    pattern:
      /(?:\b(?:is|are) (?:this|that|it|these|those) (?:correct|right|true|accurate|so)|\bam i (?:right|correct)|[,;] ?(?:right|correct|yes|oder|richtig|verdad|cierto|non|c'est ça|certo|vero|да|верно|так))\s*[?？]\s*$|(?:对吗|对吧|是吗|是吧|对不对)\s*[?？]?\s*$/u,
  },
  { name: 'iWill', pattern: word("i(?:'ll| will| am going to|'m going to)|let me") },
];
