/** `write-rules`: the rules in force, in a managed block of an assistant's own instruction file. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  applyEdit,
  instructionTargets,
  isInstructionTarget,
  planRemoval,
  planWriting,
} from '../../assistants/instructionFiles.ts';
import { patchOf } from '../../assistants/patch.ts';
import { ReverieError } from '../../core/errors.ts';
import { mayBeTold } from '../../core/injection/eligible.ts';
import { staleCitation } from '../../core/injection/staleness.ts';
import { fileBlob } from '../../transcripts/fileBlob.ts';
import { agreed, someoneIsThere } from '../agreed.ts';
import { type CommonOptions, withContext } from '../context.ts';

interface WriteOptions extends CommonOptions {
  readonly to: string;
  readonly dir: string;
  readonly dryRun?: boolean;
  readonly remove?: boolean;
}

/** Registers the command on `program`. */
export function addWriteRulesCommand(program: Command): void {
  const targets = Object.keys(instructionTargets).join(', ');
  program
    .command('write-rules')
    .description("writes this project's rules into a managed block of an instruction file")
    .requiredOption('--to <target>', targets)
    .option('--dir <folder>', "the project's folder", '.')
    .option('--dry-run', 'only show the difference')
    .option('--remove', 'take the block out again')
    .action(async (_options: object, command: Command) => {
      const options = command.optsWithGlobals<WriteOptions>();
      const target = options.to;
      if (!isInstructionTarget(target)) throw new ReverieError('usage', `--to is one of ${targets}.`);
      await withContext(options, async (context) => {
        const directory = resolve(options.dir);
        const project = context.projectNamed ? context.project : context.projectRoot(directory);
        const rules = await context.database.memories.list({
          kinds: ['rule', 'skill'],
          statuses: ['active'],
          project,
          order: 'strongest',
        });
        /* The user's own rules are theirs: a file that a team shares gets only the project's. */
        const ours = rules.filter(
          (rule) =>
            rule.scope.level !== 'user' &&
            mayBeTold(rule, project) &&
            staleCitation(rule, fileBlob) === undefined,
        );
        const edits = options.remove ? planRemoval(target, directory) : planWriting(target, directory, ours);
        const diff = edits.map(patchOf).join('\n');
        const changes = edits.some(({ before, after }) => before !== after);
        if (changes && !options.dryRun) {
          const asks = someoneIsThere(options);
          if (asks) process.stderr.write(`${diff.trimEnd()}\n`);
          if (asks && !(await agreed('Write this?'))) return;
          for (const edit of edits) applyEdit(edit);
          if (asks) return;
        }
        context.print(
          {
            file: edits[0]?.file,
            changed: changes,
            rules: ours.length,
            diff,
            files: edits.filter(({ before, after }) => before !== after).map(({ file }) => file),
          },
          () =>
            changes || options.remove || ours.length > 0
              ? diff
              : 'No rule of this project is in force: nothing to write.',
        );
      });
    });
}
