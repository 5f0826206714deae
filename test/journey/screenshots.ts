/**
 * Takes the pictures of the README: the sidebar of a real workbench over a night's sleep on the sample
 * conversations, in each kind of theme. Run by `npm run screenshots`.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { openWorkbench, runCommand, webview } from '../support/workbench.ts';
import { setStage } from './stage.ts';

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
} as const;

const pictures = resolve('media/screenshots');

/** Makes the sidebar as wide as people who read in it have it. */
async function widenSidebar(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The sidebar is not there.');
  const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(edge + 1, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + width, middle, { steps: 5 });
  await page.mouse.up();
}

/** Shows one of the sidebar's views; there is a row to see when it is drawn. */
async function showView(sidebar: FrameLocator, name: string): Promise<void> {
  await sidebar.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  await sidebar.getByRole('tabpanel').getByRole('listitem').first().waitFor({ timeout: 60_000 });
}

const stage = await setStage();
try {
  const { page, editor, home } = stage;
  await mkdir(pictures, { recursive: true });
  await home.ask('import', resolve('samples'));
  await home.ask('sleep');
  for (const [name, theme] of Object.entries(themes)) {
    await editor.changeSettings({ 'workbench.colorTheme': theme });
    await openWorkbench(page, stage.url);
    await runCommand(page, 'View: Show Reverie');
    await widenSidebar(page, 400);
    const sidebar = webview(page);
    await showView(sidebar, 'Rules');
    const part = page.locator('.part.sidebar');
    const rule = sidebar.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Why?' }) });
    await rule.first().hover();
    await rule.first().getByRole('button', { name: 'Why?' }).click();
    await part.screenshot({ path: join(pictures, `sidebar-${name}.png`) });
    for (const view of ['Episodes', 'Nights']) {
      await showView(sidebar, view);
      await part.screenshot({ path: join(pictures, `${view.toLowerCase()}-${name}.png`) });
    }
  }
  console.log(`Pictures: ${pictures}`);
} catch (error) {
  await stage.keepTraces('FAILED-screenshots').catch(() => undefined);
  throw error;
} finally {
  await stage.close();
}
