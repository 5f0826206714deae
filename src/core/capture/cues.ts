/**
 * The cues of a correction or decision: what people say, in several languages, when an assistant got it wrong or
 * when they settle something. Each is a named pattern over the user's own words in lower case with plain
 * apostrophes. Cues only say what is there; how much each counts is learned (`weights.ts`).
 */

export interface Cue {
  readonly name: string;
  readonly pattern: RegExp;
  /** What the owner reads as the reason; absent for cues that only tell a routine message. */
  readonly reason?: string;
}

/** Letters only count as word characters in ASCII for `\b`; other alphabets are bounded by non-letters. */
const word = (alternatives: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'u');
const start = (alternatives: string): RegExp =>
  new RegExp(`^[\\s"'(\\[*_-]*(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'u');

/** Corrections: the assistant did, said or left out something. */
const correctionCues: readonly Cue[] = [
  {
    name: 'startsNo',
    pattern: start(
      'no(?! (?:problem|worries|need|idea|prob|questions?|changes?|issues?|errors?|rush))|nope|nah|nein|nee|non|нет|não|nao|nie|いいえ|いや|違う|아니|不[,，是对對]|不是|错了|錯了|hayır|لا|नहीं',
    ),
    reason: 'begins with a no',
  },
  {
    name: 'startsHold',
    pattern: start(
      'wait|hold on|stop|whoa|whoops|oops|uh+|um+|hm+|hrm+|ouch|argh|ugh|wtf|what the|halt|stopp|warte|espera|attends|arrête|стоп|подожди|stop it|等等|等一下|待って|잠깐|para',
    ),
    reason: 'holds the assistant up',
  },
  {
    name: 'startsActually',
    pattern: start(
      "actually|but|however|except|eigentlich|aber|en fait|mais|pero|en realidad|na verdade|mas|на самом деле|но|其实|但|でも|실은|yes,? (?:but|except|however)|ok(?:ay)?,? but|better,? but|(?:that|it)'?s (?:good|better|great|close|nice),? but|almost",
    ),
    reason: 'objects',
  },
  {
    name: 'wrong',
    pattern: word(
      "wrong|incorrect|not right|isn't right|isnt right|ain't right|not correct|isn't correct|isnt correct|mistaken?|mistakes?|that'?s not (?:it|true|what|how|the|a|an|right)|thats not|not what i|not how|isn't what|isnt what|nonsense|broke|broken|messed up|screwed|inaccurate|misleading|misunderst\\w+|inappropriate|not appropriate|falsch|stimmt nicht|incorrecto|equivocad[oa]|está mal|faux|mauvais|incorrect[e]?|erroné|errad[oa]|sbagliat[oa]|неправильно|неверно|не так|ошибся|błędn\\w+|źle|yanlış",
    ),
    reason: 'says that something is wrong',
  },
  {
    name: 'wrongCjk',
    pattern:
      /错误|不对|不對|錯誤|搞错|有问题|間違|違います|じゃなくて|ではなく|틀렸|잘못|아니라|不要|别用|別用|应该|應該|使わないで|しないで|하지 ?마/u,
    reason: 'says that something is wrong',
  },
  {
    name: 'youDid',
    pattern: word(
      "(?:i (?:think|see|noticed|believe) )?you(?:'ve| have| just| also| still| again| only|'re| are| were)* (?:made|did|changed|edited|modified|removed|deleted|added|created|put|used|missed|forgot|skipped|broke|ignored|left|moved|renamed|replaced|wrote|committed|pushed|ran|started|updated|introduced|duplicated|lost|dropped|reverted|overwrote|rewrote|hard-?coded|assumed|invented|made up|included|changing|editing|adding|removing|deleting|using|making|creating|doing|writing|working|putting|ignoring|skipping|forgetting|running|starting|missing|mixing|hallucinat\\w+)|du hast|has (?:usado|hecho|cambiado|borrado|olvidado)|tu as|vous avez|você (?:usou|fez|mudou|esqueceu)|hai (?:usato|fatto)|ты (?:сделал|изменил|удалил|забыл)|你(?:改|用|忘|删|漏)\\S*",
    ),
    reason: 'speaks of what the assistant did',
  },
  {
    name: 'youDidNot',
    pattern: word(
      "you (?:still )?(?:didn'?t|did not|haven'?t|have not|don'?t|do not|aren'?t|are not|weren'?t|never|failed to|forgot|missed|neglected|can'?t|cannot|won'?t)|you made no|you're not|youre not|hast du nicht|no has|n'as pas|não (?:fez|usou)|не сделал|你没有|你沒有",
    ),
    reason: 'speaks of what the assistant did not do',
  },
  {
    name: 'whyDidYou',
    pattern: word(
      "why (?:did|do|are|were|have|would|is|was|does|aren'?t|isn'?t|wasn'?t|didn'?t|don'?t|doesn'?t|haven'?t|can'?t|not|the hell|on earth)(?: not)?(?: you)?|how come|what made you|warum|wieso|por qué|pourquoi|por que|почему|зачем|为什么|為什麼|なぜ|どうして|왜",
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
    name: 'didYouAsk',
    pattern: start(
      "(?:so )?(?:did|have|are|were|do|does|didn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|doesn'?t|don'?t|wasn'?t|weren'?t|shouldn'?t|couldn'?t|can'?t|cannot|wouldn'?t|won'?t) (?:you|we|it|this|that|the|there|those|these)",
    ),
    reason: 'asks whether it was done',
  },
  {
    name: 'negativeQuestion',
    pattern: word(
      "(?:didn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|doesn'?t|don'?t|wasn'?t|shouldn'?t|couldn'?t|can'?t|wouldn'?t|won'?t) (?:you|we|it|this|that|the|there|those|these)[^.!?\\n]{2,90}\\?",
    ),
    reason: 'a polite objection put as a question',
  },
  {
    name: 'should',
    pattern: word(
      "should(?! (?:i|we|be placed)[^.!]{0,60}\\?)|should(?:n'?t| not)|ought to|supposed to|needs? to be|has to|have to|must(?: not|n'?t)?|sollte\\w*|soll|muss|debe\\w*|doit|devrait|deve\\w*|должен|должно|нужно|надо|powin\\w+",
    ),
    reason: 'says how it should be',
  },
  {
    name: 'shouldNot',
    pattern: word(
      "(?:should|must|need)(?:n'?t| not| never)|(?:shouldnt|mustnt)|not supposed to|no need (?:to|for)|(?:don'?t|doesn'?t|dont|doesnt) (?:need|have) to|not (?:necessary|needed|required)|unnecessary|irrelevant|overkill|redundant|nicht nötig|no hace falta|pas besoin",
    ),
    reason: 'says how it should not be',
  },
  {
    name: 'dont',
    pattern: word(
      "don'?t(?! (?:know|understand|think|see|have|remember|care|mind|worry|get|believe|recall))|do not(?! (?:know|understand|think|see|have))|stop \\w+ing|quit \\w+ing|avoid|please don'?t|never|nicht|kein\\w*|nie(?:mals)?|nunca|no (?:uses|hagas|cambies|toques|pongas|borres)|jamais|ne .{1,30} pas|não (?:use|faça|mude)|nunca|non (?:usare|fare)|не (?:надо|нужно|используй|делай|трогай|меняй)|никогда|yapma|kullanma",
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
      "i (?:already |just )?(?:said|told you|asked|meant|wanted|specifically|was asking|want(?:ed)? you to|didn'?t (?:ask|say|want|mean)|did not (?:ask|say|want)|stopped you)|as i said|like i said|i mean|we (?:already )?(?:said|agreed|discussed|decided|talked)|remember(?: that| to|,)|ich (?:habe gesagt|meinte|wollte)|te dije|quería|j'ai dit|je voulais|eu disse|я (?:сказал|просил|имел)|我说|我是说",
    ),
    reason: 'recalls what was asked before',
  },
  {
    name: 'again',
    pattern: word(
      'again|still|yet again|keeps?|kept|same (?:error|issue|problem|thing|mistake)|once more|as before|anymore|any more|no longer|immer noch|schon wieder|wieder|todavía|otra vez|encore|toujours(?! pas sûr)|ainda|de novo|ancora|опять|снова|все ещё|всё ещё|又|还是|還是|仍然|まだ|また|여전히|또',
    ),
    reason: 'says it happened again or still does',
  },
  {
    name: 'stillFails',
    pattern: word(
      "(?:still|again|now|also|but)[^.!?\\n]{0,40} (?:fail\\w*|error\\w*|broken|not|no|wrong|missing|seeing|getting|the same|issue\\w*|isn'?t|doesn'?t|don'?t|aren'?t|can'?t|crash\\w*|timeout\\w*|timing)|still (?:an? )?(?:issue|error|problem|fail\\w*|no|not|broken|wrong|same|seeing|getting|see|have)",
    ),
    reason: 'reports that it still fails',
  },
  {
    name: 'notWorking',
    pattern: word(
      "(?:does|did|do|is|are|was|were|has|have|would|will|can|could)(?:n'?t| not) (?:\\w+ )?(?:work\\w*|run\\w*|compil\\w*|build\\w*|start\\w*|load\\w*|show\\w*|appear\\w*|display\\w*|pass\\w*|render\\w*|updat\\w*|chang\\w*|sav\\w*|respond\\w*|happen\\w*|help\\w*|fix\\w*|exist\\w*|make sense|defined|found|valid|included|there|called|used|match\\w*|get)|(?:nothing|no \\w+) (?:happen\\w*|loaded|shows?|appears?|works|changed)|fail(?:s|ed|ing|ure|ures)?|crash(?:es|ed|ing)?|hangs?|timed? ?out|got (?:this|an|the|another) (?:error|warning)|(?:an?|this|the|another|new|same|\\d+|more|some|these|following|console|build|type|lint\\w*) (?:error|errors|warning|warnings|failure|failures|issue|issues|problem)|geht nicht|funktioniert nicht|no funciona|ne (?:marche|fonctionne) pas|marche pas|não funciona|non funziona|не работает|падает|nie działa|çalışmıyor",
    ),
    reason: 'reports that something does not work',
  },
  {
    name: 'notWorkingCjk',
    pattern:
      /不工作|不行|失败|失敗|报错|報錯|没有效果|没用|動かない|動きません|エラーが|失敗し|안 돼|작동하지|에러/u,
    reason: 'reports that something does not work',
  },
  {
    name: 'tooMuch',
    pattern: word(
      'too (?:much|many|long|big|large|small|short|verbose|wordy|complex|complicated|generic|vague|wide|narrow|far|few|slow|early|late|aggressive|broad|strict)|(?:a bit|way|far) (?:too )?(?:much|long|verbose)|over-?(?:engineer\\w*|complicat\\w*|kill)|not enough|zu (?:viel|lang|kompliziert)|demasiado|trop|muito (?:longo|complexo)|troppo|слишком|太[长多复大小短慢]|長すぎ|너무',
    ),
    reason: 'finds it too much or too little',
  },
  {
    name: 'missing',
    pattern: word(
      "missing|missed|forgot(?:ten)?|left out|left behind|omitted|skipped|overlooked|not (?:included|updated|there|covered|mentioned|listed)|hasn'?t been|hasnt been|haven'?t been|weren'?t|wasn'?t|what about|no mention|where (?:is|are|did)|vergessen|fehlt|fehlen|falta\\w*|olvid\\w+|oubli\\w*|manque|esquec\\w+|manca|забыл\\w*|пропустил|没有|漏了|忘れ|빠졌|빠뜨",
    ),
    reason: 'misses something',
  },
  {
    name: 'onlyWant',
    pattern: word(
      "(?:i |we )?(?:only|just|specifically) (?:want\\w*|need\\w*|ask\\w*|meant)|i want (?!to\\b)|i(?:'d| would) (?:like|prefer|rather)|i (?:don'?t|do not|dont) (?:want|need|like|think)|we (?:don'?t|do not|dont) (?:want|need|use|do|have|support|care)|not (?:asking|interested)|ich (?:will|möchte|brauche)|quiero|no quiero|je (?:veux|préfère|ne veux)|quero|prefiro|voglio|хочу|не хочу|我(?:想|要|希望|不想|不要)",
    ),
    reason: 'says what is wanted',
  },
  {
    name: 'revert',
    pattern: word(
      'revert|undo|roll(?:ed)? ?back|put (?:it|that|this|them|those) back|bring back|restore|take (?:it|that|this) out|get rid of|change (?:it|that|this) back|rückgängig|revierte|annule|desfaz|annulla|откати|верни|撤销|回退|元に戻|되돌',
    ),
    reason: 'takes the work back',
  },
  {
    name: 'isNot',
    pattern: word(
      "(?:this|that|it|these|those|they|there|which|he|you)(?:'s| is|'re| are| was| were)?(?: (?:really|definitely|clearly|just|also|still|simply|actually|even))? ?(?:not|isn'?t|isnt|aren'?t|arent|ain'?t|wasn'?t|wasnt|n't|doesn'?t|doesnt|don'?t|didn'?t|didnt|weren'?t|hasn'?t)",
    ),
    reason: 'denies what was said or done',
  },
  {
    name: 'noMore',
    pattern: word(
      "there(?:'s| is| are| was| were|re)? (?:no|not|only|still|also|an? (?:error|issue|problem|existing|bug)|already|duplicate\\w*|two|too|multiple)|already (?:exist\\w*|have|has|done|there|defined|merged|did|been)",
    ),
    reason: 'holds a fact against what was done',
  },
  {
    name: 'carefulMore',
    pattern: word(
      '(?:be |more |think )(?:more )?careful(?:ly)?|pay attention|(?:re)?read (?:the|my|it|that|what)|look (?:again|closer|more carefully|at (?:the|how|my|what|other|this))|check (?:again|the (?:docs|code|source|rules?|spec))|double.?check|try again|re-?check|think (?:harder|again|about)|genauer|aufpassen|cuidado|attention|внимательн\\w+|仔细|注意',
    ),
    reason: 'asks for more care',
  },
  {
    name: 'swearing',
    pattern: word(
      "wtf|fuck\\w*|shit\\w*|damn|hell|crap|stupid|ridiculous|terrible|awful|horrible|useless|annoying|frustrat\\w+|seriously|come on|for (?:god|fuck)'?s? sake|scheiße|mierda|merde|блин|блять|черт",
    ),
    reason: 'is annoyed',
  },
  {
    name: 'seems',
    pattern: word(
      "(?:i'?m |i am |a bit |bit )?(?:confused|surprised|unclear|unhappy|skeptical|not sure (?:why|that|this|it)|don'?t (?:understand|see|get) (?:why|how|the))|doesn'?t (?:make sense|seem|look|feel)|seems? (?:like|to|wrong|off|odd|weird|strange|a bit)|looks? (?:like|wrong|off|odd|weird|strange)|weird|odd|strange|unexpected\\w*|suspicious",
    ),
    reason: 'finds it odd',
  },
  {
    name: 'reportNow',
    pattern: word(
      'now (?:it|we|i|there|the|they|you|all)[^.!?\\n]{0,50}|after (?:the|your|this|that) (?:change|fix|update|edit|refactor)\\w*',
    ),
    reason: 'reports what came of the change',
  },
];

/** Decisions, conventions, preferences. */
const decisionCues: readonly Cue[] = [
  {
    name: 'standing',
    pattern: word(
      "from now on|going forward|in (?:the )?future|always|never|every time|each time|whenever|at all times|in all cases|by default|as a rule|next time|ab jetzt|ab sofort|künftig|immer|niemals|a partir de ahora|siempre|en adelante|nunca|désormais|dorénavant|toujours|jamais|à partir de maintenant|de agora em diante|sempre|d'ora in poi|всегда|никогда|впредь|отныне|zawsze|nigdy|her zaman|asla",
    ),
    reason: 'said as lasting',
  },
  {
    name: 'standingCjk',
    pattern:
      /以后|以後|今后|今後|从现在|從現在|总是|總是|始终|永远|永遠|一律|いつも|常に|必ず|これから|절대|항상|앞으로|반드시/u,
    reason: 'said as lasting',
  },
  {
    name: 'makeRule',
    pattern: word(
      '(?:make|add|create|write|record|update|need|as) (?:it |this |that |a |an |the |our |my |your |another |new )*(?:rule|rules|convention|guideline|instruction|instructions|memory|note|standard|policy)|(?:rule|convention|guideline)s? (?:that|to|which|about|providing|says?|saying|for|should|must|is)|(?:remember|note|keep in mind|bear in mind|mind) (?:that|to|this|for)|remember this|memori[sz]e|eine regel|una regla|une règle|uma regra|правило|запомни',
    ),
    reason: 'asks for a rule',
  },
  {
    name: 'weUse',
    pattern: word(
      "we(?:'re| are|'ve| have)?(?: \\w+)? (?:use|using|prefer|follow|write|keep|call|name|put|store|never|always|don'?t|do not|dont|only|usually|want|agreed|decided|switched|moved|standardi[sz]ed|support|target|ship|run|require|avoid)|our (?:convention|standard|policy|style|team|setup|stack)\\w*|this (?:project|repo|codebase|team|package) (?:uses?|is|has|follows|doesn'?t|does not)|wir (?:verwenden|nutzen|benutzen|haben|machen)|usamos|utilizamos|preferimos|on (?:utilise|préfère)|nous utilisons|nós usamos|a gente usa|usiamo|мы (?:используем|пишем|не)|我们(?:用|使用|不用)|używamy",
    ),
    reason: 'states a custom of the team',
  },
  {
    name: 'makeSure',
    pattern: word(
      'make sure|ensure|be sure|mak(?:e|ing) certain|see to it|it is important|important:|note that|note:|keep in mind|stick (?:to|with)|follow(?:ing)? the|according to|as per|per the|stelle? sicher|achte darauf|asegúrate|assure-toi|assurez-vous|certifique-se|assicurati|убедись|следи|確認して|确保|請確保',
    ),
    reason: 'demands something to be ensured',
  },
  {
    name: 'prefer',
    pattern: word(
      "prefer\\w*|rather|i(?:'d| would) (?:like|love|rather)|i (?:like|want|need|hate|love)|my preference|better (?:to|if|is|as)|favou?r|bevorzug\\w*|lieber|prefiero|préfér\\w+|prefir\\w+|preferisco|предпочитаю|лучше|最好|更喜欢|方がいい|선호",
    ),
    reason: 'states a preference',
  },
  {
    name: 'letsUse',
    pattern: word(
      "(?:let'?s|lets|we'?ll|we will|i'?ll|please) (?:\\w+ )?(?:go with|use|keep|stick|call|rename|name|store|put|switch|move|drop|avoid|leave|make it|not|just|only|stay|settle|treat|skip|extract|limit|hide|default|focus|change|replace|do)|go with|(?:use|using) (?:the )?[\\w`@./-]+ (?:for|as|to|with|in|when)|nehmen wir|lass uns|usemos|vamos (?:usar|com)|utilisons|on (?:garde|prend)|usiamo|давай|будем|我们用|用这个",
    ),
    reason: 'settles a choice',
  },
  {
    name: 'optionChoice',
    pattern: word(
      'option (?:\\d|[a-d]\\b|one|two|three)|(?:first|second|third|last|former|latter|other) (?:one|option|approach|choice)|agree(?:d)? with|recommendation|both|neither|variante|opción|opção|вариант|方案',
    ),
    reason: 'chooses among options',
  },
  {
    name: 'because',
    pattern: word(
      'because|since|so that|otherwise|as (?:it|this|that|we|they) (?:is|are|was|breaks?|causes?|would|will|has|have)|the reason|due to|which (?:means|causes|breaks|interferes)|by definition|weil|damit|sonst|porque|ya que|para que|parce que|car|afin|perché|чтобы|потому что|иначе|因为|因為|否则|から|ので|때문',
    ),
    reason: 'gives a reason',
  },
  {
    name: 'onlyIf',
    pattern: word(
      'only (?:if|when|for|the|those|show|use|in|after|be)|unless|except (?:for|when|that|if)|if (?:the|a|an|no|it|there|we|you|selected|any)|when(?:ever)? (?:the|a|an|you|we|it|there|working|creating|writing|fixing|adding|running)|before (?:you|any|each|every|it|the|creating|committing|pushing|merging)|after (?:each|every|any)|until',
    ),
    reason: 'states a condition',
  },
  {
    name: 'allowed',
    pattern: word(
      "allow(?:ed)?|(?:you )?(?:can|may) (?:just |also |always |now |freely |safely )?(?:use|commit|skip|ignore|assume|remove|delete|run|leave|rely)|it'?s (?:ok|okay|fine)|no need|(?:doesn'?t|does not|don'?t) (?:matter|need|have to)|out of scope|in scope|acceptable|darfst|puedes|tu peux|можешь|可以",
    ),
    reason: 'allows or frees from something',
  },
  {
    name: 'treatAs',
    pattern: word(
      '(?:is|are|be|as) (?:an? |the )?(?:implementation detail|single source|source of truth|top priority|required|mandatory|optional|deprecated|canonical|default|correct|responsible|expected|intended|intentional|by design)|single source of truth|top priority|convention|backwards?.compat\\w*',
    ),
    reason: 'settles what counts',
  },
  {
    name: 'nameIt',
    pattern: word(
      '(?:call|name|rename|label|prefix|title) (?:it|this|that|them|these|the|a|session|each)|(?:be|is|are|get) (?:called|named|renamed|prefixed|labell?ed)|naming|appear as|display(?:ed)? as|nenn\\w*|llám\\w+|appel\\w+|назови',
    ),
    reason: 'settles a name',
  },
  {
    name: 'locate',
    pattern: word(
      '(?:belongs?|goes|go|live|lives|stay|stays|placed?|stored?|kept) (?:in|into|under|inside|to|at)|(?:put|keep|move|place|store|save|make|do|create) (?:it|this|that|them|those|these|all|the \\w+) (?:in|into|under|inside|to|at)|in the (?:correct|right|same|existing|proper|main|other)',
    ),
    reason: 'settles a place',
  },
];

