/** Marks the words of a text that a search found. */
import { html, type TemplateResult } from 'lit';
import { foldWord } from './search.ts';

/** `text` must be harmless already (see `plain`). */
export function highlight(text: string, terms: ReadonlySet<string>): TemplateResult | string {
  if (terms.size === 0) return text;
  const parts = text.split(/([\p{L}\p{N}_]+)/u);
  return html`${parts.map((part, index) => (index % 2 === 1 && terms.has(foldWord(part)) ? html`<mark>${part}</mark>` : part))}`;
}
