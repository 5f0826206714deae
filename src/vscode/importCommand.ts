/** Import Past Conversations: what is there before anything is read, then what it came to, then a night. */
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import { ReverieError } from '../core/errors.ts';
import { type Imported, imported, importSummaryText } from './importSummary.ts';
import type { Services } from './services.ts';

const discovered = z.array(
  z.object({
    assistant: z.string(),
    name: z.string(),
    files: z.number(),
    bytes: z.number(),
    conversations: z.number(),
    from: z.string(),
    to: z.string(),
  }),
);
type Discovered = z.infer<typeof discovered>[number];

/** Given by a caller that asks nobody: names or short names of assistants, and files or folders. */
const choiceGiven = z.object({
  from: z.optional(z.array(z.string())),
  paths: z.optional(z.array(z.string())),
});
type Choice = z.infer<typeof choiceGiven>;

interface Item extends vscode.QuickPickItem {
  readonly found?: Discovered;
}

const dayOf = (iso: string): string =>
  new Date(iso).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** What was found, as rows to choose from. */
function itemOf(found: Discovered): Item {
  const { name, conversations, bytes, from, to } = found;
  const first = dayOf(from);
  const last = dayOf(to);
  return {
    label: name,
    description: `${conversations} conversation${conversations === 1 ? '' : 's'}, ${(bytes / 1e6).toFixed(1)} MB`,
    detail: first === last ? first : `${first} – ${last}`,
    found,
  };
}

/** What was ticked when it was accepted; undefined if it was given up. */
function pick(items: readonly Item[], ticked: readonly Item[], placeholder: string) {
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Import past conversations';
  list.placeholder = placeholder;
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.items = items;
  list.selectedItems = ticked;
  return new Promise<readonly Item[] | undefined>((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** Asks what to read; undefined where nothing was chosen. */
async function ask(found: readonly Discovered[]): Promise<Choice | undefined> {
  const other: Item = { label: '$(folder) Other files or folders…', alwaysShow: true };
  const items = found.map(itemOf);
  /* Given with its rows and their ticks at once: an early Enter accepts what is shown, never an empty list. */
  const chosen = await pick(
    [...items, other],
    items,
    found.length === 0
      ? 'No conversations were found on this machine'
      : 'Nothing has been read yet. Everything stays on this machine.',
  );
  if (chosen === undefined || chosen.length === 0) return undefined;
  const more = chosen.includes(other)
    ? ((await vscode.window.showOpenDialog({
        canSelectMany: true,
        canSelectFiles: true,
        canSelectFolders: true,
        openLabel: 'Import',
      })) ?? [])
    : [];
  const from = chosen.flatMap((item) => (item.found === undefined ? [] : [item.found.name]));
  const paths = more.map((uri) => uri.fsPath);
  return from.length + paths.length === 0 ? undefined : { from, paths };
}

/** Reads in a process of its own, assistant by assistant; a stop keeps what was read. */
async function read(services: Services, choice: Choice): Promise<Imported | undefined> {
  const args = [
    'import',
    ...(choice.paths ?? []),
    ...(choice.from ?? []).flatMap((name) => ['--from', name]),
    '--yes',
    '--progress',
    'jsonl',
  ];
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Reverie reads past conversations',
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      try {
        const summary = await services.worker.run(args, {
          signal: abort.signal,
          onProgress: ({ stage, done, total, detail, share }) => {
            const increment = share === undefined ? 0 : Math.max(0, share * 100 - shown);
            shown += increment;
            const count = total === undefined ? `${done}` : `${done} of ${total}`;
            progress.report({ message: `${stage}: ${count}, ${detail ?? ''}`, increment });
          },
        });
        return imported.parse(summary);
      } catch (error) {
        /* It did not end in time and was ended: what it had stored is there. */
        if (ReverieError.is(error, 'aborted')) return undefined;
        throw error;
      }
    },
  );
}

/** The next step is offered, not waited for: the command has done its work. */
async function offerNext(services: Services, summary: Imported | undefined, choice: Choice): Promise<void> {
  if (summary === undefined || summary.stopped) {
    const again = await vscode.window.showInformationMessage(
      'Stopped. What Reverie has read is kept; it can go on from there.',
      'Go On',
    );
    if (again === 'Go On') await vscode.commands.executeCommand('reverie.importConversations', choice);
    return;
  }
  const next = await vscode.window.showInformationMessage(
    `Reverie read ${summary.messages} messages of ${summary.sessions} conversations and kept ${summary.episodes} moments. Rules are made of them in sleep.`,
    ...(summary.episodes > 0 ? ['Sleep Now', 'Show'] : []),
  );
  if (next === 'Sleep Now') await vscode.commands.executeCommand('reverie.sleepNow');
  if (next === 'Show') await services.sidebar.show('episodes');
}

/**
 * Shows what is on the machine before anything is read, then reads what was chosen, shows what it came to and offers
 * a night. With a {@link Choice} as its argument it asks nothing. Answers the summary; undefined if it was given up.
 */
export async function importConversations(
  services: Services,
  given?: unknown,
): Promise<Imported | undefined> {
  const asked = choiceGiven.safeParse(given);
  const choice = asked.success
    ? asked.data
    : await ask(discovered.parse(await services.worker.run(['discover'])));
  if (choice === undefined) return undefined;
  const summary = await read(services, choice);
  services.sidebar.refresh();
  if (summary !== undefined) {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: importSummaryText(summary),
    });
    await vscode.window.showTextDocument(document, { preview: true });
  }
  void offerNext(services, summary, choice).catch(() =>
    services.log.warn('the next step could not be offered'),
  );
  return summary;
}
