/** `@reverie` in a chat: the owner asks the memory. No language model is involved; every answer is what is stored. */
import * as vscode from 'vscode';
import { z } from 'zod/mini';
import { historyWords } from '../core/acts.ts';
import type { Database } from '../core/database.ts';
import { ReverieError } from '../core/errors.ts';
import { rulesInForce } from '../core/injection/inForce.ts';
import { doubtAbout, staleCitation } from '../core/injection/staleness.ts';
import { plainLine } from '../core/injection/wording.ts';
import type { Memory, MemoryId } from '../core/memory.ts';
import { type MemoryView, recordWords, viewsOf } from '../core/memoryView.ts';
import { createRecall } from '../core/recall/recall.ts';
import type { JournalEntry } from '../core/sleep/night/store.ts';
import { reasonWords } from '../core/text/reason.ts';
import { registerCommands } from './commands.ts';
import type { Services } from './services.ts';
import { createWordlessActs } from './wordlessActs.ts';

export const participantId = 'reverie.memory';

/** At most so many memories, moments and changes in one answer, and characters of each. */
const most = { recalled: 5, rules: 40, choices: 3, moments: 5, changes: 8, characters: 400 } as const;

/** What an answer needs of the extension. */
export interface Asked {
  readonly access: Pick<Services['access'], 'open'>;
  readonly moods: Pick<Services['moods'], 'paused' | 'privateSession'>;
  readonly sleeping: Pick<Services['sleeping'], 'sleepNow' | 'stop'>;
  readonly project: Services['project'];
  readonly fileBlob: Services['fileBlob'];
}
type Stream = Pick<vscode.ChatResponseStream, 'markdown' | 'button' | 'progress'>;

/**
 * Text from the memory never becomes markup: one line, escaped. (`MarkdownString.appendText` makes every space one
 * that does not break, which a sentence cannot bear.)
 */
