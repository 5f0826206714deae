/** The evidence of a memory, asked for when it is first shown. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MemoryId } from '../../src/core/memory.ts';
import type { Store } from '../store.ts';
import { momentStyles, momentsOf } from './moments.ts';

export const evidenceStyles = momentStyles;

/** @param but a moment that need not be told, as it is in sight. */
export function evidenceOf(
  store: Store | undefined,
  id: MemoryId,
  now: number,
  but?: MemoryId,
): TemplateResult | typeof nothing {
  const evidence = store?.evidence(id);
  switch (evidence?.state) {
    case undefined:
      return nothing;
    case 'loading':
      return html`<p class="soft small">Looking for the moments it came from…</p>`;
    case 'failed':
      return html`<p class="soft small">${evidence.message}</p>`;
    case 'here': {
      const told = evidence.value.filter((moment) => moment.id !== but);
      return told.length === 0
        ? html`<p class="soft small">The moments it came from were deleted.</p>`
        : momentsOf(told, now);
    }
  }
}
