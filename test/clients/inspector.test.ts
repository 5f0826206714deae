/** Our MCP server as the protocol's official inspector sees it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { commandLine } from '../support/commandLine.ts';
import { type ClientWorld, clientWorld } from './world.ts';

const toolList = z.object({
  tools: z.array(
    z.object({
      name: z.string(),
      description: z.string().min(1),
      inputSchema: z.looseObject({ type: z.literal('object') }),
    }),
  ),
});
const toolAnswer = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })).min(1),
});
const resourceList = z.object({ resources: z.array(z.looseObject({ uri: z.string(), name: z.string() })) });
const resource = z.object({ contents: z.array(z.looseObject({ uri: z.string(), text: z.string() })) });
const promptList = z.object({ prompts: z.array(z.looseObject({ name: z.string() })) });
const prompt = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.looseObject({ text: z.string() }) })).min(1),
});

describe('the inspector in command-line mode', { skip: process.platform === 'win32' }, () => {
  let world: ClientWorld;
  before(async () => {
    world = await clientWorld();
    await world.reverie('remember', 'Never run git push --force.');
    await world.reverie('sleep');
  });
  after(() => world?.close());

  async function inspect(method: string, ...words: readonly string[]): Promise<unknown> {
    const server = ['--cli', process.execPath, commandLine, 'mcp'];
    const { code, stdout, stderr } = await world.run('mcp-inspector', [
      ...server,
      '--method',
      method,
      ...words,
    ]);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    return JSON.parse(stdout);
  }

  it('lists and calls the tools', async () => {
    const { tools } = toolList.parse(await inspect('tools/list'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), ['forget', 'recall', 'remember', 'rules']);
    const call = ['--tool-name', 'recall', '--tool-arg', 'query=may I use git push --force?'];
    const answer = toolAnswer.parse(await inspect('tools/call', ...call));
    assert.notEqual(answer.isError, true);
    assert.match(answer.content[0]?.text ?? '', /Never run git push --force/);
  });

  it('lists and reads the resource and the prompt', async () => {
    const { resources } = resourceList.parse(await inspect('resources/list'));
    assert.ok(resources.some(({ uri }) => uri === 'reverie://rules'));
    const { contents } = resource.parse(await inspect('resources/read', '--uri', 'reverie://rules'));
    assert.match(contents[0]?.text ?? '', /Never run git push --force/);
    const { prompts } = promptList.parse(await inspect('prompts/list'));
    assert.ok(prompts.some(({ name }) => name === 'reverie-standup'));
    const { messages } = prompt.parse(await inspect('prompts/get', '--prompt-name', 'reverie-standup'));
    assert.notEqual(messages[0]?.content.text, '');
  });
});
