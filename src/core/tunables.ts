/**
 * Every number that shapes the memory, in one table: value, range, source. A number that a user could want to
 * change is also a setting (`reverie.*`); nothing else in core holds a magic number.
 */

/** Strength at birth (0..1) and share kept per day (0..1]. */
export interface StartValue {
  readonly strength: number;
  readonly rate: number;
}

export const tunables = {
  /** By episode label, else by kind. Source: the sleep design; after omelas-tech/brain's table, fixes and outcomes added. */
  start: {
    decision: { strength: 0.85, rate: 0.995 },
    correction: { strength: 0.8, rate: 0.993 },
    preference: { strength: 0.7, rate: 0.998 },
    fix: { strength: 0.75, rate: 0.99 },
    outcome: { strength: 0.4, rate: 0.95 },
    insight: { strength: 0.9, rate: 0.997 },
    rule: { strength: 0.85, rate: 0.998 },
    skill: { strength: 0.8, rate: 0.997 },
  },
  /**
   * Probabilities of the learned models from which a message is worth remembering (fixed before measuring); from which
   * the gate does not ask for salience; from which a lesson holds for its task only. And
   * the share of a label's certainty that is left for its lesson: at least, where the sentence stands alone; and where
   * it leans on what only those present know.
   */
  capture: {
    memorable: 0.5,
    certain: 0.6,
    oneOff: 0.5,
    reading: { alone: 0.7, leaning: 0.5 },
    /** How sure a request that comes again and again is a way of working. */
    habitConfidence: 0.7,
  },
  /**
   * The editor as witness. An assistant's text counts from `leastWritten` characters on, where its hook named it, or
   * from `leastInserted` characters and `leastLines` lines on, where only its coming tells (into a file nobody looks
   * at, or several within `burstMs`, and no git within `gitMs`). What a person made of it is told after `settleMs`
   * of quiet; text for a closed file waits `rememberMs`. Bounds of what is watched: files, and pieces in a file.
   * Then of the judgement of a rewrite, in tokens: the smallest text that says something; the share that is left of
   * text that is gone; that is kept of text that was rewritten, of text in which only names were swapped, and where
   * only comments went; and how many different names may be swapped for it to be a choice.
   */
  witness: {
    leastWritten: 20,
    leastInserted: 80,
    leastLines: 3,
    burstMs: 5_000,
    gitMs: 3_000,
    /** What changed in a file so shortly before an assistant's hook names it was the assistant's doing. */
    agentMs: 2_000,
    settleMs: 30_000,
    rememberMs: 3_600_000,
    files: 100,
    spansPerFile: 40,
    leastTokens: 8,
    goneShare: 0.1,
    rewrittenShare: 0.5,
    keptForSwap: 0.5,
    sameCode: 0.9,
    mostSwaps: 4,
    commandLength: 300,
    /** How sure a fix is that an assistant found by itself: below `capture.certain`, so that the gate asks for salience. */
    agentFixConfidence: 0.55,
    /** Failures that wait for their fix, and for how long; a variant must work among the next runs, and soon. */
    failures: 50,
    failureMs: 7_200_000,
    variantRuns: 3,
    variantMs: 900_000,
    /** An error under the text counts when it stood so long; the text is looked at so long after it came; how many in a file. */
    problemMs: 60_000,
    problemLookMs: 10_000,
    problemsPerFile: 20,
    /** Longest text of a file that is looked at for a remedy, in characters. */
    longestCompared: 200_000,
  },
  /** Recall: `strength += gain × min(maxSpacing, 1 + log2(1 + days)) / (1 + fatigue × recalls)`; `rate += rateGain × (rateCap − rate)`. */
  reinforce: { gain: 0.05, maxSpacing: 3, fatigue: 0.1, rateGain: 0.1, rateCap: 0.999 },
  /** Hebbian links: start weight, gain `w += gain × (1 − w)`, share kept per day, dropped below `floor`. */
  link: { start: 0.2, gain: 0.1, rate: 0.998, floor: 0.05 },
  /** Bounds of the four strength bands of phase 1. */
  bands: { strong: 0.7, moderate: 0.4, weak: 0.1 },
  homeostasis: {
    target: 0.5,
    minFactor: 0.85,
    /** At most once in so many hours, and only with something new since. */
    everyHours: 20,
    salient: 0.7,
    salientBoost: 0.05,
    recentDays: 7,
    recentBoost: 0.03,
    oftenCount: 5,
    oftenBoost: 0.02,
  },
  /** Phase 1. Shares of the two reasons to replay; a sequence's length and largest pause; share of old strong memories mixed in. */
  replay: {
    salienceWeight: 0.6,
    errorWeight: 0.4,
    sequence: 5,
    pauseMinutes: 30,
    oldShare: 0.25,
    mostOld: 200,
    /** What an old memory gains when replayed among new ones: `strength += gain × (1 − strength)`. */
    oldGain: 0.02,
    /** How far surprise moves towards the prediction error found at replay. */
    refine: 0.3,
    /** Conflict, at least, of what says the opposite of a rule: as where capture knows it (`salience/conflict.ts`). */
    opposed: 0.9,
  },
  propagation: {
    windowDays: 7,
    contradiction: -0.2,
    confidenceFloor: 0.1,
    validation: 0.1,
    validationStrength: 0.05,
    obsoleteRate: 0.9,
    /** Likeness (0..1, `core/text/similarity.ts`) from which two memories touch, and from which they may say the same. */
    related: 0.2,
    same: 0.32,
    /**
     * To say the same, or the opposite, at least half of the smaller one's wishes are shared and most of those agree
     * (or are reversed). In between they only speak of the same thing: a wrong contradiction costs a good rule.
     */
    shared: 0.5,
    agreed: 0.3,
    reversed: -0.4,
    /** The opposite as well: so much of it changes sides both ways ("A, not B" and "B, not A"), whatever else is shared. */
    swapped: 0.15,
    /** Known memories one recent memory may touch in a night. */
    mostPerMemory: 4,
  },
  /** Receipts of a rule from which on its new precision is tested on what was held out. */
  precision: { testFrom: 5 },
  /**
   * Learning how much each dimension of salience counts (gentle learning, the source document on salience): so many
   * episodes of either outcome at least, and of each the latest so many at most; again when so much more is known (a
   * share); how far a step goes, and the bounds of a weight; and after how many days an episode behind nothing has come to
   * nothing.
   */
  salienceLearning: {
    least: 30,
    most: 5000,
    grown: 0.2,
    step: 0.2,
    lowest: 0.5,
    highest: 1.5,
    unprovedDays: 14,
  },
  crystallization: { minEpisodes: 3, minSessions: 2, minRecalls: 3, skillEpisodes: 3, activeSessions: 3 },
  /** `mostShare`: a deeper topic that would take nearly all of its parent tells nothing apart. */
  reorganize: { minGroup: 3, mostShare: 0.8, depth: 3 },
  consolidate: { below: 0.6, minGroup: 2, maxGroup: 12, bonus: 0.15, related: 0.3 },
  prune: { below: 0.1, salient: 0.7, linkFloor: 0.05, reviewDays: 90 },
  dream: { novelty: 0.5, utility: 0.3, surprise: 0.2, keep: 0.5, top: 3, linkWeight: 0.15 },
  expertise: {
    countWeight: 0.25,
    countFull: 5,
    strengthWeight: 0.25,
    accessWeight: 0.2,
    accessFull: 10,
    spanWeight: 0.15,
    spanFullDays: 30,
    tagWeight: 0.15,
    bands: { awareness: 0.2, working: 0.4, deep: 0.6, expert: 0.8 },
  },
  /** So many nights with changes can be taken back; the journal of older ones is let go. Also a setting. */
  journal: { keepNights: 30 },
  /** The slow tier is written every nth sleep, or on strong evidence. */
  clocks: { slowEverySleeps: 4 },
  /** Two-process drive: summed unslept salience that counts as full pressure; idle minutes at zero and at full pressure. */
  drive: { capacity: 12, idleMinutes: 10, idleMinutesAtFullPressure: 2 },
  /**
   * A language model's share of a night, where its owner chose one: questions asked, tokens of an answer, seconds for
   * one answer and for all (each also a setting), pieces of evidence told with a question and characters of each.
   */
  model: {
    calls: 20,
    answerTokens: 300,
    callSeconds: 20,
    seconds: 90,
    evidence: 8,
    evidenceLength: 400,
    /** Longest answer that is looked at, and longest parts of it, in characters. */
    answerLength: 4_000,
    textLength: 200,
    whyLength: 160,
    whenLength: 80,
    dreamLength: 240,
    /** Unanswered questions in a row after which no more are asked. */
    mostFailures: 2,
    /** Shares of informative terms: of a wording that come from the evidence, and of the lesson's own that it keeps. */
    fromEvidence: 0.5,
    dreamFromEvidence: 0.5,
    kept: 0.4,
    /** Informative words a wording may add. */
    mostNew: 3,
    /** A lesson of at most so many words is short; a wording has this share of them at least. */
    shortLesson: 10,
    shortLessonKept: 0.75,
    /** Likeness of the wording to the lesson as it was found (`core/text/similarity.ts`). */
    likeness: 0.2,
  },
  /** Tokens that may be told at each occasion (o200k_base). */
  budget: { session: 600, prompt: 200, tool: 80 },
  recall: {
    /** Answers where the caller names no number. */
    k: 5,
    /** So many of the best are ranked closely. */
    candidates: 150,
    /** BM25 (Robertson & Zaragoza 2009): term saturation, and length normalisation; low, as memories are short anyway. */
    k1: 0.8,
    b: 0.4,
    /** Weight of a term by where it stands (BM25F), the memory's own words being 1. */
    fields: { lesson: 0.5, cues: 0.7, topic: 0.5 },
    /** Cues are other ways to ask for one thing: of what they weigh, this share makes a memory longer (`-- cues`). */
    cueLength: 0.5,
    /**
     * What was said `radius` messages before and after counts too, `decay` times less with each step; its length
     * counts `lengthWeight` times, so that a passage is not preferred for being long; what a question said counts
     * `reply` times more for the very next message. Measured on LoCoMo.
     */
    around: { radius: 3, before: 0.55, after: 0.4, decay: 0.5, lengthWeight: 2, reply: 1.9 },
    /** What was said by one whom the question names: factor 1 + speaker. Measured on LoCoMo: +2 points of any@5. */
    speaker: 0.4,
    /** Another form of a word of the question ("bought" for "buy") counts this share. */
    otherForm: 0.8,
    /** A thing of the kind that is asked for (pnpm where a package manager is) counts this share of the word itself. */
    ofItsKind: 0.8,
    /**
     * A word of so many letters that no memory has is taken for what is one slip away: at most so many such words, each
     * counting this share. Measured with `npm run bench -- typos`.
     */
    spelling: { shortest: 5, share: 0.8, most: 3 },
    /**
     * An answer is seldom itself a question, says something (`richTerms` terms being much), and names a time if it
     * was asked for one: factors 1 − asking, 1 + rich, 1 + dated. Measured on LoCoMo.
     */
    shape: { asking: 0.2, rich: 0.5, richTerms: 15, dated: 0.3 },
    /**
     * Where something like the text is looked for rather than an answer: function words count ("you", "why", "not":
     * they tell a reproach from a plan), what was said just before counts `context`, and later ones are likelier:
     * 1 + recent × (1 + days before the newest)^−½.
     */
    echo: { k1: 2, b: 0.6, tone: 0.5, context: 0.1, recent: 0.5 },
    /**
     * Of the `first` of those, what asks for the very same gains `weight` times the relevance of the best. Flat from 30 to
     * 60 and from .7 to 1.4 (`-- recall`, mates).
     */
    closeness: { first: 30, weight: 1 },
    /** Prior as a factor 1 ± its weight, so that relevance leads: source is the anchors' advice "rank by relevance". */
    prior: {
      strength: 0.04,
      confidence: 0.04,
      salience: 0.02,
      recency: 0.02,
      recencyDays: 90,
      settled: 0.08,
      path: 0.15,
      /** Where an answer is wanted, what has faded into the archive stands back this much. */
      archived: 0.1,
    },
    /**
     * What was remembered at a time that the question names is likelier: 1 + weight × fit, which fades over `laterDays`,
     * as what happened is told afterwards.
     */
    times: { weight: 2, laterDays: 10 },
    /** Weight of the words said just before a question. */
    beforeQuestion: 0.05,
    /**
     * Where an answer is wanted: share of activation that runs along a link (times its weight) to an associated memory.
     * Where something alike is looked for: how high a lesson stands beside the best episode it was learnt from, of so
     * many of the first episodes. Measured on wishes that come again, each held out of the night in turn (`-- recall`).
     */
    spreading: { related: 0.3 },
    lessons: { sources: 30, share: 0.8 },
    /**
     * One of the first results must cover this share of the informative words (idf mass) of a question, or of a text
     * that an echo is looked for; else there is nothing. The less those named in a question are known, the more, up to
     * `most`. Calibrated on LoCoMo, one conversation's questions asked of another: 98 % silent, 2 % of the answerable lost.
     */
    coverage: { asked: 0.2, stranger: 0.8, most: 0.95, echo: 0.06 },
  },
  injection: {
    /** Rules looked at for one occasion. */
    candidates: 60,
    /** Entries of the index looked at for one occasion, rarest terms first (`npm run bench -- hook`). */
    mostEntries: 2_000,
    sessionCandidates: 200,
    /** Longest wording of one rule and of its reason, in characters. */
    textLength: 320,
    whyLength: 160,
    /** No line has fewer tokens; and the most that fence and preface have, with three for identities. Tested with a tokenizer. */
    lineTokens: 16,
    fenceTokens: { full: 45, short: 29 },
    /**
     * A rule is told with a prompt, or with a tool call, from this fit on (0..1). Set with `test/bench/prevention.ts`:
     * with 150 rules in a project, noise stays below 10 %.
     */
    promptScore: 0.735,
    toolScore: 0.5,
    /**
     * A guard is offered for a rule that so many conversations broke although it was told, if that is at least this share
     * of those in which it mattered. One breach may be an accident; a rule kept nine times in ten needs no question.
     */
    guardOffer: { broken: 2, share: 1 / 3 },
    /** Fit of a rule about a step of work with a request for that very step. */
    askedStep: 0.65,
    /** Small memories have flat counts: idf is taken as if there were at least so many memories. */
    leastMemories: 400,
    /** Shares of a rule's informative words: in a complaint about the same thing, and in a request on its subject. */
    judge: { same: 0.5, touched: 0.35 },
    /**
     * What was said and is no rule yet: how sure its reading must be, how many of the newest are compared, the share of
     * words from which two say the same, days after which one is worth half, and how often one is told at the start of
     * a session without having been needed again. The certainty separates lasting lessons from passing ones at more
     * than 9 in 10 in three repositories (`npm run bench -- prevention`: “junk told”).
     */
    recollection: { confidence: 0.65, compared: 60, same: 0.6, recencyDays: 30, mostTold: 8 },
    /** How sure the reading of a memory not yet slept on must be to be told. */
    freshConfidence: 0.6,
    /**
     * Weights of the value of a rule at the start of a session, and how often it was said where need counts in full. Set
     * where more is known than can be told (`--life ideal` of `test/bench/prevention.ts`): without need, a single lasting
     * word crowds out what was said ten times.
     */
    value: {
      need: 0.4,
      needFull: 31,
      strength: 0.15,
      confidence: 0.15,
      salience: 0.1,
      standing: 0.05,
      pressing: 0.05,
      recency: 0.1,
      recencyDays: 60,
      /** Power of its tokens that a line's value is divided by, 0..1: at 0 its length is nothing, at 1 value a token counts. */
      room: 0.25,
    },
  },
} as const;
