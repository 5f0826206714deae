/** Which areas of knowledge a memory counts for. */
import type { Memory } from '../../memory.ts';
import { homeOf } from '../night/neighbourhood.ts';
import type { Place } from './expertiseFacts.ts';

/** By the ending of a file's name. */
const languages: Readonly<Record<string, string>> = {
  ts: 'TypeScript',
  tsx: 'TypeScript',
  mts: 'TypeScript',
  js: 'JavaScript',
  jsx: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  py: 'Python',
  rs: 'Rust',
  go: 'Go',
  java: 'Java',
  kt: 'Kotlin',
  swift: 'Swift',
  rb: 'Ruby',
  php: 'PHP',
  cs: 'C#',
  c: 'C',
  h: 'C',
  cc: 'C++',
  cpp: 'C++',
  hpp: 'C++',
  sql: 'SQL',
  sh: 'Shell',
  css: 'CSS',
  scss: 'CSS',
  html: 'HTML',
  vue: 'Vue',
  svelte: 'Svelte',
  md: 'Markdown',
  yml: 'YAML',
  yaml: 'YAML',
  dart: 'Dart',
  lua: 'Lua',
  ex: 'Elixir',
  scala: 'Scala',
};

const byName: ReadonlyMap<string, string> = new Map(
  Object.values(languages).map((name) => [name.toLowerCase(), name]),
);

/** The areas a memory counts for: its project, the languages of the files it names, its topic and those above it. */
export function placesOf(memory: Memory): readonly Place[] {
  const places: Place[] = [];
  const home = homeOf(memory);
  if (home !== '') places.push({ kind: 'project', area: home });
  const files = [
    ...memory.citations.map((citation) => citation.path),
    ...(memory.scope.level === 'path' ? [memory.scope.glob] : []),
  ];
  const named = files.map((file) => languages[/\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '']);
  const tagged = memory.tags.map((tag) => byName.get(tag.toLowerCase()));
  for (const language of new Set([...named, ...tagged])) {
    if (language !== undefined) places.push({ kind: 'language', area: language });
  }
  const parts = memory.topic === '' ? [] : memory.topic.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    places.push({
      kind: 'topic',
      area: parts.slice(0, depth).join('/'),
      ...(home === '' ? {} : { project: home }),
    });
  }
  return places;
}
