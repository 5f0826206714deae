/**
 * Runs test/clients: assistants from the npm registry against a scripted endpoint on loopback, and the inspector of the
 * Model Context Protocol against our server.
 *
 *   node scripts/clientTests.mjs
 */
import { spawnSync } from 'node:child_process';
import { ensureClients } from './clients.mjs';

try {
  process.env.REVERIE_CLIENTS = await ensureClients();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const run = spawnSync(process.execPath, ['scripts/test.mjs', 'clients'], { stdio: 'inherit' });
process.exit(run.status ?? 1);
