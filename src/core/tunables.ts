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
  /** Recall: `strength += gain × min(maxSpacing, 1 + log2(1 + days)) / (1 + fatigue × recalls)`; `rate += rateGain × (rateCap − rate)`. */
  reinforce: { gain: 0.05, maxSpacing: 3, fatigue: 0.1, rateGain: 0.1, rateCap: 0.999 },
  /** Hebbian links: start weight, gain `w += gain × (1 − w)`, share kept per day, dropped below `floor`. */
  link: { start: 0.2, gain: 0.1, rate: 0.998, floor: 0.05 },
  /** Bounds of the four strength bands of phase 1. */
  bands: { strong: 0.7, moderate: 0.4, weak: 0.1 },
  homeostasis: {
    target: 0.5,
    minFactor: 0.85,
    salient: 0.7,
    salientBoost: 0.05,
    recentDays: 7,
    recentBoost: 0.03,
    oftenCount: 5,
    oftenBoost: 0.02,
  },
  propagation: {
    windowDays: 7,
    contradiction: -0.2,
    confidenceFloor: 0.1,
    validation: 0.1,
    validationStrength: 0.05,
    obsoleteRate: 0.9,
  },
  crystallization: { minEpisodes: 3, minSessions: 2, minRecalls: 3, skillEpisodes: 3, activeSessions: 3 },
  reorganize: { minGroup: 3 },
  consolidate: { below: 0.6, minGroup: 2, bonus: 0.15 },
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
  /** The slow tier is written every nth sleep, or on strong evidence. */
  clocks: { slowEverySleeps: 4 },
  /** Two-process drive: summed unslept salience that counts as full pressure; idle minutes at zero and at full pressure. */
  drive: { capacity: 12, idleMinutes: 10, idleMinutesAtFullPressure: 2 },
  /** Tokens that may be told at each occasion (o200k_base). */
  budget: { session: 600, prompt: 200, tool: 80 },
} as const;
