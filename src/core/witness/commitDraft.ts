/** Words what the user's own commits say. */
import { lessonOf } from '../capture/lesson.ts';
import { type Commit, judgeCommit } from './commit.ts';
import type { WitnessDraft } from './draft.ts';

export function draftsOfCommit(commit: Commit): readonly WitnessDraft[] {
  return judgeCommit(commit).map((lesson) => ({
    label: lesson.label,
    text: lesson.text,
    lesson: lessonOf(lesson),
    confidence: lesson.confidence,
    standing: lesson.standing,
    oneOff: !lesson.lasting,
    signals: [],
    message: lesson.kind === 'record' ? `${commit.hash} record` : commit.hash,
    explicit: lesson.kind === 'record',
    at: commit.at,
  }));
}
