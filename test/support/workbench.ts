/** Doing in a workbench what a person does: commands, conversations, the sidebar. Every wait is on a condition. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Long enough for a busy machine; nothing waits longer than it must. */
const patience = { timeout: 60_000 };

/** Loads the workbench and waits until commands can be run. */
export async function openWorkbench(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('.monaco-workbench .statusbar').waitFor(patience);
}

/**
 * Runs a command by its title in the palette, as a person would. The palette is filled bit by bit while extensions
 * are still being read: it is asked again until the title is there.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const palette = page.locator('.quick-input-widget');
  const deadline = Date.now() + patience.timeout;
  for (;;) {
    await page.keyboard.press('F1');
    const input = palette.locator('input[type="text"]').first();
    await input.waitFor(patience);
    await input.fill(`>${title}`);
    const row = palette
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: page.getByText(title, { exact: true }) })
      .first();
    if (await appears(row, 3_000)) {
      await row.click();
      return;
    }
    await page.keyboard.press('Escape');
    if (Date.now() > deadline) throw new Error(`The command “${title}” is not in the palette.`);
  }
}

function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Runs a command that asks for one line, and answers it. */
export async function answerCommand(page: Page, title: string, line: string): Promise<void> {
  await runCommand(page, title);
  const box = page.locator('.quick-input-widget .quick-input-title').filter({ hasText: /\S/ });
  await box.waitFor(patience);
  await page.locator('.quick-input-widget input').first().fill(line);
  await page.keyboard.press('Enter');
}

/** Chooses from the list that a command has opened. */
export async function choose(page: Page, label: string): Promise<void> {
  await page
    .locator('.quick-input-widget .monaco-list-row')
    .filter({ has: page.getByText(label, { exact: true }) })
    .first()
    .click(patience);
}

/** Presses a button of a notification. */
export async function press(page: Page, button: string): Promise<void> {
  await page
    .locator('.notifications-toasts')
    .getByRole('button', { name: button, exact: true })
    .first()
    .click(patience);
}

/** What a notification of the window says, once it does. */
export async function notified(page: Page, words: RegExp): Promise<void> {
  await page
    .locator('.notifications-toasts, .notifications-center')
    .getByText(words)
    .first()
    .waitFor(patience);
}

/** Reverie's place in the status bar, once it says this. */
export async function statusSays(page: Page, words: RegExp): Promise<void> {
  await page.locator('.statusbar').getByRole('button', { name: words }).waitFor(patience);
}

/** Where the conversation in the foreground is. */
function conversation(page: Page): Locator {
  return page.locator('.editor-group-container.active .interactive-session');
}

/**
 * The Copilot extension starts disabled in a fresh profile, which the browser's storage remembers. Enables it, once
 * the list of extensions has been read (before that the command finds nothing to enable), and waits until it runs.
 */
export async function enableCopilot(page: Page): Promise<void> {
  await runCommand(page, 'Extensions: Show Disabled Extensions');
  const listed = page.locator('.extensions-viewlet .monaco-list-row').filter({ hasText: 'GitHub Copilot' });
  await listed.first().waitFor(patience);
  await runCommand(page, 'Extensions: Enable All Extensions');
  /* The list shows how long its activation took. */
  await listed
    .filter({ hasText: /\d+ ?ms/ })
    .first()
    .waitFor(patience);
}

/** Begins a conversation with the agent, in an editor of its own. */
export async function newConversation(page: Page): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'Chat: New Chat Editor');
  await conversation(page).locator('.chat-input-container .monaco-editor').first().waitFor(patience);
}

/** Writes to the agent: sent once all of it stands there, as a busy window can miss the first keys. */
export async function say(page: Page, words: string): Promise<void> {
  const input = conversation(page).locator('.chat-input-container .monaco-editor').first();
  /* A line that is wrapped has no space where it is. */
  const all = new RegExp(words.replace(/[^\w\s]/g, '\\$&').replace(/\s+/g, '\\s*'));
  const deadline = Date.now() + patience.timeout;
  for (;;) {
    await input.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(words);
    if (await appears(input.locator('.view-lines').filter({ hasText: all }), 5_000)) break;
    if (Date.now() > deadline) throw new Error(`“${words}” cannot be written to the agent.`);
  }
  await page.keyboard.press('Enter');
}

/** Waits until `answer` stands in the conversation, once more than `before`. */
export async function answered(page: Page, answer: string, before = 0): Promise<void> {
  await conversation(page).locator('.interactive-response').getByText(answer).nth(before).waitFor(patience);
}

/** Writes to the agent and waits until `answer` stands in the conversation, once more than before. */
export async function converse(page: Page, words: string, answer: string): Promise<void> {
  const before = await conversation(page).locator('.interactive-response').getByText(answer).count();
  await say(page, words);
  await answered(page, answer, before);
}

/** Everything that stands in the conversation. */
export function chatText(page: Page): Promise<string> {
  return conversation(page).innerText();
}

/** Lets the agent do, this once, what it asks to be allowed. */
export async function allowOnce(page: Page): Promise<void> {
  await conversation(page)
    .getByRole('button', { name: /^Allow \(/ })
    .click(patience);
}

/** Does not let the agent do what it asks to be allowed. */
export async function refuse(page: Page): Promise<void> {
  await conversation(page)
    .getByRole('button', { name: /^(?:Skip|Proceed without)/ })
    .last()
    .click(patience);
}

/** The page inside a webview view. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview').frameLocator('iframe');
}
