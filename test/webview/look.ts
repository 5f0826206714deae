/**
 * The sidebar in a plain browser, without VS Code: `node scripts/sidebar.mjs` serves it on 127.0.0.1 with a sample
 * memory; `--screenshots DIR` draws every view in every theme and width instead.
 */
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { buildScripts, pageHtml } from './page.ts';
import { themes } from './themes.ts';

const scripts = await buildScripts();
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const theme = themes.find(({ name }) => name === url.searchParams.get('theme')) ?? themes[0];
  const start: unknown = JSON.parse(url.searchParams.get('start') ?? '{}');
  const [type, body] =
    url.pathname === '/webview.js'
      ? ['text/javascript', scripts.sidebar]
      : url.pathname === '/fakeHost.js'
        ? ['text/javascript', scripts.fakeHost]
        : ['text/html', theme === undefined ? '' : pageHtml(theme, start)];
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
});
const at = process.argv.indexOf('--screenshots');
const directory = at < 0 ? undefined : (process.argv[at + 1] ?? 'out/screenshots');
await new Promise<void>((resolve) => server.listen(directory === undefined ? 8737 : 0, '127.0.0.1', resolve));
const address = server.address();
const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
if (directory === undefined) {
  console.log(`${base}?theme=${themes.map(({ name }) => name).join('|')}`);
} else {
  await shoot(directory);
  server.close();
}

async function shoot(into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const browser = await launchChromium();
  const only = process.argv.slice(at + 2);
  const shots: readonly {
    readonly name: string;
    readonly start: object;
    readonly act?: (page: Page) => Promise<void>;
  }[] = [
    { name: 'rules', start: {} },
    {
      name: 'why',
      start: { state: { view: 'rules', expanded: ['r_pnpm'] } },
      act: async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.press('ArrowDown');
        await page.getByText('use pnpm dlx').waitFor();
      },
    },
    { name: 'proposed', start: { state: { view: 'rules', ruleFilter: 'proposed' } } },
    {
      name: 'edit',
      start: {},
      act: async (page) => {
        await page.getByRole('listitem').filter({ hasText: 'Postgres' }).hover();
        await page.getByRole('listitem').filter({ hasText: 'Postgres' }).getByLabel('Edit').click();
      },
    },
    { name: 'episodes', start: { state: { view: 'episodes', expanded: ['e_2'] } } },
    {
      name: 'search',
      start: { state: { view: 'episodes' } },
      act: async (page) => page.getByRole('textbox').fill('databse mock'),
    },
    {
      name: 'nights',
      start: {
        state: { view: 'nights', expanded: ['n_12'] },
        overrides: {
          mood: { state: 'asleep', stage: 'N3', phase: 'crystallization', since: 0, progress: 0.6 },
        },
      },
    },
    {
      name: 'dreams',
      start: {
        state: { view: 'dreams' },
        overrides: { mood: { state: 'drowsy', pressure: 0.92, unslept: 31 } },
      },
    },
    { name: 'map', start: { state: { view: 'map', expanded: ['area:project::/home/mira/harbor-web'] } } },
    { name: 'review', start: { state: { view: 'rules', ruleFilter: 'due' } } },
    {
      name: 'empty',
      start: { empty: true, overrides: { mood: { state: 'awake', pressure: 0, unslept: 0 } } },
    },
  ];
  for (const theme of themes) {
    for (const width of [220, 260, 340, 600]) {
      for (const { name, start, act } of shots) {
        const file = `${name}-${theme.name}-${width}.png`;
        if (only.length > 0 && !only.some((part) => file.includes(part))) continue;
        const page = await browser.newPage({
          viewport: { width, height: 720 },
          deviceScaleFactor: 2,
          reducedMotion: 'reduce',
        });
        await page.goto(`${base}?theme=${theme.name}&start=${encodeURIComponent(JSON.stringify(start))}`);
        await page.getByRole('tab', { selected: true }).waitFor();
        await page.waitForFunction(() => document.fonts.ready.then(() => true));
        await act?.(page);
        await page.evaluate(
          () =>
            new Promise((done) =>
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))),
            ),
        );
        await page.screenshot({ path: join(into, file) });
        await page.close();
      }
    }
  }
  await browser.close();
}
