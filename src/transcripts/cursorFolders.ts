/**
 * Which folder a conversation of Cursor belongs to, where it does not say so itself: older versions noted in the
 * database of each workspace which conversations were had in it.
 */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFields, listAt, textAt } from './fields.ts';
import { openSqliteFile, storedText } from './sqliteFile.ts';
import { workspaceFolderOf } from './workspaceFolder.ts';

const panelKey = 'workbench.panel.aichat.view.';

/** @param database the global one; the workspaces' are looked at once, when the first conversation is asked for. */
export function cursorFolders(database: string): (conversation: string) => Promise<string | undefined> {
  let reading: Promise<ReadonlyMap<string, string>> | undefined;
  return async (conversation) => {
    reading ??= readFolders(join(dirname(dirname(database)), 'workspaceStorage'));
    return (await reading).get(conversation);
  };
}

async function readFolders(storage: string): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  for (const name of await readdir(storage).catch(() => [])) {
    const database = join(storage, name, 'state.vscdb');
    const folder = await workspaceFolderOf(database);
    if (folder === undefined) continue;
    for (const id of await conversationsIn(database)) if (!folders.has(id)) folders.set(id, folder);
  }
  return folders;
}

async function conversationsIn(database: string): Promise<readonly string[]> {
  const file = await openSqliteFile(database).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const rows = await file.all(
      `SELECT value FROM ItemTable WHERE key = 'composer.composerData'
         OR key LIKE 'workbench.panel.composerChatViewPane%'`,
    );
    return rows.flatMap(({ value }) => idsIn(storedText(value)));
  } catch {
    /* Another table, or damaged: then nobody knows. */
    return [];
  } finally {
    await file.close();
  }
}

function idsIn(value: string): readonly string[] {
  try {
    const state: unknown = JSON.parse(value);
    const listed = [
      ...listAt(state, 'allComposers').map((one) => textAt(one, 'composerId')),
      ...listAt(state, 'selectedComposerIds'),
    ];
    const panels = isFields(state)
      ? Object.keys(state).flatMap((key) => (key.startsWith(panelKey) ? [key.slice(panelKey.length)] : []))
      : [];
    return [...listed.filter((id) => typeof id === 'string'), ...panels];
  } catch {
    return [];
  }
}
