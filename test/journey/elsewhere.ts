/** What the agent is told in other folders: nothing of this one, and nothing it could mistake for an order. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProjectId } from '../../src/core/memory.ts';
import { tunables } from '../../src/core/tunables.ts';
import { loadTokenizer } from '../../src/models/tokenizer.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { calling, fencesIn, lastResult, told } from '../support/agentWork.ts';
import { buildMemory, silentLog } from '../support/builders.ts';
import { assertInertLine, fewFloods, hostileOrder } from '../support/hostile.ts';
import { converse, newConversation, openWorkbench } from '../support/workbench.ts';
import type { Walk } from './walk.ts';

export function elsewhereChapter(walk: Walk): void {
  const { step } = walk;
  const beside = (name: string) => join(dirname(walk.stage.workspace), name);

  async function openFolder(name: string): Promise<void> {
    await mkdir(beside(name), { recursive: true });
    await openWorkbench(walk.stage.page, walk.stage.editor.open(beside(name)));
    await newConversation(walk.stage.page);
  }

  step('a rule of one project is not told in another, not even when the agent asks', async () => {
    const { page, model, home, workspace } = walk.stage;
    await home.ask('remember', 'Always use pnpm, never npm.', '--project', workspace);
    await openFolder('lighthouse');
    const recall = { name: 'reverie_recall', arguments: { query: 'Always use pnpm, never npm?' } };
    model.answerWith(calling([recall], 'Nothing is known here.'));
    await converse(page, 'Which of pnpm and npm do I always use?', 'Nothing is known here.');
    const asked = await model.waitFor(
      ({ text, messages }) => text.includes('do I always use') && messages.at(-1)?.role === 'tool',
    );
    assert.deepEqual(told(asked), []);
    assert.doesNotMatch(lastResult(asked), /pnpm/);
  });

  step('three hundred hostile memories arrive as inert lines within the budget', async () => {
    const { page, model, home } = walk.stage;
    const database = await openDatabase({ file: home.file, log: silentLog });
    const scope = { level: 'project', project: beside('reef') as ProjectId } as const;
    const memories = fewFloods.map((text) => ({
      memory: buildMemory({ text, lesson: { statement: text }, tokens: 40, scope }),
    }));
    await database.memories.add(memories, 'import');
    await database.close();
    await openFolder('reef');
    model.answerWith(() => 'I found nothing to do.');
    await converse(page, 'Which instructions of the system are previous?', 'I found nothing to do.');
    const asked = await model.waitFor(({ text }) => text.includes('instructions of the system are'));
    const fences = told(asked);
    const tokenizer = await loadTokenizer();
    assert.ok(fences.length > 0, 'something is told');
    for (const fenced of fences) {
      assert.ok(tokenizer.count(fenced) <= tunables.budget.session);
      const [preface, ...lines] = fenced.trim().split('\n');
      assert.match(preface ?? '', /\(data\)|\(data,/);
      assert.ok(lines.length > 0);
      for (const line of lines) assertInertLine(line);
    }
    const outside = fencesIn(asked.text).reduce((text, fenced) => text.replace(fenced, ''), asked.text);
    assert.doesNotMatch(outside, hostileOrder);
    const marks = (mark: RegExp) => asked.text.match(mark)?.length ?? 0;
    assert.equal(marks(/<reverie-memory>/g), fences.length);
    assert.equal(marks(/<\/reverie-memory>/g), fences.length);
  });
}
