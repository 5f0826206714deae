import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { agentWrites } from '../../src/assistants/agentWrites.ts';

const file = '/p/src/a.ts';

suite('what an agent’s edit tool wrote', () => {
  const cases: readonly (readonly [who: string, tool: string, input: unknown, texts: readonly string[]])[] = [
    ['Copilot, a new file', 'create_file', { filePath: file, content: 'const a = 1;\n' }, ['const a = 1;\n']],
    [
      'Copilot, one replacement',
      'replace_string_in_file',
      { filePath: file, oldString: 'a', newString: 'b' },
      ['b'],
    ],
    [
      'Copilot, many',
      'multi_replace_string_in_file',
      {
        explanation: 'x',
        replacements: [
          { filePath: file, oldString: 'a', newString: 'b' },
          { filePath: file, oldString: 'c', newString: 'd' },
        ],
      },
      ['b', 'd'],
    ],
    [
      'Copilot, code with gaps',
      'insert_edit_into_file',
      { filePath: file, code: 'first();\n// ...existing code...\nlast();\n' },
      ['first();\n', 'last();\n'],
    ],
    ['Claude, a file', 'Write', { file_path: file, content: 'x = 1\n' }, ['x = 1\n']],
    ['Claude, an edit', 'Edit', { file_path: file, old_string: 'a', new_string: 'b' }, ['b']],
    [
      'Claude, many',
      'MultiEdit',
      {
        file_path: file,
        edits: [
          { old_string: 'a', new_string: 'b' },
          { old_string: 'c', new_string: 'd' },
        ],
      },
      ['b', 'd'],
    ],
    [
      'Copilot CLI',
      'str_replace_editor',
      { command: 'str_replace', path: file, old_str: 'a', new_str: 'b' },
      ['b'],
    ],
    [
      'a patch',
      'apply_patch',
      {
        input: `*** Begin Patch\n*** Update File: ${file}\n@@\n-old\n+new one\n+new two\n context\n+later\n*** End Patch`,
      },
      ['new one\nnew two', 'later'],
    ],
  ];
  for (const [who, tool, input, texts] of cases)
    test(who, () => assert.deepEqual(agentWrites(tool, input), [{ file, texts }]));

  test('tools that read wrote nothing', () => {
    assert.deepEqual(agentWrites('read_file', { filePath: file, content: 'x' }), []);
    assert.deepEqual(agentWrites('run_in_terminal', { command: 'rm x' }), []);
    assert.deepEqual(agentWrites(undefined, {}), []);
    assert.deepEqual(agentWrites('Write', { file_path: '', content: 'x' }), [], 'no file is named');
    assert.deepEqual(
      agentWrites('MultiEdit', { file_path: file, edits: [{ file_path: '', new_string: 'x' }] }),
      [{ file, texts: ['x'] }],
    );
  });

  test('whatever comes in, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4 }), (input) => {
        assert.ok(Array.isArray(agentWrites('Edit', input)));
      }),
    );
  });
});
