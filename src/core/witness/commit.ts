/** What the user's own commits say: a revert, a fixup, a decision stated in the message, a decision record added. */
import { choosesMeans } from '../capture/means.ts';
import { isStanding } from '../capture/standing.ts';
import { extractLesson } from '../capture/statement.ts';
import { isImperativeVerb } from '../capture/verbs.ts';

export interface Commit {
  readonly hash: string;
  /** Author's time, epoch ms. */
  readonly at: number;
  readonly parents: number;
  /** Address of the author, and the user's own as git knows it. */
  readonly author: string;
  readonly user: string;
  readonly message: string;
  /** Files the commit added, relative to the root; with the text of those that are decision records. */
  readonly added: readonly { readonly path: string; readonly text?: string }[];
  readonly changed: readonly string[];
}

export interface CommitLesson {
  readonly kind: 'revert' | 'fixup' | 'decision' | 'record';
  readonly label: 'correction' | 'decision' | 'fix';
  readonly text: string;
  readonly statement: string;
  readonly wrong?: string;
  readonly right?: string;
  readonly why?: string;
  readonly lasting: boolean;
  readonly standing: boolean;
  readonly confidence: number;
}

/** Where teams keep records of their decisions. */
const recordPath =
  /(?:^|\/)(?:adrs?|decisions?|decision-records?|architecture-decisions?|architectural-decisions?)\/(?:[^/]+\/)*[^/]+\.(?:md|mdx|adoc|rst|txt)$/i;
const recordName = /(?:^|\/)adr[-_]?\d+[^/]*\.(?:md|mdx|adoc|rst|txt)$/i;
const notRecord = /(?:^|\/)(?:readme|index|template|_template|0+-template|toc)[^/]*$/i;

export const isDecisionRecord = (path: string): boolean =>
  (recordPath.test(path) || recordName.test(path)) && !notRecord.test(path);

