/** The whole workbench with the real Copilot agent and a scripted model: one editor for all chapters. */
import { after, before, describe } from 'node:test';
import { enableCopilot, openWorkbench } from '../support/workbench.ts';
import { atWorkChapter } from './atWork.ts';
import { connectionsChapter } from './connections.ts';
import { correctionChapter } from './correction.ts';
import { elsewhereChapter } from './elsewhere.ts';
import { type Stage, setStage } from './stage.ts';
import { createWalk } from './walk.ts';
import { windowsChapter } from './windows.ts';

let stage: Stage | undefined;
const theStage = (): Stage => {
  if (stage === undefined) throw new Error('The stage is not set.');
  return stage;
};

before(async () => {
  stage = await setStage();
  try {
    await openWorkbench(stage.page, stage.url);
    await enableCopilot(stage.page);
  } catch (error) {
    await stage.keepTraces('FAILED-the-editor-opens').catch(() => undefined);
    await stage.keepEverything();
    throw error;
  }
});
after(() => stage?.close());

const chapters = {
  correction: ['a correction, a night, the next conversation', correctionChapter],
  work: ['the agent at work', atWorkChapter],
  elsewhere: ['other folders', elsewhereChapter],
  windows: ['two windows, and a window of several folders', windowsChapter],
  /* The last: it deletes everything. */
  connections: ['other assistants, and an end', connectionsChapter],
} as const;
const wanted = process.env['REVERIE_CHAPTERS'];
for (const [name, [title, chapter]] of Object.entries(chapters)) {
  if (!wanted || wanted.split(',').includes(name)) describe(title, () => chapter(createWalk(theStage)));
}