/** What routine messages look like. */
const routineCues: readonly Cue[] = [
  {
    name: 'approvalStart',
    pattern: start(
      "ok(?:ay)?|yes|yep|yeah|ya|yup|sure|great|good|nice|perfect|excellent|thanks|thank you|cool|awesome|lgtm|looks good|sounds good|approved?|appoved|go ahead|go for it|do it|proceed|continue|correct|right|fine|agreed|ja|gut|danke|sí|si|vale|gracias|oui|merci|d'accord|sim|obrigad[oa]|да|хорошо|спасибо|отлично|好|好的|谢谢|可以|继续|はい|ありがとう|네|좋아",
    ),
  },
  {
    name: 'goAhead',
    pattern: word(
      'go ahead|proceed|continue|carry on|keep going|move on|next (?:step|task|item|one)|weiter|mach weiter|sigue|continúa|continue[rz]?|prossiga|продолж\\w+|继续|続けて|계속',
    ),
  },
  {
    name: 'praise',
    pattern: word(
      'thanks|thank you|great|perfect|excellent|nice|awesome|good (?:job|work|point|idea)|well done|works? (?:great|well|now|fine|perfectly)|working now|all (?:tests )?pass(?:ed|ing)?|looks (?:good|great)|love it|fixed now|danke|gracias|merci|obrigad[oa]|grazie|спасибо|谢谢|ありがとう|감사',
    ),
  },
  {
    name: 'taskStart',
    pattern: start(
      "(?:ok(?:ay)?,? |now,? |and |then |next,? |so |please |pls |great[,!.]? |yes,? |thanks[,!.]? |can you |could you |would you |let'?s |lets |now |go ahead and |i(?:'d| would) like (?:you )?to |i want (?:you )?to |i need (?:you )?to |we need to |help me )*(?:add|create|implement|write|update|fix|run|build|make|generate|commit|push|merge|show|list|open|read|review|analy[sz]e|check|test|explain|describe|summari[sz]e|find|search|look|give|tell|help|set ?up|install|configure|refactor|rename|move|remove|delete|start|work|continue|try|convert|draft|plan|debug|investigate|document|prepare|deploy|release|bump|publish|improve|finish|complete|rebase|clone|download|finalize|resolve|walk|compare|optimi[sz]e|extract|split|apply|save|print|format|verify)",
    ),
  },
  {
    name: 'questionStart',
    pattern: start(
      "what|what's|whats|how|who|where|when|which|is|are|do|does|did|can|could|would|will|should|have|has|am|any|was|were|so what|and what|was ist|wie|qué|cómo|que|comment|qu'est|как|что|какой|где|什么|怎么|如何|どう|何",
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
      "i(?:'ve| have| just| also)* (?:added|updated|changed|made|created|moved|renamed|removed|deleted|fixed|staged|committed|pushed|ran|run|tried|installed|merged|restarted|configured|set|started|got)",
    ),
  },
  { name: 'iWill', pattern: word("i(?:'ll| will| am going to|'m going to)|let me") },
];

export const cues: readonly Cue[] = [...correctionCues, ...decisionCues, ...routineCues];

/**
 * Closed-class and other topic-free words whose presence is a feature of its own. No nouns of any trade: what the
 * project is about must not tell.
 */
export const functionWords: readonly string[] =
  `i you we it this that they there he your my our its not no never always should must can could would will shall may
   might need needs want wants wanted only just also too again still already yet even but however though although
   instead rather because since so if when unless until before after then than what why how where which who did does
   do is are was were be been being have has had made make using use used without with for from into same other
   another different both each every all any some none nothing something anything one ones actually really exactly
   specifically currently now later first last next please thanks yes ok maybe perhaps probably seems looks think
   thought believe guess sure wrong right correct better best good bad weird missing existing real whole more less
   much many few most least here there's like about really up out off back`
    .split(/\s+/)
    .filter((entry, index, all) => entry !== '' && all.indexOf(entry) === index);