/** Who writes along with an assistant says so in a trailer; then the words may be the assistant's. */
const writtenByProgram =
  /^co-authored-by:.*\b(?:claude|copilot|codex|cursor|gemini|aider|devin|openai|anthropic|bot)\b|generated (?:with|by) \[?(?:claude|copilot|codex|cursor|gemini|aider|devin)|^🤖/im;

const trailer =
  /^(?:[A-Z][\w-]*-by|fixes|closes|refs?|see|change-id|issue|cc|pr|bug|reviewed-on|git-svn-id|task|related|part of|resolves)\b[^\n]{0,3}:? /i;

/** Words of a message that are meant for people: no trailers, no lists of commits. */
function wordsOf(message: string): { readonly subject: string; readonly body: string } {
  const [first = '', ...rest] = message.trim().split('\n');
  const body = rest
    .filter((line) => !trailer.test(line) && !line.startsWith('#'))
    .join('\n')
    .replace(/(?<=\S)\n(?=\S)(?!\s*[-*•])/g, ' ')
    .trim();
  return { subject: first.trim(), body };
}

/** `feat(api)!: use zod` → `use zod`. */
const withoutType = (subject: string): string =>
  subject
    .replace(/^(?:\[[^\]]+\]\s*)+/, '')
    .replace(/^(?:[a-z]+)(?:\([^)]*\))?!?:\s+/i, '')
    .replace(/\s*\(#\d+\)$/, '')
    .trim();

const name = String.raw`[\x60'"]?((?:@[\w.-]+\/)?[\p{L}][\w.+#/-]*(?: [\w.+#-]+){0,2}?)[\x60'"]?`;
/** A change of means told as an act: `switch from moment to date-fns`, `replace jest with vitest`. */
const changes: readonly (readonly [pattern: RegExp, wrong: number, right: number])[] = [
  [
    new RegExp(
      String.raw`\b(?:switch|migrat\w+|mov\w+|chang\w+|convert\w*|port\w*)(?:ed|es|ing)?(?: [\w-]+){0,3}? from ${name} to ${name}(?=$|[\s.,;:(])`,
      'iu',
    ),
    1,
    2,
  ],
  [
    new RegExp(
      String.raw`\breplac(?:e|es|ed|ing)(?: (?:all|every|the|our|uses? of|usages? of)){0,3} ${name} (?:with|by) ${name}(?=$|[\s.,;:(])`,
      'iu',
    ),
    1,
    2,
  ],
  [
    new RegExp(
      String.raw`\b(?:use|using|adopt|prefer|choose)s? ${name} (?:instead of|rather than|over|in place of|in favou?r of) ${name}(?=$|[\s.,;:(])`,
      'iu',
    ),
    2,
    1,
  ],
  [
    new RegExp(
      String.raw`\b(?:drop|remove|ditch|abandon)(?:s|ped|d|ed)? ${name} in favou?r of ${name}(?=$|[\s.,;:(])`,
      'iu',
    ),
    1,
    2,
  ],
];

function changeOfMeans(text: string): { readonly wrong: string; readonly right: string } | undefined {
  for (const [pattern, wrong, right] of changes) {
    const found = pattern.exec(text);
    const [from, to] = [found?.[wrong], found?.[right]];
    if (
      from !== undefined &&
      to !== undefined &&
      choosesMeans(`use ${to} instead of ${from}`, { wrong: from, right: to })
    )
      return { wrong: from, right: to };
  }
  return undefined;
}

const reasonIn = (body: string): string | undefined =>
  /\b(?:because|since|as (?=(?:it|this|that|we|the)\b)|so that|due to)\b\s*([^.\n]{8,160})/i
    .exec(body)?.[1]
    ?.trim();

/** "We decided to …", "Decision: …", "From now on …": said as a decision. */
const decided =
  /\b(?:we|i|the team)(?:'ve| have)? (?:decided|agreed|chose|settled|concluded)\b|^(?:decision|decided|rule|convention)\s*:/im;

/** @returns what the commit says, best first; empty where it only does its work, or others wrote it. */
export function judgeCommit(commit: Commit): readonly CommitLesson[] {
  const { author, user, parents, message } = commit;
  if (parents > 1 || user === '' || author.toLowerCase() !== user.toLowerCase()) return [];
  const lessons: CommitLesson[] = [];
  const { subject, body } = wordsOf(message);
  const reverted = /^(?:revert(?:ed)?:?\s+)["“](.+?)["”]?$/i.exec(subject)?.[1];
  const fixed = /^(?:fixup|squash|amend)! (?:(?:fixup|squash|amend)! )*(.+)$/.exec(subject)?.[1];
  if (reverted !== undefined) lessons.push(revertLesson(reverted, body));
  else if (fixed !== undefined) lessons.push(fixupLesson(fixed, body, commit.changed));
  else if (!writtenByProgram.test(message)) {
    const decision = decisionLesson(subject, body);
    if (decision !== undefined) lessons.push(decision);
  }
  for (const { path, text } of commit.added) {
    if (text !== undefined && isDecisionRecord(path)) {
      const record = recordLesson(path, text);
      if (record !== undefined) lessons.push(record);
    }
  }
  return lessons;
}

function revertLesson(what: string, body: string): CommitLesson {
  const own = body.replace(/^(?:this )?reverts commit [0-9a-f]{7,40}[^\n]*?(?:\.|$)\s*/gim, '').trim();
  const why =
    reasonIn(own) ?? (own === '' ? undefined : (own.split(/(?<=[.!?])\s|\n/)[0] ?? '').slice(0, 160));
  return {
    kind: 'revert',
    label: 'correction',
    text: `Reverted “${what}”.${own === '' ? '' : `\n${own}`}`,
    statement: `Do not do this again: ${withoutType(what)}.`,
    wrong: withoutType(what),
    ...(why === undefined ? {} : { why: why.replace(/[.!]+$/, '') }),
    lasting: false,
    standing: false,
    confidence: why === undefined ? 0.5 : 0.65,
  };
}

function fixupLesson(what: string, body: string, changed: readonly string[]): CommitLesson {
  const files = changed.slice(0, 3).join(', ');
  return {
    kind: 'fixup',
    label: 'fix',
    text: `Fixed up “${what}”${files === '' ? '' : ` in ${files}`}.${body === '' ? '' : `\n${body}`}`,
    statement: `“${withoutType(what)}” needed a fix afterwards${files === '' ? '' : ` in ${files}`}.`,
    lasting: false,
    standing: false,
    confidence: 0.4,
  };
}

function decisionLesson(subject: string, body: string): CommitLesson | undefined {
  const head = withoutType(subject);
  const text = body === '' ? head : `${head}\n\n${body}`;
  const means = changeOfMeans(head) ?? changeOfMeans(body.slice(0, 400));
  if (means !== undefined) {
    const why = reasonIn(body) ?? reasonIn(head);
    return {
      kind: 'decision',
      label: 'decision',
      text,
      statement: `Use ${means.right} instead of ${means.wrong}.`,
      ...means,
      ...(why === undefined ? {} : { why }),
      lasting: true,
      standing: false,
      confidence: 0.75,
    };
  }
  const standing = isStanding(text);
  if (!standing && !decided.test(text)) return undefined;
  const own = body
    .split(/(?<=[.!?])\s+|\n+/)
    .find((sentence) => isStanding(sentence) || decided.test(sentence));
  const lesson = extractLesson({ own: own ?? text, quoted: '', prev: '', label: 'decision' });
  return {
    kind: 'decision',
    label: 'decision',
    text,
    statement: lesson.certainty >= 0.5 ? lesson.statement : (own ?? head).trim(),
    ...(lesson.wrong === undefined ? {} : { wrong: lesson.wrong }),
    ...(lesson.right === undefined ? {} : { right: lesson.right }),
    ...(lesson.why === undefined ? {} : { why: lesson.why }),
    lasting: true,
    standing,
    confidence: 0.7,
  };
}

/** The title of a record, and what stands under "Decision". */
function recordLesson(path: string, text: string): CommitLesson | undefined {
  const heading = /^(?:#\s+|=\s+)(.+)$/m.exec(text)?.[1];
  const title = (
    heading ??
    path
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '')
      .replace(/[-_]/g, ' ') ??
    ''
  )
    .replace(/^(?:adr[-\s]?)?\d+[.:)\s-]*/i, '')
    .replace(/^(?:adr|decision)\s*:\s*/i, '')
    .trim();
  const section =
    /^(?:#{1,4}|={2,4})\s*(?:the\s+)?decision(?: outcome)?\s*:?\s*\n+([\s\S]*?)(?=^(?:#{1,4}|={2,4})\s|$(?![\s\S]))/im.exec(
      text,
    )?.[1];
  const decision = (section ?? text.replace(/^(?:---[\s\S]*?---\s*)?(?:[#=]+.*\n)?/, ''))
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .find(
      (paragraph) =>
        /\p{L}{3}.*\s/u.test(paragraph) && !/^(?:status|date|deciders?|tags?)\b/i.test(paragraph),
    );
  if (title === '' || /^(?:template|title|record architecture decisions)$/i.test(title)) return undefined;
  if (/^\s*(?:#{1,4}\s*|[-*]\s*)?\**status\**\s*:?\s*\n*\s*(?:rejected|superseded|deprecated)\b/im.test(text))
    return undefined;
  const means = changeOfMeans(decision ?? '') ?? changeOfMeans(title);
  const first =
    decision === undefined
      ? undefined
      : (/^.{10,240}?[.!](?=\s|$)/.exec(decision)?.[0] ?? decision.slice(0, 240));
  const why = reasonIn(decision ?? '');
  const imperative = isImperativeVerb(title.split(' ')[0]?.toLowerCase() ?? '');
  return {
    kind: 'record',
    label: 'decision',
    text: `Decided: ${title}.${decision === undefined ? '' : `\n${decision.slice(0, 800)}`}`,
    statement:
      means === undefined
        ? imperative
          ? `${title.replace(/[.!]+$/, '')}.`
          : (first ?? title)
        : `Use ${means.right} instead of ${means.wrong}.`,
    ...(means ?? {}),
    ...(why === undefined ? {} : { why }),
    lasting: true,
    standing: true,
    confidence: 0.85,
  };
}
