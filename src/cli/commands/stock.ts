/** What the last night wrote down about the memory as a whole: expertise, and the questions of the review queue. */
import type { Command } from 'commander';
import { ReverieError } from '../../core/errors.ts';
import type { MemoryId } from '../../core/memory.ts';
import { viewsOf } from '../../core/memoryView.ts';
import { answerReview } from '../../core/reviewing.ts';
import { expertiseFact, expertiseIn } from '../../core/sleep/stock/expertiseFacts.ts';
import {
  type ReviewVerdict,
  readReviews,
  reviewFact,
  reviewVerdicts,
} from '../../core/sleep/stock/review.ts';
import { type CommonOptions, withContext } from '../context.ts';
import { ruleLines } from '../text.ts';

export function addStockCommands(program: Command): void {
  program
    .command('expertise')
    .description('what is known by project, language and topic, and the gaps')
    .action(async (_options: object, command: Command) => {
      await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
        const areas = expertiseIn(await context.database.getFacts(expertiseFact));
        context.print(areas, () =>
          areas.length === 0
            ? 'Nothing known yet: sleep first.'
            : areas
                .map((area) =>
                  [
                    `${area.score.toFixed(2)}  ${area.band.padEnd(9)}  ${area.area} (${area.kind}): ${area.memories} memories, ${area.conclusions} rules`,
                    ...area.gaps.map((gap) => `                  ${gap}`),
                  ].join('\n'),
                )
                .join('\n'),
        );
      });
    });

  program
    .command('review [id] [verdict]')
    .description(`what to look at again; with an id, the answer: ${reviewVerdicts.join(', ')}`)
    .action(
      async (id: string | undefined, verdict: string | undefined, _options: object, command: Command) => {
        await withContext(command.optsWithGlobals<CommonOptions>(), async (context) => {
          const { database, clock } = context;
          const now = clock.now();
          if (id !== undefined) {
            const memory = await answerReview(
              { memories: database.memories, facts: database, now },
              id as MemoryId,
              verdictOf(verdict),
            );
            const [view] = await viewsOf([memory], database, now);
            context.print(view, () => (view === undefined ? '' : ruleLines(view)));
            return;
          }
          const queue = readReviews(await database.getFact(reviewFact));
          context.print(queue, () =>
            queue.length === 0
              ? 'Nothing to review.'
              : queue
                  .map(
                    (item) =>
                      `${item.dueAt <= now ? 'now       ' : new Date(item.dueAt).toISOString().slice(0, 10)}  ${item.text}\n            ${item.why}  ${item.id}`,
                  )
                  .join('\n'),
          );
        });
      },
    );
}

function verdictOf(word: string | undefined): ReviewVerdict {
  const verdict = reviewVerdicts.find((one) => one === word);
  if (verdict !== undefined) return verdict;
  throw new ReverieError('usage', `The verdict is one of ${reviewVerdicts.join(', ')}.`);
}
