import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { classify } from '../../src/core/capture/classify.ts';
import { tagsOf } from '../../src/core/capture/tags.ts';

describe('outcomes', () => {
  const passed = [{ type: 'command', failed: false }] as const;
  const failed = [{ type: 'command', failed: true }] as const;

  it('are what the user says of a command that bears it out', () => {
    assert.equal(classify({ text: 'all tests pass now', prev: 'Done.', signals: passed }).label, 'outcome');
    assert.equal(classify({ text: 'deployed to staging', prev: 'Done.', signals: passed }).label, 'outcome');
    const bad = classify({ text: 'ok, the build failed', prev: 'Let me see.', signals: failed });
    assert.ok(bad.label === 'outcome' || bad.label === 'correction');
  });

  it('are nothing without the command, against it, or as a question or an order', () => {
    assert.equal(classify({ text: 'all tests pass now', prev: 'Done.' }).label, 'neither');
    assert.equal(classify({ text: 'all tests pass now', prev: 'Done.', signals: failed }).label, 'neither');
    assert.equal(
      classify({ text: 'do all tests pass now?', prev: 'Done.', signals: passed }).label,
      'neither',
    );
    assert.equal(classify({ text: 'add a settings page', prev: 'Done.', signals: passed }).label, 'neither');
  });
});

describe('tagsOf', () => {
  it('names step, tools and kinds of files', () => {
    assert.deepEqual(tagsOf('run eslint before you commit src/app.ts'), [
      'commit',
      'lint',
      'eslint',
      'typescript',
    ]);
    assert.deepEqual(tagsOf('use pnpm, not npm'), ['pnpm', 'npm']);
    assert.deepEqual(tagsOf('PR titles follow our convention'), ['pull-request', 'rules']);
    assert.deepEqual(tagsOf('our Python services never mock the database'), ['test', 'python']);
  });

  it('does not take plain words for tools', () => {
    assert.deepEqual(tagsOf('make it express what we mean'), []);
    assert.deepEqual(tagsOf('call `make all` first'), ['make']);
  });

  it('gives few, plain tags for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const tags = tagsOf(text);
        assert.ok(tags.length <= 6);
        assert.equal(new Set(tags).size, tags.length);
        for (const tag of tags) assert.match(tag, /^[a-z][a-z0-9.#-]*$/);
      }),
    );
  });
});
