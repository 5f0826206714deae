/** The page that VS Code would make around the sidebar, for a plain browser: same policy, a theme, the fake host. */
import { build } from 'esbuild';
import { sidebarPage } from '../../src/vscode/sidebarPage.ts';
import type { Theme } from './themes.ts';

export interface SidebarScripts {
  readonly sidebar: string;
  readonly fakeHost: string;
}

/** Bundles the sidebar as the product does, and the fake host. Run from the project's root. */
export async function buildScripts(): Promise<SidebarScripts> {
  const bundle = async (entry: string) => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      loader: { '.svg': 'text' },
      logLevel: 'warning',
    });
    return outputFiles[0]?.text ?? '';
  };
  const [sidebar, fakeHost] = await Promise.all([
    bundle('webview/main.ts'),
    bundle('test/webview/fakeHost.ts'),
  ]);
  return { sidebar, fakeHost };
}

const nonce = 'sidebar-test-nonce';

/** @param start what `window.fakeHostStart` shall be. Scripts are expected at `/fakeHost.js` and `/webview.js`. */
export function pageHtml(theme: Theme, start: unknown = {}): string {
  const colors = Object.entries(theme.colors).map(([name, value]) => `--vscode-${name}: ${value};`);
  return sidebarPage({
    nonce,
    script: 'webview.js',
    bodyClass: theme.classes,
    head: `<style nonce="${nonce}">:root { color-scheme: ${theme.scheme}; ${colors.join(' ')} }</style>`,
    start: `<script nonce="${nonce}">window.fakeHostStart = ${JSON.stringify(start).replaceAll('<', '\\u003c')};</script>
<script type="module" nonce="${nonce}" src="fakeHost.js"></script>`,
  });
}
