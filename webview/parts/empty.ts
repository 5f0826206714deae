/** What to do when there is nothing to see yet. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { css, html, type TemplateResult } from 'lit';
import type { SidebarCommand } from '../../src/core/protocol.ts';

export const emptyStyles = css`
  .empty {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 36px 20px 20px;
    text-align: center;
    text-wrap: pretty;
  }
  .empty svg.night {
    width: 84px;
    height: 56px;
    overflow: visible;
  }
  .empty .crescent {
    fill: var(--r-moon);
  }
  .empty .star {
    fill: var(--r-soft);
  }
  .empty h2 {
    font-size: calc(var(--vscode-font-size, 13px) + 2px);
    font-weight: 600;
    color: var(--r-strong);
  }
  .empty p {
    color: var(--r-soft);
    max-width: 34em;
  }
  .empty vscode-button {
    width: 100%;
    max-width: 260px;
  }
`;

export interface EmptyAction {
  readonly label: string;
  readonly command: SidebarCommand;
}

/** @param run starts the command of the button. The first action is the one we advise. */
export function emptyState(
  title: string,
  text: string,
  actions: readonly EmptyAction[],
  run: (command: SidebarCommand) => void,
): TemplateResult {
  return html`<div class="empty">
    <svg class="night" viewBox="0 0 84 56" aria-hidden="true" focusable="false">
      <path class="crescent" d="M50 44 A20 20 0 1 1 46 6 A16 16 0 1 0 50 44 Z"></path>
      <circle class="star" cx="66" cy="14" r="1.6"></circle>
      <circle class="star" cx="74" cy="30" r="1.1"></circle>
      <circle class="star" cx="14" cy="12" r="1.1"></circle>
      <circle class="star" cx="8" cy="36" r="1.5"></circle>
    </svg>
    <h2>${title}</h2>
    <p>${text}</p>
    ${actions.map(
      (action, index) =>
        html`<vscode-button block ?secondary=${index > 0} @click=${() => run(action.command)}>${action.label}</vscode-button>`,
    )}
  </div>`;
}
