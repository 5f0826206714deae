/**
 * The shapes in which people say what should be otherwise, each read into a lesson. A shape must be sure of its
 * polarity: what is wrong and what is right are never guessed from order alone.
 */
import { coreOf, trimmed } from './sentences.ts';
import { baseOfGerund, baseOfPast, isImperativeVerb, presentOf } from './verbs.ts';

export interface Reading {
  /** Imperative, without closing dot. */
  readonly statement: string;
  readonly wrong?: string | undefined;
  readonly right?: string | undefined;
  /** 0..1. */
  readonly certainty: number;
  /** About the state of this task only. */
  readonly taskBound?: boolean;
}

type Shape = readonly [pattern: RegExp, read: (...groups: readonly string[]) => Reading | undefined];

const pronoun = /^(?:it|this|that|these|those|them|they|there|he|she)$/i;
const past =
  '(?:[a-z-]+ed|did|made|put|ran|wrote|broke|forgot|left|lost|built|took|gave|went|got|set|kept|sent|chose|began|overwrote|rewrote|undid|threw|hid|brought|cut|split|reset|mixed|read|found|showed|told)';
const adverb =
  '(?:just|also|still|again|only|now|already|always|never|keep|actually|really|even|simply|accidentally|apparently|wrongly|probably|maybe)';

