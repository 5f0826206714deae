/**
 * The sidebar in a plain browser with a sample memory.
 *
 *   node scripts/sidebar.mjs                              serves it on 127.0.0.1
 *   node scripts/sidebar.mjs --screenshots DIR [PART…]    draws every view in every theme and width
 */
import { build } from 'esbuild';

await build({
  entryPoints: ['test/webview/look.ts'],
  outfile: 'out/sidebar-look.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
await import(new URL('../out/sidebar-look.mjs', import.meta.url).href);
