/** Words what the user's own commits say. */
import { type Commit, judgeCommit } from './commit.ts';
import type { WitnessDraft } from './draft.ts';

export function draftsOfCommit(commit: Commit): readonly WitnessDraft[] {
  return judgeCommit(commit).map((lesson) => ({
    label: lesson.label,
    text: lesson.text,
    lesson: {
      statement: lesson.statement,
      ...(lesson.wrong === undefined ? {} : { wrong: lesson.wrong }),
      ...(lesson.right === undefined ? {} : { right: lesson.right }),
      ...(lesson.why === undefined ? {} : { why: lesson.why }),
    },
    confidence: lesson.confidence,
    standing: lesson.standing,
    oneOff: !lesson.lasting,
    signals: [],
    message: lesson.kind === 'record' ? `${commit.hash} record` : commit.hash,
    explicit: lesson.kind === 'record',
    at: commit.at,
  }));
}
