/** The evidence of a memory, asked for when it is first shown. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MemoryId } from '../../src/core/memory.ts';
import type { Store } from '../store.ts';
import { momentStyles, momentsOf } from './moments.ts';

export const evidenceStyles = momentStyles;

export function evidenceOf(
  store: Store | undefined,
  id: MemoryId,
  now: number,
): TemplateResult | typeof nothing {
  const evidence = store?.evidence(id);
  switch (evidence?.state) {
    case undefined:
      return nothing;
    case 'loading':
      return html`<p class="soft small">Looking for the moments it came from…</p>`;
    case 'failed':
      return html`<p class="soft small">${evidence.message}</p>`;
    case 'here':
      return evidence.value.length === 0
        ? html`<p class="soft small">The moments it came from were deleted.</p>`
        : momentsOf(evidence.value, now);
  }
}
