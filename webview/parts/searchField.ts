/** The search box of a view. Escape empties it; the arrow down goes to the results. */
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';

export function searchField(deps: {
  readonly label: string;
  readonly query: string;
  readonly changed: (query: string) => void;
  readonly leave: () => void;
}): TemplateResult {
  return html`<vscode-textfield
    class="search"
    type="text"
    autocomplete="off"
    .label=${deps.label}
    placeholder="${deps.label}  /"
    .value=${deps.query}
    @input=${(event: Event) => {
      const field = event.currentTarget;
      if (field instanceof HTMLElement && 'value' in field) deps.changed(String(field.value));
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape' && deps.query !== '') deps.changed('');
      else if (event.key === 'ArrowDown') deps.leave();
      else return;
      event.preventDefault();
    }}
  >
    <span slot="content-before" class="glass">${icon('search')}</span>
    ${
      deps.query === ''
        ? nothing
        : html`<button slot="content-after" class="tool" aria-label="Clear search" title="Clear (Escape)" @click=${() => deps.changed('')}>
            ${icon('close')}
          </button>`
    }
  </vscode-textfield>`;
}
