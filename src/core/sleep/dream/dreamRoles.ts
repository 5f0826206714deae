/**
 * The parts that things play in a lesson: "the branch" and "the container" are both a place, "eslint" and "the tests"
 * both a check. Beside the schema (the relation) they are the structure in which two lessons can be alike.
 */
import { stancesOf } from '../../text/stance.ts';
import { termsOf } from '../../text/terms.ts';

/** Stems as `termsOf` makes them. */
const roles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    place:
      'branch workspac worktre directori dir folder repo repositori server contain stage product root path modul packag environ env layer session sandbox fork machin host cluster',
    check:
      'test lint linter type typecheck assert coverag build ci valid check verifi review qa snapshot hook',
    record:
      'changelog doc document readm commit log histori comment note spec task ticket issu plan rule adr descript instruct',
    tool: 'cli command tool npm pnpm yarn bun make script librari lib framework plugin sdk client driver docker git runner compil node mcp editor',
    data: 'databas db row tabl column schema migrat json yaml csv record cach file state storag fixtur config constant',
    surface:
      'ui button page screen dialog menu css layout icon color colour font view compon modal canva panel',
    fault: 'error bug warn except failur crash fail broken wrong malform',
    text: 'markdown format block bullet paragraph sentenc answer summari report wording',
    name: 'name titl prefix label identifi variabl',
    person: 'user me ask question confirm permiss approv reader custom',
    secret: 'secret token password key credenti auth',
    flow: 'pr merg push pull releas deploy commit rebas publish version tag',
    code: 'code function method class api endpoint interfac helper logic handler refactor',
  }).flatMap(([role, words]) => words.split(' ').map((word): [string, string] => [word, role])),
);

/** Roles, with `+` or `-` before those that are clearly wanted or turned down. */
export function rolesOf(text: string, complaint: boolean): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { words } of stancesOf(text, complaint)) {
    for (const { word, sign } of words) {
      for (const term of termsOf(word)) {
        const role = roles.get(term);
        if (role === undefined) continue;
        found.add(role);
        if (Math.abs(sign) >= 0.45) found.add(`${sign > 0 ? '+' : '-'}${role}`);
      }
    }
  }
  return found;
}

/** Shared roles over all roles (Jaccard), 0..1; 0 where neither has any. */
export function roleLikeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((role) => b.has(role)).length;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}
