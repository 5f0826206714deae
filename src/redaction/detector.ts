/** The secret detector of others with its rules: a bundle of its own, loaded with the first text that may hold a secret. */
export { lintSource } from '@secretlint/core';
export { secretLintProfiler } from '@secretlint/profiler';
export { creator } from '@secretlint/secretlint-rule-preset-recommend';
