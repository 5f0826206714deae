/** What people say when an assistant got it wrong. */
import { type Cue, start, word } from './cue.ts';

/** Corrections: the assistant did, said or left out something. */
export const correctionCues: readonly Cue[] = [
  {
    name: 'startsNo',
    pattern: start(
      'no(?! (?:problem|worries|need|idea|prob|questions?|changes?|issues?|errors?|rush|(?:cod(?:e|ing)|edits?|implementation)(?: yet| for now| please| just| here| at all)?(?=[.,;:!\\n]|$)))|nope|nah|nein|nee|non|нет|não|nao|nie|いいえ|いや|違う|아니|不[,，是对對]|不是|错了|錯了|hayır|لا|नहीं',
    ),
    reason: 'begins with a no',
  },
  {
    name: 'startsHold',
    pattern: start(
      "wait|hold on|stop(?! (?:the|all|any) )|whoa|whoops|oops|uh+|um+|hm+|hrm+|m{3,}|ouch|argh|ugh|wtf|what the|huh|halt|stopp|warte|espera(?! a)|attends|arrête(?! l[ae']|z? les)|стоп|подожди|stop it|等等|等一下|待って|잠깐|para(?=[,.! ]*$)",
    ),
    reason: 'holds the assistant up',
  },
  {
    name: 'startsActually',
    pattern: start(
      "actually|technically|but|however|except|eigentlich|aber|en fait|mais|pero|en realidad|na verdade|mas|на самом деле|но|其实|但|でも|실은|yes,? (?:but|except|however)|ok(?:ay)?,? but|better,? but|(?:that|it)'?s (?:good|better|great|close|nice),? but|almost",
    ),
    reason: 'objects',
  },
  {
    name: 'wrong',
    pattern: word(
      "(?<!\\bi was )wrong|incorrect|not right|isn't right|isnt right|ain't right|not correct|(?:not|n't)(?: (?:look|looking|feel|feeling|seem|sound|read))?(?: (?:that|very|so|really|quite|too|particularly))? (?:right|correct|nice|good|great|pretty|clean|clear|readable|natural|professional|consistent|intuitive|pleasant)(?! (?:at|with) )|looks? (?:bad|awful|terrible|cheap|plain|cluttered|cramped|horrible|unprofessional)|isn't correct|isnt correct|(?<!\\bi was )mistaken|(?<!\\bmy )mistakes?|that'?s not (?:it|true|what|how|the|a|an|right)|thats not|not what i|not how|isn't what|isnt what|nonsense|broke|broken|messed up|screwed|inaccurate|misleading|misunderst\\w+|inappropriate|not appropriate|falsch|stimmt nicht|incorrecto|equivocad[oa]|está mal|faux|mauvais\\w*|malform\\w+|misaligned|misplaced|garbled|messy|ugly|buggy|inconsistent|duplicat(?:e[sd]?|ing|ion)|incorrect[e]?|erroné|errad[oa]|sbagliat[oa]|неправильно|неверно|не так|ошибся|błędn\\w+|źle|yanlış",
    ),
    reason: 'says that something is wrong',
  },
  {
    name: 'wrongCjk',
    pattern:
      /错误|不对|不對|錯誤|搞错|(?<!是否|有没|没|沒)有问题(?!吗)|(?:肯定|确定|明明)(?:就)?(?:是|不是)|不用再?(?:加|改|写|做|管|动|删|创建|生成)|不就(?:行|可以|好)了|(?:期望|预期)(?:是|结果|效果)?[:：]|不可以|不应|不應|不想|不需要|我不(?!太|大|是很|很|会|知道|明白|懂|清楚|理解|确定|記得|记得)|而是|必须|必須|間違|違います|じゃなくて|ではなく|틀렸|잘못|아니라|不要|别用|別用|(?<!特|区|级|性|类|识|分|个|差)别(?=再|去|看|改|动|管|删|加|做|写|说|乱)|不太(?!懂|明白|清楚|会|了解|确定|知道|理解)|(?<!我)(?:应该|應該)(?!怎么|怎麼|如何|是什么)|[かがさしたなばまらわえけせてねべめれ]ないで(?!す)|하지 ?마/u,
    reason: 'says that something is wrong',
  },
  {
    name: 'youDid',
    pattern: word(
      "(?<!\\b(?:would|could|should|can|will|do|if|when|once|after|as|where|how|what|things?|everything|all|work|stuff) )(?:i (?:think|see|noticed|believe) )?you(?:'ve| have| just| also| still| again| only|'re| are| were)* (?:made|did|changed|edited|modified|removed|deleted|added|created|put|used|missed|forgot|skipped|broke|ignored|left|moved|placed|renamed|replaced|wrote|committed|pushed|ran|started|updated|introduced|duplicated|lost|dropped|reverted|overwrote|rewrote|hard-?coded|assumed|invented|made up|included|changing|editing|adding|removing|deleting|using|making|creating|doing|writing|working|putting|ignoring|skipping|forgetting|running|starting|missing|mixing|hallucinat\\w+)|you (?:still|always|keep|constantly|again) (?!have|need|want|can|could|may|think|there|here)\\p{L}+|du hast|has (?:usado|hecho|cambiado|borrado|olvidado)|tu as|vous avez|você (?:usou|fez|mudou|esqueceu)|hai (?:usato|fatto)|ты (?:сделал|изменил|удалил|забыл)|你(?:改|用|忘|删|漏)\\S*",
    ),
    reason: 'speaks of what the assistant did',
  },
  {
    name: 'youDidNot',
    pattern: word(
      "(?<!\\b(?:if|when|whenever|unless|until|once|case|since|where) )you (?:still )?(?:didn'?t|did not|haven'?t|have not|don'?t|do not|aren'?t|are not|weren'?t|never|failed to|forgot|missed|neglected|can'?t|cannot|won'?t)|you made no|you're not|youre not|hast du nicht|no has|n'as pas|não (?:fez|usou)|не сделал|你没有|你沒有",
    ),
    reason: 'speaks of what the assistant did not do',
  },
  {
    name: 'whyDidYou',
    pattern: word(
      "why (?:did|do|are|were|have|would|is|was|does|aren'?t|isn'?t|wasn'?t|didn'?t|don'?t|doesn'?t|haven'?t|can'?t|not|the hell|on earth)(?: not)?(?: you)?|how come|what made you|warum|wieso|por qué|pourquoi|por que|почему|зачем|为什么|為什麼|为啥|为何|なぜ|どうして|왜",
    ),
    reason: 'asks why',
  },
  {
    name: 'whyYou',
    pattern: word(
      "why (?:did|do|are|were|have|would|aren'?t|weren'?t|didn'?t|don'?t|haven'?t|can'?t|isn'?t|wasn'?t)(?: not)? (?:you|we|it|this|that|the|there)|why you|how is (?:that|this|it) (?:better|right|correct|possible|any)|why not|warum hast du|por qué (?:has|no)|pourquoi (?:as|tu|vous|n)|почему ты|зачем ты|为什么你|你为什么",
    ),
    reason: 'asks why the assistant did it so',
  },
  {
    name: 'whySo',
    pattern: word(
      '(?<=[?.!,] )why(?= ?\\?)|why (?:still |is it |are they )?(?:showing|displaying|saying|getting)|why (?:is|are|does|do) (?:it|this|that|they|these|those|my|all|the \\w+(?: \\w+)?) (?:\\w+ )?(?:still|only|so|always|\\w{3,}ing|zero|empty|blank|missing)',
    ),
    reason: 'asks why it is so',
  },
  {
    name: 'asksIntent',
    pattern: word(
      "(?:is|was|are|were) (?:this|that|it|these|those)(?: \\w+)? (?:intentional|intended|on purpose|deliberate|by design|meant to be)|what (?:is|was|were) (?:intended (?:with|by|here)|the (?:idea|intention|intent|rationale) (?:behind|of|here))|ist das (?:\\w+ )?(?:absichtlich|gewollt|absicht)|es (?:intencional|a propósito|adrede)|c'est (?:voulu|normal|intentionnel|fait exprès)|é (?:proposital|de propósito|intencional)|è (?:voluto|intenzionale|fatto apposta)|это (?:специально|намеренно|так задумано)|故意的|意図的|わざと|(?:は|って)(?:本当に)?必要(?:ですか|なのか?|か)?[?？]|의도한",
    ),
    reason: 'asks whether it is meant so',
  },
  {
    name: 'didYouAsk',
    pattern: start(
      "(?:so )?(?:did|have|are(?! (?:there|you (?:able|familiar|aware|ready)))|were|do(?= (?:you|we)\\b (?:really|even|still|actually|always|not)\\b)|didn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|doesn'?t|don'?t|wasn'?t|weren'?t|shouldn'?t|couldn'?t|can'?t|cannot|wouldn'?t|won'?t) (?:you|we|it|this|that|the|there|those|these)",
    ),
    reason: 'asks whether it was done',
  },
  {
    name: 'negativeQuestion',
    pattern: word(
      "(?:didn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|doesn'?t|don'?t|wasn'?t|shouldn'?t|couldn'?t|can'?t|wouldn'?t|won'?t) (?:you|we|it|this|that|the|there|those|these)[^.!?\\n]{2,90}\\?|(?:can|could|would|will) (?:you|we) (?:please |maybe )?(?:not|stop|avoid)\\b[^.!?\\n]{2,90}\\?",
    ),
    reason: 'a polite objection put as a question',
  },
  {
    name: 'should',
    pattern: word(
      "(?<!^|[.!?]\\s|\\n)should(?! (?:i|we|be placed)[^.!]{0,60}\\?)(?! (?:now |all |also |then |still )?be (?:easy|familiar|fine|ok(?:ay)?|enough|good|possible|straight\\w*|simple|quick|trivial|similar|obvious|clear|safe|able|ready|done)(?![\\p{L}]))|should(?:n'?t| not)|ought to|supposed to|needs? to be|(?:it|this|that|they|these|those|the \\w+) (?:also |still |always |just |only )?needs? to|has to|have to|must(?: not|n'?t)?|sollte\\w*|soll|muss|debe\\w*|deber\\w+|ten[eé]s que|tiene\\w* que|hay que|il faut|faudrait|bisogna|trzeba|musi\\w*|повинн\\p{L}+|треба|потрібно|doit|devrait|deve\\w*|должен|должно|нужно|надо|powin\\w+|měl[ao]? by|má být|musí",
    ),
    reason: 'says how it should be',
  },
  {
    name: 'shouldNot',
    pattern: word(
      "(?:should|must|need)(?:n'?t| not| never)|(?:shouldnt|mustnt)|not supposed to|no need (?:to|for)|(?:don'?t|doesn'?t|dont|doesnt) (?:need|have) to|not (?:necessary|needed|required)|unnecessary|irrelevant|overkill|redundant|gerek yok|gereksiz|nicht nötig|no hace falta|pas besoin",
    ),
    reason: 'says how it should not be',
  },
  {
    name: 'dont',
    pattern: word(
      "don'?t(?! (?:\\w+ly )?(?:know|understand|think|see|have|remember|care|mind|worry|get|believe|recall))|do not(?! (?:know|understand|think|see|have))|stop \\w+ing|quit \\w+ing|(?:can|could|would) you (?:please )?(?:not|stop)\\b|avoid|please don'?t|never|nicht|kein\\w*|nie(?:mals)?|nunca|ne pas|no (?:me |lo |la |los |las )?(?:uses|hagas|cambies|toques|pongas|borres|crees|agregues|añadas|elimines|quites|modifiques|escribas|metas|muevas|incluyas|inventes|generes|muestres)|jamais|ne .{1,30} pas|não (?:use|faça|mude|altere|mexa|crie|adicione|remova|apague|coloque|toque|invente)|nunca|non (?:usare|fare|toccare|modificare|cambiare|creare|aggiungere|rimuovere|cancellare|mettere)|не (?:надо|нужно|\\p{L}{2,}(?:ай|яй|уй|юй)(?:те)?)|никогда|yapma|kullanma|izin verme|\\p{L}{2,}m[ae](?:sın|sin)(?:lar|ler)?|\\p{L}{2,}(?:mamalı|memeli)",
    ),
    reason: 'forbids something',
  },
  {
    name: 'insteadOf',
    pattern: word(
      'instead(?: of)?|rather than|in place of|as opposed to|in favou?r of|not just|statt|stattdessen|anstatt|en (?:vez|lugar) de|au lieu de|plutôt que|em vez de|invece di|вместо|zamiast|yerine',
    ),
    reason: 'puts one thing in place of another',
  },
  {
    name: 'xNotY',
    pattern:
      /(?:,|;|—|–| -) ?(?:and )?(?:not|never|nicht|no|pas|non|não|не) (?!sure|yet|only|that i|to mention|bad|really sure|one)[\p{L}`"'@*./]/u,
    reason: 'says “this, not that”',
  },
  {
    name: 'iSaid',
    pattern: word(
      "i was (?:\\w+ )?(?:talking about|referring to|thinking of|speaking of)|i (?:already |just )?(?:said|told you|asked|meant|wanted|specifically|was asking|(?<=already |just )want you to|didn'?t (?:ask|say|want|mean)|did not (?:ask|say|want)|stopped you)|as i said|like i said|i mean(?!,? (?:my|is|are|do|does|what|how|why|can|could|should) )|(?<!\\b(?:all|everything|anything|plan|points?|things?|stuff|changes|ideas?) (?:that )?)we (?:already )?(?:said|agreed|discussed|decided|talked)|remember(?: that| to|,|:)|(?:for the|told you a) (?:\\w+th|third|second|hundredth|thousandth|last|umpteenth) time|ich (?:habe gesagt|meinte|wollte)|te dije|quería|j'ai dit|je voulais|eu disse|я (?:сказал|просил|имел)|(?<!给|跟|对|和|为|向)我说(?!明)|我是说",
    ),
    reason: 'recalls what was asked before',
  },
  {
    name: 'again',
    pattern: word(
      '(?<!^(?:(?:ok(?:ay)?|now|and|then|so|great|thanks)[,.!]? )*(?:can|could|would|will|please|pls|let.?s|try|run|start|restart|check|read|look|show|do|build|test|deploy|commit|push)\\b[^.!?\\n]{0,80})(?<!(?<!have |need |had )\\bto (?:\\w+ ){1,3})again|(?<!what(?:.s| is)? |is |are )still(?! (?:needs? to|left|to do|open|remaining|required))|yet again|keeps?(?! (?:working|going|moving|at it|it up|on)(?![\\p{L}]))|kept|same (?:error|issue|problem|thing|mistake)|once more|as before|anymore|any more|no longer (?!recall|remember|support)|immer noch|schon wieder|wieder|todav[ií]a|otra vez|encore|toujours(?! pas sûr)|ainda|de novo|ancora|опять|снова|все ещё|всё ещё|又(?!是(?:什么|做什么|怎么|谁|哪))|(?:还是|還是)(?=不|没|沒|无|報|报|一样|一樣|会|會|有|错|錯|失|显示|顯示|出现|在|老|同|空|之前|原来)|仍然|まだ|また|여전히|또',
    ),
    reason: 'says it happened again or still does',
  },
  {
    name: 'stillFails',
    pattern: word(
      "(?:still|again)[^.!?\\n]{0,40} (?:fail\\w*|error\\w*|broken|not|no|wrong|missing|seeing|getting|the same|issue\\w*|isn'?t|doesn'?t|don'?t|aren'?t|can'?t|crash\\w*|timeout\\w*|timing)|still (?:an? )?(?:issue|error|problem|fail\\w*|no|not|broken|wrong|same|seeing|getting|see|have)",
    ),
    reason: 'reports that it still fails',
  },
  {
    name: 'butNot',
    pattern: word(
      "(?:now|also|but)[^.!?\\n]{0,40}(?<!\\balso[^.!?\\n]{0,40}(?= (?:the same|seeing|getting))) (?:fail\\w*|error\\w*|broken|not|no|wrong|missing|seeing|getting|the same|issue\\w*|isn'?t|doesn'?t|don'?t|aren'?t|can'?t|crash\\w*|timeout\\w*|timing)",
    ),
    reason: 'says that something is not so',
  },
  {
    name: 'stillSo',
    pattern: word(
      "(?<!\\b(?:what|which|who|whether|if)\\b[^.!?\\n]{0,40})(?:is|are|'s|'re|was|were) still (?:just |only |also |all |the |a |an |in |on |at |not )*(?!needed|required|open|left|to be|to do|pending|planned|possible|relevant|valid|supported|useful|there for|work in|in progress)[\\p{L}\\d]+(?![^.!?\\n]*\\?)",
    ),
    reason: 'says that it is as before',
  },
  {
    name: 'showsAs',
    pattern: word(
      "(?:is|are|'s|'re|still|just|only|now|it|they|these|those|ones?) (?:just |only |still |now )*(?:show(?:ing|s)?|display(?:ed|ing|s)?|appear(?:ing|s)?|render(?:ed|ing|s)?|com(?:ing|es)|turn(?:ing|s)) (?:up |out |in |through )*(?:as|like|blank|empty|black|white|twice|wrong|upside)",
    ),
    reason: 'tells what it looks like instead',
  },
  {
    name: 'youAre',
    pattern: word(
      "(?<!\\b(?:if|when|what|where|how|why|while|since|as) )you(?:'re| are|re) (?:still |now |again |just )*(?:in|on|at|inside|looking at|working (?:in|on)|using|going in|going round) (?:the|my|a|an|our|circles|some|that|this)(?! (?:right|track|expert|mood))",
    ),
    reason: 'tells the assistant where it is',
  },
  {
    name: 'notWorking',
    pattern: word(
      "not (?:work|show|load|runn|render|updat|display|sav|open|respond|appear|compil|build|pass)ing|(?:none|neither|nothing) (?:of \\w+ )?(?:\\w+ )?(?:works?|worked|helps?|helped)|(?:i|we|i'?m|we'?re) (?:now |still |also |just |keep )*(?:get|got|getting|see|seeing|have) (?:this|these|the following|the same)(?! (?:to|from|in)\\b)|not (?:seeing|getting|finding|receiving)|(?:i|we) (?:still |now |also |just )?(?:see|get|hear|find) (?:nothing|no (?!problem|reason|issue|objection|need|harm|point|way|difference)\\w+)|(?:the )?(?:problem|issue|error|log|output|result|warning|behaviou?r)s? (?:still |now )?(?:persists?|remains?|stays?|is (?:still )?(?:the same|there))|(?:the |this is the |here is the )?(?:new|same|latest|current) (?:log|error|output)|(?:don'?t|do not|can'?t|cannot|couldn'?t) (?:\\w+ )?(?:see|find|notice|spot|recogni[sz]e)(?! (?:why|how|the (?:point|need|reason)))|(?:does|did|do|is|are|was|were|has|have|would|will|can|could)(?:n'?t| not) (?:\\w+ )?(?:work\\w*|run\\w*|compil\\w*|build\\w*|start\\w*|load\\w*|show\\w*|appear\\w*|display\\w*|pass\\w*|render\\w*|updat\\w*|chang\\w*|sav\\w*|respond\\w*|happen\\w*|help\\w*|fix\\w*|exist\\w*|make sense|defined|found|valid|included|there|called|used|match\\w*|get)|(?:nothing|no \\w+) (?:happen\\w*|loaded|shows?|appears?|works|changed)|fail(?:s|ed|ing|ure|ures)?|crash(?:es|ed|ing)?|hangs?|stall(?:s|ed|ing)?|fr(?:eezes|eezing|oze)|this happen(?:s|ed)|timed? ?out|(?:got|get|gets|getting|gives?|gave|see|seeing|saw|throws?|threw|returns?|shows?|says|receive\\w*|having|with) (?:me |us |this |that |the |an? |another |some |many |of )*(?:\\w+ ){0,2}(?:errors?|warnings?|exceptions?|failures?|[45]\\d\\d)|but (?:there(?:'s| is| are) )?(?:nothing|no \\w+) (?:in|on|at|is|are|was|shows?|appears?|happen\\w*)|nothing is|no \\w+ (?:is|are) |(?:is|are) (?:still )?(?:empty|blank|gone|missing|invisible|unreadable|cut off|greyed out|grayed out|off)|can(?:'?t|not) (?:see|click|select|open|find|edit|move|scroll|remove|delete|add|save|log ?in|sign in|be)|unable to|no longer|(?:an?|this|the|another|new|same|\\d+|more|some|these|following|console|build|type|lint\\w*) (?:error|errors|warning|warnings|failure|failures|issue|issues|problem)|geht nicht|funktioniert nicht|no funciona|ne (?:marche|fonctionne) pas|marche pas|não funciona|non funziona|не работает|падает|nie działa|çalışmıyor",
    ),
    reason: 'reports that something does not work',
  },
  {
    name: 'notWorkingCjk',
    pattern:
      /不工作|不行|还(?:是)?没(?:有)?(?:改|好|修|解决|做|弄|完)|还是 ?[45]\d\d|失败(?!是什么)|失敗|报错|報錯|没有效果|没用|動かない|動きません|エラーが|失敗し|안 돼|작동하지|에러/u,
    reason: 'reports that something does not work',
  },
  {
    name: 'tooMuch',
    pattern: word(
      'too (?:much|many|long|big|large|small|short|verbose|wordy|complex|complicated|generic|vague|wide|narrow|far|few|slow|early|late|aggressive|broad|strict|sensitive|fast|dark|bright|light|tight|loud|quiet|thin|thick|high|low|close|heavy|strong|weak|old|new|hard|easy|simple|crowded|busy|often|soon)|(?:a bit|a little|way|far) (?:too )?(?:much|long|verbose|fast|slow|big|small|dark|bright)|over-?(?:engineer\\w*|complicat\\w*|kill)|not enough|zu (?:viele?|lange?|kurz|groß|klein|breit|schmal|dunkel|hell|schnell|langsam|kompliziert|eng|hoch|niedrig|dicht|nah|technisch|ausführlich)|demasiado|moc (?:bl[ií]zko|velk\\w*|mal[éáýeay]\\w*|dlouh\\w*|vysok\\w*|n[ií]zk\\w*|tmav\\w*|sv[eě]tl\\w*)|příliš|zbyt \\S+|trop|muito (?:longo|complexo)|troppo|слишком|太[长多复大小短慢宽窄高低亮暗快密细粗]|(?<![昼夜])すぎ|너무',
    ),
    reason: 'finds it too much or too little',
  },
  {
    name: 'missing',
    pattern: word(
      "missing|missed|forgot(?:ten)?|left out|left behind|omitted|skipped|overlooked|not (?:included|updated|there|covered|mentioned|listed)|hasn'?t been|hasnt been|haven'?t been|weren'?t|wasn'?t|what about|no mention|where (?:is|are|did)(?! [^?\\n]{0,90}\\b(?:defined|located|stored|set|declared|configured|implemented|saved|kept|handled|used|coming from)\\b)|vergessen|fehlt|fehlen|(?<!\\b(?:o que|lo que|qué|que mais|what|was) )falta\\w*|olvid\\w+|oubli\\w*|manque|(?<!\\bque est[aá]v?amos )esquec\\w+|(?<!\\b(?:cosa|che) )manca|забыл\\p{L}*|пропустил|(?:has|have|having|with) no (?!problem|idea|issue|need|choice|reason|errors?|bugs?|effect on|plans?|preference|more|longer|doubt|access)\\w+|(?<!有)没有|漏了|遗漏|漏掉|忘れ|빠졌|빠뜨",
    ),
    reason: 'misses something',
  },
  {
    name: 'onlyWant',
    pattern: word(
      "(?:i |we )?(?:only|just|specifically) (?:want\\w*|need\\w*|ask\\w*|meant)|(?<!you (?:can|could|may) )only (?:use|keep|add|include|change|edit|touch|write|put|place|leave|modify)|only appl(?:y|ies) to|i want (?!to\\b)|i(?:'d| would) (?:prefer|rather)|i (?:don'?t|do not|dont) (?:want|need|like|think)|we (?:don'?t|do not|dont) (?:want|need|use|do|have|support|care)|not (?:asking|interested)|ich (?:will|möchte|brauche) (?:nicht|kein)|no quiero|je (?:préfère|ne veux)|não quero|prefiro|non voglio|не хочу|我(?:希望|不想|不要)",
    ),
    reason: 'says what is wanted',
  },
  {
    name: 'revert',
    pattern: word(
      '(?:go|switch|change|move) back to|revert(?:ed)?|undo|undid|undone|roll(?:ed)? ?back|put (?:it|that|this|them|those) back|bring back|restore|take (?:it|that|this) out|get rid of|change (?:it|that|this) back|rückgängig|revierte|annule|desfaz|annulla|откати|верни|撤销|回退|元に戻|되돌',
    ),
    reason: 'takes the work back',
  },
  {
    name: 'isNot',
    pattern: word(
      "we(?:'re| are) not(?! (?:sure|there yet|done|ready|yet))|(?:this|that|it|these|those|they|there|which|he|you)(?:'s| is|'re| are| was| were)?(?: (?:really|definitely|clearly|just|also|still|simply|actually|even))? ?(?:not|isn'?t|isnt|aren'?t|arent|ain'?t|wasn'?t|wasnt|n't|doesn'?t|doesnt|don'?t|didn'?t|didnt|weren'?t|hasn'?t)",
    ),
    reason: 'denies what was said or done',
  },
  {
    name: 'noMore',
    pattern: word(
      "there(?:'s|s| is| are| was| were|re)? (?:no|not|only|still|also|an? (?:error|issue|problem|existing|bug)|already|duplicate\\w*|two|too|multiple)|(?<!\\bi(?:'ve| have)? )already (?:exist\\w*|have|has|done|there|defined|merged|did|been|\\w{3,}ed)",
    ),
    reason: 'holds a fact against what was done',
  },
  {
    name: 'carefulMore',
    pattern: word(
      '(?:be |more |think )(?:more )?careful(?:ly)?|pay attention|(?:re)?read (?:the|my|it|that|what)|look (?:again|closer|more carefully|at (?:the|how|my|what|other|this))|check (?:again|the (?:docs|code|source|rules?|spec))|double.?check|try again|re-?check|think (?:harder|again|about)|genauer|aufpassen|cuidado|attention|внимательн\\p{L}+|仔细|注意',
    ),
    reason: 'asks for more care',
  },
  {
    name: 'swearing',
    pattern: word(
      "wtf|ffs|fgs|dammit|goddamn\\w*|fuck\\w*|shit\\w*|damn|hell|crap|stupid|ridiculous|terrible|awful|horrible|useless|annoying|frustrat\\w+|seriously|come on|for (?:god|fuck)'?s? sake|scheiße|mierda|merde|блин|блять|черт",
    ),
    reason: 'is annoyed',
  },
  {
    name: 'seems',
    pattern: word(
      "(?:i'?m |i am |a bit |bit )?(?:confused|surprised|unclear|unhappy|skeptical|not sure (?:why|that|this|it)|don'?t (?:understand|see|get) (?:why|how|the))|doesn'?t (?:make sense|seem|look|feel)|seems? (?:like|to|wrong|off|odd|weird|strange|a bit)|(?<!\\b(?:how|what)\\b[^.!?\\n]{0,40})looks? (?:like(?! [^.!?\\n]{0,50}\\b(?:completed|finished|done|ready|passed|passing|working|worked|works|fixed|good|great)\\b)|wrong|off|odd|weird|strange)|weird|odd|strange|unexpected\\w*|suspicious",
    ),
    reason: 'finds it odd',
  },
  {
    name: 'errorName',
    pattern:
      /\b[a-z]+(?:error|exception)\b|\berr_[a-z_]+|\b[a-z]+_error_|\b(?:http|status|code|error) ?:?[45]\d\d\b|\b[45]\d\d (?:error|not found|bad|unauth|forbidden|internal)/,
    reason: 'names an error',
  },
  {
    name: 'amends',
    pattern: word(
      '(?:only |just |with )?(?:one|a few|two|some|small|minor) (?:more |small |minor |other )?(?:changes?|things?|corrections?|exceptions?|caveats?|adjustments?|notes?|tweaks?|remarks?|nit\\w*)',
    ),
    reason: 'amends what was done or proposed',
  },
  {
    name: 'youNeedTo',
    pattern: word(
      "you(?:'ll| will)? (?:also |still |just |really )?(?:need to|have to|ought to|should|must|can'?t just)(?! know)",
    ),
    reason: 'says what the assistant should do',
  },
  {
    name: 'yourself',
    pattern: word(
      "yourself|on your own|do (?:it|this|that|so) (?:yourself|for me)|i(?:'ll| will| want to|'d rather) (?:\\S+ ){1,8}?myself",
    ),
    reason: 'says who does it',
  },
  {
    name: 'redo',
    pattern: word(
      'repeat|re-?do|re-?write|re-?format|from scratch|start over|once more|try (?:it |that |this )?again|reconsider|rethink',
    ),
    reason: 'asks for it to be done over',
  },
  {
    name: 'defect',
    pattern: word(
      'squish\\w*|squash(?:ed|es)|stretched|distorted|(?:is|are|be|been|being|gets?|getting|got|it) (?:cut|clipped|cropped|chopped)|cut(?:s|ting)? off|clipping|clipped|overlaps?(?! (?:between|in|of|with))|overlapped|(?:is|are|now|still|and|it) overlapping|overflow(?:s|ing|ed)|misalign\\w*|off.?cent(?:er|re)\\w*|blurry|pixelated|flicker(?:s|ing)?|jitter\\w*|lag(?:s|gy|ging)|glitch\\w*|crooked|(?<!\\bmak(?:e|ing) (?:\\S+ ){1,3})invisible|unreadable|not read[ai]ble|illegible|creepy|sucks?|weird(?:er|ly)|wonky|janky|upside down|the other way(?: around)?|(?:super|way|extremely|insanely|crazy|ridiculously) (?:tiny|small|big|huge|large|slow|squished|long|short|thin|wide|bright|dark|close|far|high|low)|disappear(?:s|ed|ing)?|vanish(?:es|ed)|(?:is|are|looks?) (?:still )?different (?:from|than)|for no reason|out of place|(?:hard|impossible|difficult) to (?:see|read|use|click)|verschoben|abgeschnitten|überlapp\\w*|verzerrt\\w*|unscharf|unlesbar|flacker\\w*|ruckelt|verschwindet|verschwunden|cortad[oa]s?|desalinead[oa]s?|descentrad[oa]s?|superpuest[oa]s?|se (?:superpone|solapa|desborda|traba)n?|borros[oa]s?|ilegibles?|parpadea\\w*|coupée?s?|décalée?s?|déformée?s?|étirée?s?|se (?:chevauche|superpose)(?:nt)?|déborde(?:nt)?|floue?s?|illisibles?|clignote(?:nt)?|mal (?:placé|aligné|centré|affiché)e?s?|desalinhad[oa]s?|sobrepost[oa]s?|borrad[oa]s?|ilegíve(?:l|is)|esticad[oa]s?|piscando|fora do lugar|tagliat[oaie]|sovrappost[oaie]|si sovrappon\\w+|sfocat[oaie]|illeggibil[ei]|disallineat[oaie]|обрез(?:ан|ает|ало|ала)\\S*|съехал\\S*|накладыва\\S+|наложил\\S+|размыт\\S*|нечитаем\\S*|мерцает|растянут\\S*|перекрыва\\S+|зависает|глючит|тормозит|重叠|重合了|遮挡|错位|变形|模糊|卡顿|卡死|闪烁|溢出|乱码|歪了|被(?:截断|裁剪|挡住|覆盖)|邪魔|おかしい|不自然|ずれて|ズレ|崩れ(?:て|る|ます)|重なって|はみ出|隠れて|見切れ|途切れ|文字化け|(?:見|読み|使い|わかり|分かり|押し)(?:にくい|づらい)|겹치|겹쳐|잘려|잘린|깨져|흐릿|밀려',
    ),
    reason: 'finds a fault in how it looks or behaves',
  },
  {
    name: 'noticed',
    pattern: word(
      "(?:i|we)(?:'ve)? (?:just |also |now |only |still )*(?:noticed|notice|see|saw|found|realized|realised|discovered|spotted)|i can see|turns out|it (?:looks|seems|appears) (?:like|that|as if)(?! [^.!?\\n]{0,50}\\b(?:completed|finished|done|ready|passed|passing|working|worked|works|fixed|good|great)\\b)",
    ),
    reason: 'tells what came to light',
  },
  {
    name: 'reportNow',
    pattern: word(
      'now (?:it|we|i|there|the|they|you|all)[^.!?\\n]{0,50}|after (?:the|your|this|that) (?:change|fix|update|edit|refactor)\\w*',
    ),
    reason: 'reports what came of the change',
  },
];