const words = (text: string) => plainLine(text, most.characters).replace(/[\\`*_{}()#+!~|&-]/g, '\\$&');

const day = (iso: string) => iso.slice(0, 10);

function scopeWords(scope: MemoryView['scope']): string {
  if (scope.level === 'user') return 'everywhere';
  const name = words(scope.project?.split('/').at(-1) ?? 'this project');
  return scope.level === 'path' ? `${name}, ${words(scope.glob ?? '')}` : name;
}

const spoken = (memory: Memory) => (memory.kind === 'episode' ? memory.lesson.statement : memory.text);

/** What cites a file that has changed is told to nobody else; its owner hears that, too. */
function staleWords(memory: Memory, { fileBlob }: Pick<Asked, 'fileBlob'>): string {
  const path = staleCitation(memory, fileBlob)?.path;
  return path === undefined ? '' : `${words(path)} has changed since`;
}

function bullet(memory: Memory, { fileBlob }: Pick<Asked, 'fileBlob'>): string {
  const doubt = doubtAbout(memory, fileBlob);
  return `- ${words(spoken(memory))} \`${memory.id}\`${doubt === undefined ? '' : ` (${words(doubt)}: not told to assistants)`}\n`;
}

async function recalled(
  asked: Asked,
  database: Database,
  text: string,
  k: number,
): Promise<readonly Memory[]> {
  const { recall } = createRecall({ memories: database.memories, clock: { now: () => Date.now() } });
  const { results } = await recall({ text, project: asked.project(), k });
  return results.map(({ memory }) => memory);
}

/** By its identity, wherever it belongs: its owner named it. Else the best that fit the words, of this project. */
async function meant(asked: Asked, database: Database, prompt: string): Promise<readonly Memory[]> {
  const id = /\b[a-z]_[a-z0-9]{12}\b/.exec(prompt)?.[0];
  if (id !== undefined) return database.memories.getMany([id as MemoryId]);
  return prompt === '' ? [] : recalled(asked, database, prompt, most.choices);
}

function whyWords(view: MemoryView, history: readonly JournalEntry[], stale: string): string {
  const facts = [
    view.status,
    scopeWords(view.scope),
    `strength ${view.effective.toFixed(2)}`,
    ...(view.pinned ? ['pinned'] : []),
    ...(view.guard ? ['a guard: assistants ask before they break it'] : []),
  ];
  const record = recordWords(view).join(': ');
  const moments = view.evidence.slice(0, most.moments);
  const changes = history.slice(-most.changes);
  return [
    `**${words(view.text)}** \`${view.id}\`\n`,
    ...(view.why === undefined
      ? []
      : [`${reasonWords(words(view.why)).replace(/^\w/, (first) => first.toUpperCase())}\n`]),
    `${facts.join(' · ')}\n`,
    ...(stale === '' ? [] : [`Not told: ${stale}. If it still holds, say it again, or pin it.\n`]),
    ...(record === '' ? [] : [`${record.charAt(0).toUpperCase()}${record.slice(1)}.\n`]),
    '**You said**\n',
    ...moments.map(({ text, source, at }) => `- “${words(text)}” – ${words(source)}, ${day(at)}`),
    ...(view.evidence.length > moments.length ? [`- and ${view.evidence.length - moments.length} more`] : []),
    ...(changes.length === 0 ? [] : ['\n**What became of it**\n']),
    ...changes.map(
      (entry) =>
        `- ${day(new Date(entry.at).toISOString())} ${words(historyWords(entry))}${entry.undone ? ' (taken back)' : ''}`,
    ),
  ].join('\n');
}

async function answerWhy(asked: Asked, prompt: string, stream: Stream): Promise<void> {
  if (prompt === '') return stream.markdown('Which rule? Give its id, or some of its words.');
  const database = await asked.access.open();
  const memory = (await meant(asked, database, prompt))[0];
  if (memory === undefined) return stream.markdown('Nothing is remembered about that.');
  const [[view], history] = await Promise.all([
    viewsOf([memory], database, Date.now()),
    database.sleep.journalOf(memory.id),
  ]);
  if (view === undefined) return;
  stream.markdown(whyWords(view, history, staleWords(memory, asked)));
  if (view.guardOffered)
    stream.button({
      command: 'reverie.guardMemory',
      title: 'Ask Me Before It Is Broken',
      arguments: [memory.id],
    });
}

async function answerRules(asked: Asked, prompt: string, stream: Stream): Promise<void> {
  const { memories } = await asked.access.open();
  const path = prompt === '' ? {} : { path: vscode.workspace.asRelativePath(prompt, false) };
  const rules = await rulesInForce(
    memories,
    { project: asked.project(), ...path },
    Date.now(),
    asked.fileBlob,
  );
  if (rules.length === 0) return stream.markdown('No rules are in force here yet.');
  stream.markdown(
    rules
      .slice(0, most.rules)
      .map((rule) => bullet(rule, asked))
      .join(''),
  );
  if (rules.length > most.rules) stream.markdown(`\nand ${rules.length - most.rules} more, in the sidebar.`);
}

async function answerSleep(asked: Asked, stream: Stream, token: vscode.CancellationToken): Promise<void> {
  stream.progress('Sleeping');
  const stop = token.onCancellationRequested(() => asked.sleeping.stop());
  try {
    const night = await asked.sleeping.sleepNow();
    if (night === undefined) return stream.markdown('Woken up; what was done so far is kept.');
    stream.markdown(`**Night ${night.number}**: ${night.changes} changes. ${words(night.summary)}\n\n`);
    stream.markdown(
      night.rules
        .slice(0, most.rules)
        .map(({ id, text, status }) => `- ${words(status)}: ${words(text)} \`${id}\`\n`)
        .join(''),
    );
    stream.button({ command: 'reverie.showLastNight', title: 'Show the Night' });
    if (night.changes > 0) stream.button({ command: 'reverie.undoLastNight', title: 'Undo' });
  } finally {
    stop.dispose();
  }
}

/** Words in a chat delete nothing: the click on a button below the very memory does. */
async function answerForget(asked: Asked, prompt: string, stream: Stream): Promise<void> {
  if (prompt === '') return stream.markdown('Which memory? Give its id, or some of its words.');
  const found = await meant(asked, await asked.access.open(), prompt);
  if (found.length === 0) return stream.markdown('Nothing is remembered about that.');
  for (const memory of found) {
    stream.markdown(bullet(memory, asked));
    stream.button({ command: 'reverie.forgetMemory', title: 'Forget for Good', arguments: [memory.id] });
  }
}

async function answerQuestion(asked: Asked, prompt: string, stream: Stream): Promise<void> {
  if (prompt === '')
    return stream.markdown('Ask what you want to know, or use `/why`, `/rules`, `/sleep`, `/forget`.');
  const memories = await recalled(asked, await asked.access.open(), prompt, most.recalled);
  stream.markdown(
    memories.length === 0
      ? 'Nothing is remembered about that.'
      : memories.map((memory) => bullet(memory, asked)).join(''),
  );
}

/** Answers one request. Trouble a person can act on becomes the answer's error, in one line. */
export async function answerChat(
  asked: Asked,
  request: Pick<vscode.ChatRequest, 'command' | 'prompt'>,
  stream: Stream,
  token: vscode.CancellationToken,
): Promise<vscode.ChatResult> {
  const prompt = request.prompt.trim();
  try {
    await asked.access.open();
    /* What is said here may reach the assistant of this conversation: it is as silent as the tools. */
    if (request.command !== 'forget' && (asked.moods.paused || asked.moods.privateSession)) {
      stream.markdown(
        asked.moods.paused ? 'Reverie is paused.' : 'This is a private session: Reverie keeps out of it.',
      );
      if (asked.moods.paused) stream.button({ command: 'reverie.resume', title: 'Resume' });
      return {};
    }
    switch (request.command) {
      case 'why':
        await answerWhy(asked, prompt, stream);
        break;
      case 'rules':
        await answerRules(asked, prompt, stream);
        break;
      case 'sleep':
        await answerSleep(asked, stream, token);
        break;
      case 'forget':
        await answerForget(asked, prompt, stream);
        break;
      default:
        await answerQuestion(asked, prompt, stream);
    }
    return {};
  } catch (error) {
    if (!ReverieError.is(error)) throw error;
    return { errorDetails: { message: error.message } };
  }
}

const identity = z.string().check(z.regex(/^[a-z]_[a-z0-9]{12}$/));

function named(id: unknown): MemoryId {
  const parsed = identity.safeParse(id);
  if (!parsed.success) throw new ReverieError('usage', 'There is no such memory.');
  return parsed.data as MemoryId;
}

export function registerParticipant(services: Services): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant(participantId, (request, _context, stream, token) =>
    answerChat(services, request, stream, token),
  );
  participant.iconPath = new vscode.ThemeIcon('color-mode');
  /* Not in the palette: they stand behind the buttons of an answer. */
  const behindButtons = registerCommands(
    {
      async forgetMemory(id) {
        await (await services.access.open()).memories.forget(named(id));
        services.sidebar.refresh();
        void vscode.window.showInformationMessage('Reverie has forgotten it.');
      },
      async guardMemory(id) {
        const memory = named(id);
        const acts = createWordlessActs((await services.access.open()).memories);
        await acts.guard(memory);
        services.sidebar.refresh();
        const told = 'Reverie: assistants ask you before they break this rule.';
        if ((await vscode.window.showInformationMessage(told, 'Undo')) !== 'Undo') return;
        await acts.guard(memory, false);
        services.sidebar.refresh();
      },
    },
    services.log,
  );
  return vscode.Disposable.from(participant, behindButtons);
}
