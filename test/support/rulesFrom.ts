/** From what is said to a rule: capture, then crystallization. */
import { dayMs } from '../../src/core/memory.ts';
import { crystallization } from '../../src/core/sleep/crystallization.ts';
import { noon, project } from './builders.ts';
import { createTestCapture } from './capturing.ts';
import { runPhase } from './phaseRun.ts';

/** Each remark follows work of an assistant, in a conversation of its own. */
export async function rulesFrom(remarks: readonly string[]) {
  return (await nightAfter(remarks)).rules;
}

/** The rules with the words that stand behind each. */
export async function nightAfter(remarks: readonly string[]) {
  const { ingest, episodes } = createTestCapture();
  for (const [at, remark] of remarks.entries()) {
    const said = (role: 'user' | 'assistant', text: string, turn: number) => ({
      type: 'message' as const,
      message: {
        format: 'claude-code' as const,
        role,
        text,
        session: `s${at}`,
        message: `a-message-of-its-own-${at}-${turn}`,
        at: noon - (remarks.length - at) * dayMs + turn * 1000,
        project: project('/home/ada/kiln'),
        signals: [],
      },
    });
    await ingest([
      said('user', 'glaze-parser', 1),
      said('assistant', 'Ran `npm install glaze-parser`. Committed: "fix".', 2),
      said('user', remark, 3),
    ]);
  }
  const { after } = await runPhase(crystallization, { memories: episodes() });
  const rules = after.memories.filter(({ kind }) => kind === 'rule');
  const said = new Map(after.memories.map(({ id, text }) => [id, text]));
  const evidenceOf = (id: string) =>
    after.evidence.flatMap(({ memory, episode }) => (memory === id ? [said.get(episode) ?? ''] : []));
  return { rules, evidenceOf };
}
