/** Word classes that the cues of lesson schemas are written with, and the tag that makes an expression of a cue. */

const classes: Readonly<Record<string, string>> = {
  /** Where work can happen, and of which there is more than one. */
  place:
    '(?:workspace|worktree|branch|repo|repository|directory|folder|environment|server|database|container|machine|host|cluster|checkout|clone|fork|session|bucket|account|tenant|staging|production|sandbox|virtualenv|venv|device|emulator)',
  working:
    '(?:edit|chang|modif|updat|work|mak|put|writ|creat|sav|commit|deploy|push|runn|ran|wrote|made|install|upload|did|do)\\w*',
  tests:
    '(?:(?:unit|e2e|integration|regression|smoke|snapshot|end-to-end) )?(?:tests?|test coverage|test cases?)',
  record:
    '(?:changelog|readme|docs|documentation|release notes|work ?log|plan files?|roadmap|task list|docstrings?)(?:\\.md)?(?!\\.\\w)',
  rules:
    '(?:rules?|instructions?|guidelines?|conventions?|process|workflow|standards|style ?guide|agents\\.md|claude\\.md|contributing\\.md)',
  secrets: '(?:secrets?|tokens?|passwords?|api[- ]?keys?|credentials?|private keys?|\\.env)',
};

/**
 * An expression in which `{name}` stands for a class of words. It begins and ends between words, ignores case, and
 * never spans sentences, as one sentence is all it is given.
 */
export function cues({ raw }: TemplateStringsArray): RegExp {
  const source = (raw[0] ?? '').replace(/\{([a-z]+)\}/g, (whole, name: string) => classes[name] ?? whole);
  return new RegExp(`(?<![\\w@/.-])(?:${source})(?:(?<=\\s)|(?![\\w/@]))`, 'i');
}
