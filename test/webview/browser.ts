/** Opens the built sidebar in a real Chromium. Everything is served from memory: no port, no network. */
import type { Browser, Page } from 'playwright-core';
import { pageHtml, type SidebarScripts } from './page.ts';
import { type Theme, themes } from './themes.ts';

export interface OpenOptions {
  readonly theme?: string;
  readonly width?: number;
  /** Becomes `window.fakeHostStart`. */
  readonly start?: object;
  /** Virtual time from the start, so that a test can let a timeout pass. */
  readonly clock?: boolean;
}

/** What the page complained about; a test that ends with an entry here has found a defect. */
export const complaints = new WeakMap<Page, string[]>();

export async function openSidebar(
  browser: Browser,
  scripts: SidebarScripts,
  options: OpenOptions = {},
): Promise<Page> {
  const theme: Theme | undefined = themes.find(({ name }) => name === (options.theme ?? 'dark'));
  if (theme === undefined) throw new Error('No such theme.');
  const page = await browser.newPage({
    viewport: { width: options.width ?? 340, height: 720 },
    reducedMotion: 'reduce',
  });
  /* What is long in coming on a busy machine is no failure. */
  page.setDefaultTimeout(30_000);
  const said: string[] = [];
  complaints.set(page, said);
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', pageHtml(theme, options.start)],
    '/fakeHost.js': ['text/javascript', scripts.fakeHost],
    '/webview.js': ['text/javascript', scripts.sidebar],
  };
  await page.route('**/*', async (route) => {
    const [type, body] = bodies[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
    await route.fulfill({ contentType: `${type}; charset=utf-8`, body });
  });
  if (options.clock === true) await page.clock.install();
  await page.goto('http://sidebar.test/');
  await page.getByRole('tab', { selected: true }).waitFor();
  return page;
}
