/** Rivals are installed from the npm registry into an ignored folder, beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const folder = join('out', 'rivals');

export function installedVersion(name: string): string {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) throw new Error(missing(name));
  const read: { readonly version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return read.version;
}

export const missing = (name: string) =>
  `${name} is not installed in out/rivals (npm run bench installs it; it needs the registry)`;