/** What follows as an instruction: "you should use X" and "we use X" and "to use X" become "use X". */
export function imperative(phrase: string): string {
  const text = coreOf(trimmed(phrase));
  const direct = text
    .replace(
      /^(?:that )?(?:you|we|i)(?:'ll|'d)? (?:should |must |need to |have to |has to |ought to |want (?:you )?to |would like (?:you )?to |will |can |could |are (?:supposed|expected) to |might want to |may )+(?:just |also |please |really )*/i,
      '',
    )
    .replace(/^(?:that )?(?:you|we) (?:should|must)(?:n't| not) /i, 'do not ')
    .replace(/^(?:that )?(?:you|we) (?:don't|do not|dont) /i, 'do not ')
    .replace(/^(?:that )?(?:you|we) (always|never) /i, '$1 ')
    .replace(/^(?:please |just |to |lets |let's |let us |go ahead and )+/i, '')
    .replace(/^not to /i, 'do not ')
    .replace(/^not (?=[a-z]+ )/i, 'do not ')
    .replace(/^(always|never) (?:to )/i, '$1 ')
    .replace(/^(?:don't|dont|do n't) /i, 'do not ');
  const ours = /^(?:that )?(?:we|you) ([a-z]+)\b(.*)$/i.exec(direct);
  if (ours?.[1] !== undefined && isImperativeVerb(ours[1])) return `${ours[1]}${ours[2] ?? ''}`;
  return direct;
}

function firstWord(text: string): string {
  return /^[\p{L}'-]+/u.exec(text)?.[0] ?? '';
}

/** Already an instruction as it stands. */
const instructs = (text: string): boolean => isImperativeVerb(firstWord(text));

/** "when fixing a bug to first always write a test" → "when fixing a bug, first always write a test". */
function orderedCondition(phrase: string): string {
  const match =
    /^((?:when(?:ever)?|if|before|after|while) [^,]{3,80}?),? (?:to|you should|always) (.{4,})$/i.exec(
      phrase,
    );
  if (match?.[1] === undefined || match[2] === undefined) return imperative(phrase);
  return `${match[1]}, ${imperative(match[2]).replace(/^(?:first always|always first) /i, 'always first ')}`;
}

/** An order, possibly behind its condition. */
const instructsAtLast = (text: string): boolean =>
  instructs(text) ||
  /^(?:when(?:ever)?|if|before|after|while) [^,]+, (?:first |always |never )*[a-z]+ /i.test(text);

/** The grammatical subject of the last clause, small letter at its head where it is a common word. */
function subjectOf(phrase: string): string {
  const whole = trimmed(phrase);
  const shared = /^(it|this|that|these|those|they|we|you|i|there)\b.* (?:and|but|so)$/i.exec(whole);
  const last = shared?.[1] ?? trimmed(whole.split(/, |; | but | so | [-–—] /).at(-1) ?? whole);
  return coreOf(last)
    .replace(/^(?:that|perhaps|maybe|and|also) (?=\S+ ?)/i, '')
    .replace(/^(?:The|This|That|A|An|It|All|Each|Every|Our|We|You|They|There|These|Those)\b/, (word) =>
      word.toLowerCase(),
    );
}

/** "Make sure the X is …" out of "the X should be …". */
function subjectShould(subject: string, negated: boolean, said: string): Reading | undefined {
  const how =
    /^(?:actually|really|properly|correctly|only|also|just|still|simply|ideally|probably|\w{3,}ly|double|re)[ -](?=[a-z])/i.exec(
      said,
    )?.[0] ?? '';
  const rest = said.slice(how.length);
  const only = /^only/i.test(how) ? 'only ' : '';
  const verb = firstWord(rest);
  if (verb === '' || subject.split(/\s+/).length > 14) return undefined;
  const after = rest.slice(verb.length);
  const bare = subjectOf(subject);
  if (/^(?:you|we|i)$/i.test(bare)) {
    if (/^be$/i.test(verb) && /^ (\w+)ing\b/.test(after)) {
      const gerund = after.trim().split(' ')[0] ?? '';
      const tail = after.trim().slice(gerund.length);
      const act = `${baseOfGerund(gerund)}${tail}`;
      return negated
        ? { statement: `do not ${act}`, wrong: act, certainty: 0.9 }
        : { statement: act, right: act, certainty: 0.85 };
    }
    return negated
      ? { statement: `do not ${rest}`, wrong: rest, certainty: 0.9 }
      : { statement: rest, right: rest, certainty: 0.85 };
  }
  if (/^there$/i.test(bare)) {
    return negated
      ? {
          statement: `make sure there is no${after.replace(/^ (?:an?|any)\b/, '')}`,
          wrong: trimmed(after),
          certainty: 0.75,
        }
      : { statement: `make sure there is${after}`, right: trimmed(after), certainty: 0.7 };
  }
  const contrast = /^(.{2,90}?),? (?:and )?(?:not|instead of|rather than) (.{2,90})$/i.exec(rest);
  const plural =
    /(?:(?<!\bthi|\bi|statu|[su])s|\bthey|\bthese|\bthose|\bthem)$/i.test(bare) || / and /.test(bare);
  const verbNow = presentOf(verb, plural);
  const what = negated
    ? `${/^be$/i.test(verb) ? (plural ? 'are not' : 'is not') : `${plural ? 'do' : 'does'} not ${verb}`}${after}`
    : `${/^be$/i.test(verb) ? `${verbNow} ${only}`.trim() : `${only}${verbNow}`}${after}`;
  return {
    statement: `make sure ${pronoun.test(bare) ? bare.toLowerCase() : bare} ${what}`,
    ...(contrast?.[1] !== undefined && contrast[2] !== undefined && !negated
      ? { wrong: trimmed(contrast[2]), right: trimmed(contrast[1].replace(/^be /i, '')) }
      : negated
        ? { wrong: `${bare} ${verbNow}${after}` }
        : { right: `${bare} ${what}` }),
    certainty: pronoun.test(bare) ? 0.5 : 0.75,
  };
}

/** "X instead of Y", with X the right one. */
function replacement(right: string, wrong: string, joint: string): Reading | undefined {
  /* "you used X instead of Y": then X is the wrong one, and another shape reads it. */
  if (
    new RegExp(`^(?:you(?:'ve| have)? )?(?:${adverb} )*${past}\\b`, 'i').test(right) &&
    !isImperativeVerb(firstWord(right))
  )
    return undefined;
  const good = imperative(right);
  const bad = trimmed(wrong).replace(/ (?:here|please|instead|now|everywhere|next time)$/i, '');
  if (good === '' || bad === '' || bad.split(/\s+/).length > 14) return undefined;
  const act = instructs(good)
    ? good
    : /^(?:it|this|that|they|these|those|he|which|there|i)\b|^\S+(?: \S+){0,4} (?:is|are|was|were|has|have|did|does|says?|shows?)\b/i.test(
          good,
        )
      ? undefined
      : `use ${good}`;
  if (act === undefined) return undefined;
  return { statement: `${act}${joint}${bad}`, wrong: bad, right: withoutVerb(good), certainty: 0.9 };
}

/** "use pnpm" → "pnpm": what is right, as a thing where it is one. */
const withoutVerb = (act: string): string =>
  trimmed(act.replace(/^(?:use|go with|prefer|stick (?:to|with)|keep to)\s+/i, ''));

/** Reads a sentence about what the assistant did: wrong is what it did. */
function youDid(verbText: string, rest: string): Reading | undefined {
  const verb = baseOfPast(verbText);
  const contrast =
    /^(.*?),? (?:instead of|rather than|and not|but not) (.+)$/i.exec(rest) ??
    /^(.*?), not (.+)$/i.exec(rest);
  if (contrast?.[1] !== undefined && contrast[2] !== undefined) {
    const [, did, meant] = contrast;
    const right = trimmed(meant);
    const wrong = trimmed(did);
    if (right !== '' && wrong !== '') {
      const gerund = /^(\w+)ing\b(.*)$/.exec(right);
      const act = gerund === null ? `${verb} ${right}` : `${baseOfGerund(`${gerund[1]}ing`)}${gerund[2]}`;
      return { statement: `${act}, not ${wrong}`, wrong, right, certainty: 0.85 };
    }
  }
  const what = trimmed(rest.replace(/,? (?:but|and|so|which|why)\b.*$/i, ''));
  if (/^forget$/.test(verb))
    return { statement: `do not forget ${what}`, wrong: `forgot ${what}`, certainty: 0.75 };
  if (/^(?:miss|skip|omit|ignore|overlook)$/.test(verb))
    return { statement: `do not ${verb} ${what}`, wrong: `${verbText} ${what}`, certainty: 0.7 };
  const only = /^only (.+)$/i.exec(what);
  if (only !== null) return undefined;
  return {
    statement: `do not ${verb}${what === '' ? '' : ` ${what}`}`,
    wrong: `${verbText} ${what}`.trim(),
    certainty: what.length < 3 ? 0.35 : 0.65,
  };
}

/** "to test X" is an act, "X" a thing to use; a reason is neither. */
function useNot(right: string, wrong: string): Reading | undefined {
  const good = trimmed(right);
  if (/^(?:because|that|what|how|why|just|really|actually|still|clear|possible|a bit)\b/i.test(good))
    return undefined;
  const act = good.replace(/^to /i, '');
  return {
    statement: `${act === good && !instructs(good) ? `use ${good}` : act}, not ${trimmed(wrong).replace(/^to /i, '')}`,
    wrong: trimmed(wrong),
    right: act,
    certainty: 0.9,
  };
}

const whyNot = (rest: string): Reading => {
  const act = trimmed(rest.replace(/^(?:just|simply|you|we) /i, ''));
  return { statement: act, right: act, certainty: 0.75 };
};

/** In order of trust: the first that reads a sentence wins among equals. */
const shapes: readonly Shape[] = [
  /* Rules asked for outright. */
  [
    /^(?:can you |could you |please |also |and |is there a way (?:we|you) can |think about how you can )*(?:make|add|create|write|record|save|update|improve|need|let's make|lets make) (?:it |this |that |a |an |the |our |my |your |another |new |cursor |project |global |or update an existing |\S+\.\w+ )*?(?:rules?|convention|guideline|instructions?|memory|note)\b[^,:]{0,25}?(?: (?:that|to|which|for|so that)|:)\s*(?:(?:specif(?:y|ies)|says?|states?|mentions?|make sure|ensure|note|remember|requires?)\s*)?(?:that |to )?(?:you |we )?(.{8,})$/i,
    (act) => {
      const order = orderedCondition(act);
      return { statement: order, right: order, certainty: instructsAtLast(order) ? 0.9 : 0.6 };
    },
  ],
  [
    /^(?:mention|note|specify|state) (?:also )?that (.{8,})$/i,
    (act) => {
      const read = readShould(act);
      return read ?? { statement: imperative(act), right: imperative(act), certainty: 0.6 };
    },
  ],
  [
    /^(?:from now on|going forward|in (?:the )?future|next time|from here on|in all cases|as a rule)[,:]?\s+(.{4,})$/i,
    (act) => contrastOf(act) ?? { statement: imperative(act), right: imperative(act), certainty: 0.9 },
  ],
  [
    /^(.{6,}?),?\s+(?:from now on|going forward|in (?:the )?future|next time)$/i,
    (act) => contrastOf(act) ?? { statement: imperative(act), certainty: 0.85 },
  ],
  [
    /^remember (?:to |that |:)\s*(.{5,})$/i,
    (act) => ({ statement: imperative(act), right: imperative(act), certainty: 0.8 }),
  ],
  /* One thing in place of another. */
  [
    /^(?:please )?(?:don't|do not|dont|never|stop) (use |using )?([^,;]{2,80}?)[,;] ?(?:but |and |just )?(?:use|using|prefer) (.{2,100}?)(?: instead)?$/i,
    (used, wrong, right) => ({
      statement:
        used === ''
          ? `use ${trimmed(right)}; do not ${verbPhraseBase(trimmed(wrong))}`
          : `use ${trimmed(right)} instead of ${trimmed(wrong)}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: 0.92,
    }),
  ],
  [
    /^(?:please )?(?:don't|do not|dont|never) ([^,;]{2,90}?)[,;](?: but| and| just)? (?!(?:it|that|this|i|we|they|as|because|since|which|so)\b)([a-z]+ .{2,120}?)(?: instead)?$/i,
    (wrong, right) =>
      instructs(right)
        ? {
            statement: `${right}; do not ${trimmed(wrong)}`,
            wrong: trimmed(wrong),
            right: trimmed(right),
            certainty: 0.9,
          }
        : undefined,
  ],
  [
    /^why (?:did|do|are|were|have|would) (?:you|we) (?:not )?(\w+) (.+?),? (?:instead of|rather than|and not) (.+)$/i,
    (verb, wrong, right) => ({
      statement: `${verbBase(verb)} ${trimmed(right)}, not ${trimmed(wrong)}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: 0.85,
    }),
  ],
  [
    /^instead of ([^,]{2,90}), (?:please |just |let's |we should |you should |can (?:you|we) )*(.{2,140})$/i,
    (wrong, right) => replacement(right, wrong, ' instead of '),
  ],
  [
    new RegExp(`^you(?:'ve| have)? (?:${adverb} )*(${past})\\b (.{3,})$`, 'i'),
    (verb, rest) => (/(?:instead of|rather than|, not) /i.test(rest) ? youDid(verb, rest) : undefined),
  ],
  [
    /^(.{2,140}?) should(?:n't| not) (.{2,90}?), but (?:instead )?(.{2,90})$/i,
    (subject, wrong, right) => ({
      statement: `make sure ${subject} ${presentOf(firstWord(right), false)}${right.slice(firstWord(right).length)}, not ${wrong}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: /^(?:you|we|i|it|this|that)$/i.test(subject) ? 0 : 0.5,
    }),
  ],
  [
    /^(?:can|could|would)(?:n't|n’t|'t)? (?:you|we|it) (?:please |just |not |also )*(.{3,120}?) (instead of|rather than) (.{2,100})$/i,
    (right, _joint, wrong) => replacement(right, wrong, ' instead of '),
  ],
  [
    /^(?:(?:you|we) (?:should |must |need to |have to )?|let's |lets |please |just |i (?:want|prefer|would prefer|'d prefer)(?: you to| to)? |i'd (?:prefer|rather)(?: you)? )?(.{2,140}?),? (?:instead of|rather than|in place of|as opposed to) (.{2,100})$/i,
    (right, wrong) =>
      /^(?:you|i|why|how|what|it|this|that)\b/i.test(right) && !/^(?:you|we) (?:use|should|must)/i.test(right)
        ? undefined
        : replacement(right, wrong, ' instead of '),
  ],
  [
    /^i(?:'d| would)?(?: really| strongly| much)? (?:(?:prefer|rather have) (?!you\b|to\b|if\b)(?=.{2,90} (?:over|to|more than) )|like (?!you\b|to\b)(?=.{2,90} (?:over|more than|better than) ))(.{2,90}?) (?:over|to|more than|better than) (.{2,90})$/i,
    (right, wrong) => ({
      statement: `prefer ${trimmed(right)} over ${trimmed(wrong)}`,
      wrong: trimmed(wrong),
      right: trimmed(right),
      certainty: 0.9,
    }),
  ],
  [
    /^(?:(?:we|this (?:project|repo|codebase|team)) (?:use|uses|want|wants|need|have|always use|only use)|i (?:want|need|meant|said|asked for)|(?:let's )?use|it(?:'s| is| should be| must be)|this (?:is|should be)|that(?:'s| should be)|should be) (.{2,110}?)[,;]? (?:—|–|- )?(?:and )?not (?:just )?(.{2,90})$/i,
    (right, wrong) =>
      /^(?:only|sure|yet|related|because|the case)\b/i.test(wrong) ||
      /, | so | and (?:it|that|i|we)\b/.test(right)
        ? undefined
        : useNot(right, wrong),
  ],
  [
    /^(\S+(?: \S+){0,3}), not (\S+(?: \S+){0,3})$/i,
    (right, wrong) =>
      instructs(right)
        ? {
            statement: `${right}, not ${wrong}`,
            wrong: trimmed(wrong),
            right: withoutVerb(right),
            certainty: 0.88,
          }
        : /\b(?:is|are|was|were|did|does)\b/i.test(right)
          ? undefined
          : {
              statement: `use ${right}, not ${wrong}`,
              wrong: trimmed(wrong),
              right: trimmed(right),
              certainty: 0.85,
            },
  ],
  [
    /^([a-z]+ .{2,120}?), (?:and )?not (.{2,100})$/i,
    (right, wrong) =>
      instructs(imperative(right))
        ? {
            statement: `${imperative(right)}, not ${trimmed(wrong)}`,
            wrong: trimmed(wrong),
            right: withoutVerb(imperative(right)),
            certainty: 0.85,
          }
        : undefined,
  ],
  /* Lasting orders. */
  [
    /^(?:you|we|it|this|that|please|and|i want you to|make sure (?:to|you))?\s*(?:should |must |need to |have to )?(always|never) (?!(?:been|mind|worked|seen|had|was|is)\b)([a-z].{3,})$/i,
    (how, act) => {
      const base = instructs(act)
        ? act
        : act.replace(/^be (\w+ing)\b/i, (_all, gerund: string) => baseOfGerund(gerund));
      return how.toLowerCase() === 'never'
        ? { statement: `never ${base}`, wrong: base, certainty: 0.92 }
        : { statement: `always ${base}`, right: base, certainty: 0.92 };
    },
  ],
  [
    /^(?:i |we )(?:don't|do not|dont) want (?:you )?to (.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.88 }),
  ],
  [
    /^(?:i|we) (?:don't|do not|dont) (?:want|need) (.{3,})$/i,
    (what) =>
      /^(?:this|that|it|these|those)\b\W*$/i.test(what)
        ? undefined
        : { statement: `do not add ${what}`, wrong: what, certainty: 0.6 },
  ],
  [
    /^(?:we|this (?:project|repo|repository|codebase|team)) (?:don't|do not|dont|doesn't|does not) (.{3,})$/i,
    (act) =>
      instructs(act) || /^(?:use|do|mock|support)/i.test(act)
        ? { statement: `do not ${act}`, wrong: act, certainty: 0.88 }
        : undefined,
  ],
  [
    /^(?:we|this (?:project|repo|repository|codebase|package|team)|our (?:team|project|repo))(?:'re| are| is)? (?:all |only |exclusively |always |usually |currently )*(?:use|uses|using|on|prefer|prefers|follow|follows) (.{2,})$/i,
    (what) => ({ statement: `use ${what}`, right: trimmed(what), certainty: 0.88 }),
  ],
  [
    /^(?:please )?(?:don't|do not|dont) (?!(?:know|think|understand|see|have|remember|care|mind|worry|get|believe|like|want|need|seem|recall|you|we|they|i|the|these|those|it|any)\b)(.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.88 }),
  ],
  [
    /^(?:please )?(?:stop|quit) (\w+ing)\b(.*)$/i,
    (gerund, rest) => ({
      statement: `do not ${baseOfGerund(gerund)}${rest}`,
      wrong: `${gerund}${rest}`,
      certainty: 0.88,
    }),
  ],
  [
    /^(?:there(?:'s| is) )?no need to (.{3,})$/i,
    (act) => ({ statement: `do not ${act}; there is no need to`, wrong: act, certainty: 0.7 }),
  ],
  [
    /^you (?:don't|do not|dont) (?:need|have) to (.{3,})$/i,
    (act) => ({ statement: `do not ${act}; it is not needed`, wrong: act, certainty: 0.7 }),
  ],
  [
    /^(?:please )?(?:make sure|be sure|ensure|see to it|make certain) (.{4,})$/i,
    (act) => ({
      statement: `make sure ${act.replace(/^you (\w+)/i, (all, verb: string) => (isImperativeVerb(verb) ? `to ${verb}` : all))}`,
      right: trimmed(act.replace(/^(?:to|that|you) /i, '')),
      certainty: 0.8,
    }),
  ],
  /* What was asked for and not. */
  [
    /^i (?:asked|told|wanted|want) (?:you )?to (.{3,100}?),? (?:and )?not (?:to )?(.{3,100})$/i,
    (right, wrong) => ({
      statement: `${trimmed(right)}; do not ${trimmed(wrong)}`,
      right: trimmed(right),
      wrong: trimmed(wrong),
      certainty: 0.88,
    }),
  ],
  [
    /^i (?:didn't|did not|never) (?:ask|tell|want|told|asked|wanted) (?:for you|you)? ?to (.{3,})$/i,
    (act) => ({ statement: `do not ${act} unasked`, wrong: trimmed(act), certainty: 0.8 }),
  ],
  [
    /^i (?:didn't|did not|never) (?:ask(?:ed)? for|want(?:ed)?|mean(?:t)?) (.{3,})$/i,
    (what) => ({ statement: `do not add ${what} unasked`, wrong: trimmed(what), certainty: 0.6 }),
  ],
  [
    /^i (?:already )?(?:asked|told) you to (.{3,})$/i,
    (act) => ({ statement: act, right: trimmed(act), certainty: 0.8 }),
  ],
  [
    /^(?:that|this)(?:'s| is)(?: not|n't) how (?:you|we|to|one) (.{3,})$/i,
    (act) => ({
      statement: `do not ${trimmed(act).replace(/^to /, '')} that way`,
      wrong: `the way it was done: ${trimmed(act)}`,
      certainty: 0.6,
    }),
  ],
  [
    /^why (?:are|were) (?:you|we) (?:in|on|at|under|inside) (.{3,})$/i,
    (where) => ({ statement: `do not work in ${trimmed(where)}`, wrong: trimmed(where), certainty: 0.6 }),
  ],
  /* Doubts about what was done or not. */
  [/^why (?:did|do|would) (?:you|we) (?:not|n't) (.{3,})$/i, (act) => whyNot(act)],
  [
    /^why (?:didn't|didnt|don't|dont|haven't|wouldn't|can't|couldn't) (?:you|we|i) (.{3,})$/i,
    (act) => whyNot(act),
  ],
  [/^why not (?:just )?(.{3,})$/i, (act) => whyNot(act)],
  [
    /^why (?:wasn't|wasnt|weren't|isn't|isnt|aren't) (.{3,80}?) (\w+ed|used|run|done|written|kept)\b(.*)$/i,
    (subject, verb, rest) => ({
      statement: `make sure ${subject} is ${verb}${rest}`,
      right: `${subject} is ${verb}`,
      certainty: 0.7,
    }),
  ],
  [
    /^why (?:did|do|would|have) (?:you|we) (\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `do not ${verbBase(verb)}${rest}`,
      wrong: `${verbBase(verb)}${rest}`.trim(),
      certainty: trimmed(rest).length > 4 ? 0.65 : 0.35,
    }),
  ],
  [
    /^why (?:are|were) (?:you|we) (\w+ing)\b(.*)$/i,
    (gerund, rest) => ({
      statement: `do not ${baseOfGerund(gerund)}${rest}`,
      wrong: `${gerund}${rest}`,
      certainty: 0.68,
    }),
  ],
  [
    /^(?:can't|cant|couldn't|shouldn't|can not|wouldn't it be better (?:to|if (?:we|you))|why don't) (?:we|you|it|i)?\s*(?:just |simply |also )*(.{3,})$/i,
    (act) =>
      instructs(act) || /^[a-z]+ /i.test(act)
        ? { statement: trimmed(act), right: trimmed(act), certainty: 0.72 }
        : undefined,
  ],
  [
    /^(?:did|didn't|didnt) (?:you|we) (?:not |even |actually |already |just |also |remember to )*(.{3,})$/i,
    (act) => ({
      statement: trimmed(act.replace(/\banywhere\b/i, '').replace(/\?.*$/, '')),
      right: trimmed(act),
      certainty: 0.55,
    }),
  ],
  [
    /^(?:have|haven't|havent) (?:you|we) (?:not |even |actually |already |also )*(\w+)\b(.*)$/i,
    (verb, rest) => ({
      statement: `${baseOfPast(verb)}${rest.replace(/\?.*$/, '')}`,
      right: `${baseOfPast(verb)}${rest}`.trim(),
      certainty: 0.55,
    }),
  ],
  [
    /^you (?:still |also |just )*(?:forgot|failed|neglected|missed) to (.{3,})$/i,
    (act) => ({ statement: act, right: trimmed(act), wrong: `not ${act}`, certainty: 0.82 }),
  ],
  [
    /^you (?:still |also |just )*(?:didn't|didnt|did not|don't|haven't|never) (?!(?:need|have|know)\b)(.{3,})$/i,
    (act) => ({ statement: verbPhraseBase(act), right: trimmed(verbPhraseBase(act)), certainty: 0.75 }),
  ],
  [
    new RegExp(`^you(?:'ve| have)? (?:${adverb} )*(${past})\\b ?(.*)$`, 'i'),
    (verb, rest) => youDid(verb, rest),
  ],
  [
    new RegExp(`^you(?:'re| are|re)? (?:${adverb} )*(?!missing\\b)(\\w+ing)\\b(.*)$`, 'i'),
    (gerund, rest) => youDid(`${baseOfGerund(gerund)}`, trimmed(rest)),
  ],
  /* How it should be. */
  [
    /^(.{1,90}?) (?:is|are|was|were)(?:n't| not) (?:supposed|meant|allowed|expected) to (.{2,})$/i,
    (subject, rest) => subjectShould(subject, true, rest),
  ],
  [
    /^(.{1,90}?) (?:is|are) (?:supposed|meant|expected) to (.{2,})$/i,
    (subject, rest) => subjectShould(subject, false, rest),
  ],
  [
    /^i only (?:want|wanted|need|asked)(?: you)? to (.{3,})$/i,
    (act) => ({ statement: `only ${act}`, right: act, certainty: 0.75 }),
  ],
  [
    /^i (?:want|wanted|would like|'d like|need)(?:ed)? you to (.{3,})$/i,
    (act) => ({ statement: imperative(act), right: act, certainty: 0.75 }),
  ],
  [
    /^(?:i|we) (?:specifically |really |just )*(?:want|need|wanted)(?: to)? (.{3,})$/i,
    (what) => ({
      statement: instructs(what) ? what : `use ${what}`,
      right: trimmed(what),
      certainty: instructs(what) ? 0.55 : 0.4,
    }),
  ],
  [
    /^(?:that|this|it|these|those)(?:'s| is|s| are)(?:n't| not|nt) (?:a |an |the |in )?(?!(?:right|correct|true|working|good|ok|okay|fine|what|how|it|necessary|needed|sure|clear|enough|quite|really|possible|relevant|\w+ed|been|being|any\w*|all|always|even|just|only|so|too|very|that|like|because)\b)(\S+(?: \S+){0,5})$/i,
    (what) => ({
      statement: `make sure the result is ${what}`,
      right: trimmed(what),
      wrong: `not ${what}`,
      certainty: 0.55,
    }),
  ],
  [
    /^(?:let's|lets|let us) not (.{3,})$/i,
    (act) => ({ statement: `do not ${act}`, wrong: act, certainty: 0.85 }),
  ],
  [
    /^(?:let's|lets|let us|i agree,? let's|(?:ok|yes),? let's) (?:just |also |please )*(.{3,})$/i,
    (act) => ({ statement: act, right: act, certainty: 0.7 }),
  ],
  [
    /^(?:can|could|would|will) (?:you|we) (?:please |just |also )*(.{3,})$/i,
    (act) => ({ statement: trimmed(act), right: trimmed(act), certainty: 0.5 }),
  ],
];

const verbBase = (verb: string): string => (/ing$/.test(verb) ? baseOfGerund(verb) : verb.toLowerCase());
const verbPhraseBase = (act: string): string => {
  const verb = firstWord(act);
  return `${/ed$/.test(verb) ? baseOfPast(verb) : /ing$/.test(verb) ? baseOfGerund(verb) : verb}${act.slice(verb.length)}`;
};

const should =
  /^(.{1,110}?) (?:(should|must|ought to|has to|have to|needs to|need to)(n't| not)?|(shouldn't|shouldnt|mustn't|mustnt)) (?:probably |really |just |also |always |then |now )*(.{2,})$/i;

/** "X should (not) …" in any person. */
export function readShould(sentence: string): Reading | undefined {
  const match = should.exec(sentence);
  if (match === null) return undefined;
  const [, subject = '', , negation, negated, rest = ''] = match;
  if (/^(?:what|how|which|where|when|who|why|if)\b/i.test(subject) && !/,/.test(subject)) return undefined;
  const clause =
    /^(?:(?:when|if|before|after|while|whenever|for|in|on|since|because|as)\b[^,]+, )(.+)$/i.exec(subject);
  const never = /\bnever$/i.test(subject) || /^never /i.test(rest);
  return subjectShould(
    (clause?.[1] ?? subject).replace(/ (?:always|never|also)$/i, ''),
    (negation !== undefined && negation !== '') || negated !== undefined || never,
    rest.replace(/^never /i, ''),
  );
}

/** "use X, not Y" and its like, wherever they stand. */
export function contrastOf(sentence: string): Reading | undefined {
  const core = coreOf(sentence);
  for (const [pattern, read] of shapes) {
    if (!/instead|rather|not|don/.test(pattern.source)) continue;
    const match = pattern.exec(core);
    const reading = match === null ? undefined : read(...match.slice(1).map((group) => group ?? ''));
    if (reading?.wrong !== undefined && reading.right !== undefined && reading.certainty >= 0.85)
      return reading;
  }
  return undefined;
}

/** Other languages: what is right and what is wrong by their own words for "instead of"; the sentence stays theirs. */
const foreign: readonly (readonly [RegExp, number, number])[] = [
  [
    /(?:nimm|nutze?|verwende?|benutze?|nehmt|verwenden?)\s+(?:bitte\s+)?(.{2,60}?),?\s+(?:an)?statt\s+(.{2,60})/iu,
    1,
    2,
  ],
  [/(.{2,60}?)\s+(?:an)?statt\s+(.{2,60})/iu, 1, 2],
  [/(?:usa|usar|use|utiliza|usemos|usamos)\s+(.{2,60}?)\s+en (?:vez|lugar) de\s+(.{2,60})/iu, 1, 2],
  [/(?:utilise|utilisez|utiliser|prends|on utilise)\s+(.{2,60}?)\s+au lieu de\s+(.{2,60})/iu, 1, 2],
  [/(?:use|usa|usar|utilize)\s+(.{2,60}?)\s+em vez de\s+(.{2,60})/iu, 1, 2],
  [/(?:usa|usare|utilizza)\s+(.{2,60}?)\s+invece di\s+(.{2,60})/iu, 1, 2],
  [/(?:используй(?:те)?|используем|бери)\s+(.{2,60}?),?\s+(?:вместо|а не)\s+(.{2,60})/iu, 1, 2],
  [/(?:不要|别|別|不能)(?:再)?用\s*([^，,。]{1,40})[，,]\s*(?:要|请|而是|改)?用\s*([^，,。]{1,40})/u, 2, 1],
  [/用\s*([^，,。]{1,40}?)[，,]?\s*(?:而不是|不要用|别用)\s*([^，,。]{1,40})/u, 1, 2],
  [/(\S{1,40}?)(?:じゃなくて|ではなくて?|でなく)、?\s*(.{1,40}?)(?:を使|に|で|を|$)/u, 2, 1],
  [/(\S{1,40})\s*(?:말고|대신에?)\s+(\S{1,40})/u, 2, 1],
];

export function readForeign(sentence: string): Reading | undefined {
  if (!/statt|en (?:vez|lugar)|au lieu|em vez|invece|вместо|а не|用|なく|말고|대신/iu.test(sentence))
    return undefined;
  for (const [pattern, right, wrong] of foreign) {
    const match = pattern.exec(sentence);
    const good = match?.[right];
    const bad = match?.[wrong];
    if (good !== undefined && bad !== undefined)
      return { statement: sentence, right: trimmed(good), wrong: trimmed(bad), certainty: 0.8 };
  }
  return undefined;
}

/** A whole clause where the thing to use should stand. */
const noThing = /^(?:use|do not add|add) (?:it|that|this|there|they|we|you|i)(?:'(?:s|re|ll|d|ve|m))? /i;

/** The best reading of one sentence, or none. */
export function readSentence(sentence: string): Reading | undefined {
  const core = coreOf(sentence)
    .replace(/[.!?\s]+$/u, '')
    .replace(
      /^(?:i(?:'d like| want| would like) to (?:know|understand)|(?:please )?(?:tell me|explain)|i (?:don't|do not) (?:understand|see|get)) why you (didn't|did|don't|are|were|have|haven't) /i,
      'why $1 you ',
    );
  let best: Reading | undefined;
  for (const [pattern, read] of shapes) {
    const match = pattern.exec(core);
    if (match === null) continue;
    const reading = read(...match.slice(1).map((group) => group ?? ''));
    if (
      reading !== undefined &&
      trimmed(reading.statement).length > 3 &&
      !noThing.test(reading.statement) &&
      reading.certainty > (best?.certainty ?? 0)
    )
      best = reading;
  }
  const needed = readShould(core);
  if (needed !== undefined && needed.certainty > (best?.certainty ?? 0)) best = needed;
  const other = readForeign(core);
  if (other !== undefined && other.certainty > (best?.certainty ?? 0)) best = other;
  if (best === undefined && instructs(core)) best = { statement: core, right: core, certainty: 0.6 };
  return best;
}
