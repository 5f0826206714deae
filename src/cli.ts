#!/usr/bin/env node
/**
 * The command line's front door. The hook is started at every prompt, so it goes its own short way; everything
 * else loads the full command line.
 */
import { join } from 'node:path';
import { runCompiled } from './cli/compiled.ts';

runCompiled(join(__dirname, process.argv[2] === 'hook' ? 'hook.js' : 'cli-main.js'), require);
