/** What the owner does to a memory by hand. Every act is journalled under its name and can be explained later. */
import { ReverieError } from './errors.ts';
import type { Memory, MemoryId } from './memory.ts';
import type { MemoryStore, Tokenizer } from './ports.ts';

export interface OwnerActs {
  /** A proposed rule, skill or insight comes into use; a retired or archived one comes back. Counts as a confirmation. */
  accept(id: MemoryId): Promise<Memory>;
  /** Out of use, but kept: it is not told, not reborn from the same evidence, and can be accepted again. */
  retire(id: MemoryId): Promise<Memory>;
  /** New words by the owner: in use at once. Throws `invalid-input` for empty text. */
  edit(id: MemoryId, text: string): Promise<Memory>;
  /** Pinned memories do not fade and are never pruned. */
  pin(id: MemoryId, pinned?: boolean): Promise<Memory>;
  /** Guards make an assistant ask before it breaks the rule. */
  guard(id: MemoryId, guard?: boolean): Promise<Memory>;
}

export function createOwnerActs(deps: {
  readonly memories: MemoryStore;
  /** Loaded only when words are edited. */
  readonly tokenizer: () => Promise<Tokenizer>;
}): OwnerActs {
  const { memories } = deps;
  const known = async (id: MemoryId) => {
    const memory = await memories.get(id);
    if (memory === undefined) throw new ReverieError('not-found', `There is no memory ${id}.`);
    return memory;
  };
  return {
    async accept(id) {
      const memory = await known(id);
      if (memory.status === 'active') return memory;
      const confirmed = memory.status === 'proposed' ? { alpha: memory.alpha + 1 } : {};
      return memories.update(
        id,
        { status: 'active', contradictedBy: null, obsoleteAt: null, ...confirmed },
        'accept',
      );
    },
    async retire(id) {
      const memory = await known(id);
      return memory.status === 'retired' ? memory : memories.update(id, { status: 'retired' }, 'retire');
    },
    async edit(id, text) {
      const words = text.trim();
      if (words === '') throw new ReverieError('invalid-input', 'A memory needs words.');
      const memory = await known(id);
      const tokens = (await deps.tokenizer()).count([words, memory.lesson.why ?? ''].join('\n'));
      const lesson = { ...memory.lesson, statement: words };
      return memories.update(id, { text: words, lesson, tokens, confidence: 1, status: 'active' }, 'edit');
    },
    async pin(id, pinned = true) {
      const memory = await known(id);
      return memory.pinned === pinned ? memory : memories.update(id, { pinned }, pinned ? 'pin' : 'unpin');
    },
    async guard(id, guard = true) {
      const memory = await known(id);
      return memory.guard === guard ? memory : memories.update(id, { guard }, guard ? 'guard' : 'unguard');
    },
  };
}

const ownerActs: Readonly<Record<string, string>> = {
  accept: 'You took it into use.',
  retire: 'You took it out of use.',
  edit: 'You gave it other words.',
  pin: 'You pinned it.',
  unpin: 'You let it fade again.',
  guard: 'You made it a guard.',
  unguard: 'You let assistants break it unasked again.',
};

/** What happened to a memory, from its journal: what its owner did needs no reason. */
export const historyWords = ({ act, why }: { readonly act: string; readonly why: string }): string =>
  ownerActs[act] ?? (why === act ? act : `${act}: ${why}`);
