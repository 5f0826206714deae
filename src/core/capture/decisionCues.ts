/** What people say when they settle something. */
import { spacelessAfter } from '../text/tongues.ts';
import { type Cue, start, word } from './cue.ts';

/** Decisions, conventions, preferences. */
export const decisionCues: readonly Cue[] = [
  {
    name: 'standing',
    pattern: word(
      "from now on|unt[ui]ll? further notice|going forward|(?<!\\b(?:to|what|how|might|may|could|will|would|can|maybe|perhaps|you|we|i|it|they) [^.!?,;\\n]{0,40})in (?:the )?future|(?:please|don'?t|dont|do not|never|should|must)[^.!?\\n]{0,60} in (?:the )?future|always|never|every time|each time|whenever|at all times|in all cases|by default|as a rule|next time|ab jetzt|ab sofort|künftig|immer|niemals|a partir de ahora|siempre|en adelante|nunca|désormais|dorénavant|toujours|jamais|à partir de maintenant|de agora em diante|sempre|d'ora in poi|всегда|никогда|впредь|отныне|zawsze|nigdy|her zaman|asla",
    ),
    reason: 'said as lasting',
  },
  {
    name: 'standingCjk',
    pattern: new RegExp(
      `${spacelessAfter.source}|今后|今後|从现在|從現在|总是|總是|始终|永远|永遠|一律|いつも|常に|必ず|これから|절대|항상|앞으로|반드시`,
      'u',
    ),
    reason: 'said as lasting',
  },
  {
    name: 'makeRule',
    pattern: word(
      '(?:make|add|create|write|record|update|need|as) (?:it |this |that |a |an |the |our |my |your |another |new )*(?:rule|rules|convention|guideline|instruction|instructions|memory)|(?:rule|convention|guideline)s? (?:that|to|which|providing|says?|saying|should|must)|(?:remember|keep in mind|bear in mind|mind) (?:that|to|this|for)|note (?:that|to self)|remember this|memori[sz]e|(?:write|note|jot) (?:it |this |that )?down|(?:put|add|write|note|record|save) (?:it|this|that)(?: down)? (?:in|into|to) (?:the|our|your|my) (?:\\w+ )?(?:instructions?|rules?|guidelines?|memory|conventions?|style guide)|eine regel|una regla|une règle|uma regra|правило|запомни',
    ),
    reason: 'asks for a rule',
  },
  {
    name: 'weUse',
    pattern: word(
      "(?<!\\b(?:do|did|should|can|could|are|if|how|what|where|when|why|would|will|have|in case|whether|that|once|since|right now|currently|at the moment|at present|as of now|so far|until now) )we(?:'re| are|'ve| have)?(?: (?!can|could|will|would|should|may|might|shall)\\w+)? (?:use|using|prefer|follow|write|keep|call|name|put|store|never|always|don'?t|do not|dont|only(?! (?:have|had|got|need)\\b)|usually|want|agreed|decided|switched|moved|standardi[sz]ed|support|target|ship|run|require|avoid)(?<!want(?= to (?!keep|use|avoid|stick|stay|follow|support|target|preserve|be|have|only|never|always)))(?<!(?:don'?t|dont|do not)(?= (?:\\w+ly )?(?:know|see|remember|understand)(?!\\p{L})))|our (?:convention|standard|policy|style|team|setup|stack)\\w*|let.?s (?:all )?agree|the (?:whole )?team (?:has )?(?:agreed|decided|prefers|wants)|this (?:project|repo|codebase|team|package) (?:uses?|is|has|follows|doesn'?t|does not)|wir (?:verwenden|nutzen|benutzen|haben|machen)|usamos|utilizamos|preferimos|on (?:utilise|préfère)|nous utilisons|nós usamos|a gente usa|usiamo|мы (?:используем|пишем|не)|我们(?:用|使用|不用)|używamy",
    ),
    reason: 'states a custom of the team',
  },
  {
    name: 'makeSure',
    pattern: word(
      '(?<!how (?:do|can|could|should) (?:i|we|you) )(?<!\\bto )(?:make sure|ensure)(?! (?:that )?(?:(?:all|the|everything|it|its|this|that|these|those|there|is|are|rest|of|docs?|documentation|tests?|code|build|plan|steps?|and) ?){1,8} ?(?:still |also |now )?(?:works?|working|run(?:s|ning)?|pass(?:es|ing)?|makes? sense|up.to.date|updated|correct|fine|no (?:\\w+ )?(?:bugs?|errors?|issues?|problems?|warnings?|conflicts?|breach(?:es)?|leaks?|vulnerabilit\\w+)|(?<=\\b(?:is|are) {2}))(?![\\p{L}]))|be sure|(?:ask|check with|confirm with|consult) (?:me |us )?(?:first|before(?:hand)?)|mak(?:e|ing) certain|see to it|it is important|important:|note that|note:|keep in mind|stick (?:to|with)|follow(?:ing)? (?:the|our|\\w+.?case|pep.?\\d+|(?:conventional|semantic|standard|rest\\w*) \\w+)|according to|as per|per the|stelle? sicher|vergiss nicht|denk daran|recuerda|acuérdate|n.oublie\\w* pas|lembre\\w*|ricorda\\w*|pamiętaj\\w*|помни|не забудь|не забувай|记住|记得|achte darauf|asegúrate|assure-toi|assurez-vous|certifique-se|assicurati|убедись|следи|確認して|确保|請確保',
    ),
    reason: 'demands something to be ensured',
  },
  {
    name: 'banned',
    pattern: word(
      'only [^.!?\\n]{3,80} (?:is|are) (?:permitted|allowed)|(?:is|are) (?:strictly |completely |totally |absolutely |simply )?(?:banned|forbidden|prohibited|off.?limits|taboo|a no-?go|not (?:allowed|permitted|acceptable))|(?:unless|until) (?:i|we) (?:say|tell|ask|approve)\\w*|without (?:asking|my (?:ok|okay|approval|permission|consent))|verboten|prohibido|interdit|proibido|vietato|запрещено|zabronione|zakázáno',
    ),
    reason: 'bans something',
  },
  {
    name: 'universal',
    pattern: word(
      '(?:every|each) (?:\\w+ ){1,4}?(?:needs?|must|should|has to|gets|requires?)|(?:all|any) (?:\\w+ ){1,4}?(?:must|should|need to|have to)|(?:is|are) to be \\w+(?:ed|en)',
    ),
    reason: 'says how every one of them must be',
  },
  {
    name: 'prefer',
    pattern: word(
      "prefer\\w*|i(?:'d| would) (?:much )?rather|i (?:hate|dislike|don'?t like)|my preference|better (?:to|if|is|as)|favou?r|bevorzug\\w*|lieber|prefiero|préfér\\w+|prefir\\w+|preferisco|предпочитаю|лучше|最好|更喜欢|方が(?:いい|よい|良い)|ほうが(?:いい|よい|良い)|선호",
    ),
    reason: 'states a preference',
  },
  {
    name: 'letsUse',
    pattern: word(
      "(?:let'?s|lets|we'?ll|we will|i'?ll|please|pls|plz) (?:\\w+ )?(?:go with|use|keep(?! (?:going|moving|working|at it|it up|on)(?!\\p{L}))|stick|call|rename|name|store|put|switch to|drop|avoid|leave|make it|not|only|stay|settle|treat|skip|limit|default|focus)|(?<!\\bto )go with|(?<!\\b(?:am|is|are|was|were|been|be|i'm|we're|i've been) )(?:use|using) (?:the )?(?:[\\w`@./-]+ ){1,4}(?:for|as|when|instead|everywhere)|nehmen wir|lass uns|usemos|vamos (?:usar|com)|utilisons|on (?:garde|prend)|usiamo|давай(?:те)? (?:лучше|оставим|использ\\S+|назов\\S+|сохран\\S+|без)|будем (?:использ\\S+|хран\\S+|пис\\S+|назыв\\S+|дел\\S+)|我们用|用这个|保留(?:其他|其它|原|现有)|保持(?:不变|原)",
    ),
    reason: 'settles a choice',
  },
  {
    name: 'settles',
    pattern: word(
      "(?:let'?s|lets|we'?ll|we will|we can|i'?d|i would|i'?ll|please|i think we should|then) (?:just |rather |then |still )?(?:(?:go|stick|stay) with|(?:stick|keep) to)|go(?:ing)? (?:with|for)(?! it\\b)|i(?:'d)? (?:choose|pick|prefer|vote|opt)|nehmen wir|usemos|vamos com|partons sur|on part sur|andiamo con|давай(?:те)? (?:возьм|остан)\\S+|用方案|選",
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
    name: 'atStep',
    pattern: word(
      '(?<!\\b(?:what|how|why|what.s|if|happens?|fails|crash\\w*|errors?|breaks|works|appears|shows)\\b[^.!?\\n]{0,40})(?:before|after|when(?:ever)?|every time|each time|any ?time) (?:(?:you|we) (?:ever |next )?(?:re-?)?(?:commit|push|merge|rebase|release|deploy|ship|publish|change|edit|modify|touch|refactor|rename|start|begin|code|write|implement|propose|install|upgrade|(?<=before (?:you|we) )(?:delete|remove|drop|add|create|run|move|send|answer|fix|finish))|(?:re-?)?(?:committing|pushing|merging|rebasing|releasing|deploying|shipping|publishing|changing|editing|modifying|touching|refactoring|renaming|starting|coding|writing|implementing|installing|upgrading))(?! (?:this|that|it|these|those|them|the (?:above|rest|next|following))\\b)',
    ),
    reason: 'says at which step of work',
  },
  {
    name: 'everyNeeds',
    pattern: start(
      '(?:every|each|all)(?: new| single)? (?:[\\w-]+ ){1,3}?(?:needs?|must|should|has to|have to|requires?)(?! (?:(?:to )?be )?(?:fix\\w*|work\\w*|done|there)\\b)',
    ),
    reason: 'says how every one of them must be',
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
