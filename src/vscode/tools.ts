/** The tools `reverie_recall` and `reverie_remember` that every agent in the editor can call. */
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import { ReverieError } from '../core/errors.ts';
import { doubtAbout } from '../core/injection/staleness.ts';
import { fenced, lineOf } from '../core/injection/wording.ts';
import { createRecall } from '../core/recall/recall.ts';
import type { Services } from './services.ts';

const recallInput = z.object({
  query: z.string(),
  path: z.optional(z.string()),
  k: z.optional(z.int().check(z.positive())),
});
const rememberInput = z.object({
  text: z.string().check(z.minLength(1)),
  kind: z.optional(z.enum(['decision', 'correction', 'preference', 'fix'])),
  scope: z.optional(z.enum(['user', 'project'])),
});

const answer = (text: string) => new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);

/** Results an agent gets where it does not say how many. */
const usualCount = 5;

function recallTool(services: Services): vscode.LanguageModelTool<unknown> {
  return {
    async invoke({ input }) {
      const { query, path, k } = recallInput.parse(input);
      /* Opened first: only then a window knows that another has paused everything. */
      const database = await services.access.open();
      if (services.moods.paused || services.moods.privateSession)
        return answer('The memory is switched off.');
      const { recall } = createRecall({ memories: database.memories, clock: { now: () => Date.now() } });
      const found = await recall({
        text: query,
        project: services.project(path),
        k: k ?? usualCount,
        reinforce: database.writable === true,
        ...(path === undefined ? {} : { path: vscode.workspace.asRelativePath(path, false) }),
      });
      return answer(
        found.abstained
          ? 'Nothing is remembered about that.'
          : fenced(
              found.results.map(({ memory }) => {
                const doubt = doubtAbout(memory, services.fileBlob);
                return lineOf(memory, 'full', doubt === undefined ? {} : { doubt });
              }),
              'short',
            ).context,
      );
    },
    prepareInvocation: () => ({ invocationMessage: 'Asking your memory' }),
  };
}

function rememberTool(services: Services): vscode.LanguageModelTool<unknown> {
  return {
    async invoke({ input }) {
      const { text, kind, scope } = rememberInput.parse(input);
      const kept = await services.remember(text, {
        ...(kind === undefined ? {} : { kind }),
        ...(scope === undefined ? {} : { scope }),
      });
      return answer(
        `Remembered as ${kept.id}. The user sees it in the Reverie sidebar and can take it back there.`,
      );
    },
    /* The assistant writes on its own: its user is asked first, and sees what would be kept. */
    prepareInvocation({ input }) {
      const parsed = rememberInput.safeParse(input);
      if (!parsed.success) throw new ReverieError('invalid-input', 'remember wants a text.');
      const words = new vscode.MarkdownString();
      words.appendText(`“${parsed.data.text}”`);
      return {
        invocationMessage: 'Remembering',
        confirmationMessages: { title: 'Let Reverie remember this?', message: words },
      };
    },
  };
}

export function registerTools(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.lm.registerTool('reverie_recall', recallTool(services)),
    vscode.lm.registerTool('reverie_remember', rememberTool(services)),
  );
}
