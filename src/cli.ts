#!/usr/bin/env node
/**
 * The command line's front door. The hook is started at every prompt, so it goes its own short way; everything
 * else loads the full command line.
 */
if (process.argv[2] === 'hook') require('./hook.js');
else require('./cli-main.js');
