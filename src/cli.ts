#!/usr/bin/env node
/**
 * The command line's front door. The hook is started at every prompt, so it goes its own short way; everything
 * else loads the full command line.
 */
import { join } from 'node:path';
import { runCompiled } from './cli/compiled.ts';

const [, , command, event] = process.argv;
/** Commands that need far more code than the others. */
const large = ['import', 'sleep'];

if (command === 'hook') {
  /* One question is asked of the database at a time: three threads more would only be started and ended. */
  process.env['UV_THREADPOOL_SIZE'] ??= '1';
  const prompt = 'UserPromptSubmit';
  runCompiled(
    join(__dirname, 'hook.js'),
    require,
    event === prompt ? [prompt, undefined] : [undefined, prompt],
  );
} else {
  const work = large.find((name) => name === command);
  runCompiled(join(__dirname, 'cli-main.js'), require, work === undefined ? [work] : [work, undefined]);
}
