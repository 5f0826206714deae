#!/usr/bin/env node
/**
 * The command line's front door. The hook is started at every prompt, so it goes its own short way; everything
 * else loads the full command line.
 */
import { join } from 'node:path';
import { runCompiled } from './cli/compiled.ts';

const [, , command] = process.argv;
/** Commands that need far more code than the others. */
const large = ['import', 'sleep'];

if (command === 'hook') runCompiled(join(__dirname, 'hook.js'), require);
else {
  const work = large.find((name) => name === command);
  runCompiled(join(__dirname, 'cli-main.js'), require, work);
}
