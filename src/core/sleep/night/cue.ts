/** Targeted reactivation: which memories a night is cued to. */
import type { Memory } from '../../memory.ts';

/** `path` is `folder` or anything below it. */
const within = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/**
 * Reads a cue as a person writes it: a project (its whole identity or the last part of it), a topic, or a folder in
 * a project; `project:`, `topic:` and `path:` in front say which is meant. `user` cues the memories that belong to
 * no project. Without a cue everything is in scope.
 */
export function cueOf(scope: string | undefined): (memory: Memory) => boolean {
  const cue = scope?.trim().replace(/\/+$/, '') ?? '';
  if (cue === '') return () => true;
  const [, prefix, name] = /^(project|topic|path):(.*)$/s.exec(cue) ?? [undefined, undefined, cue];
  const word = name ?? '';
  const byProject = (memory: Memory) => {
    const project = memory.scope.level === 'user' ? memory.source.project : memory.scope.project;
    return project !== undefined && (project === word || project.endsWith(`/${word}`));
  };
  const byTopic = (memory: Memory) => memory.topic !== '' && within(memory.topic, word);
  const byPath = (memory: Memory) =>
    (memory.scope.level === 'path' && within(memory.scope.glob, word)) ||
    memory.citations.some((citation) => within(citation.path, word));
  switch (prefix) {
    case 'project':
      return byProject;
    case 'topic':
      return byTopic;
    case 'path':
      return byPath;
    default:
      if (cue === 'user') return (memory) => memory.scope.level === 'user';
      return (memory) => byProject(memory) || byTopic(memory) || byPath(memory);
  }
}
