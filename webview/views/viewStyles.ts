/** Looks shared by the views: the bar above the list, chips, group headings. */
import { css } from 'lit';

export const viewStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .bar {
    display: grid;
    gap: 8px;
    padding: 10px var(--r-edge) 8px;
  }
  .search {
    width: 100%;
  }
  .glass {
    display: inline-flex;
    padding-left: 5px;
    color: var(--r-soft);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-height: 22px;
    padding: 0 8px;
    border-radius: 11px;
    border: 1px solid transparent;
    font-size: var(--r-small);
    color: var(--r-soft);
    background: var(--r-raised);
    white-space: nowrap;
  }
  .chip:hover {
    color: var(--r-fg);
  }
  .chip[aria-pressed='true'] {
    color: var(--vscode-list-inactiveSelectionForeground, var(--r-fg));
    background: color-mix(in srgb, var(--r-accent) 20%, transparent);
    border-color: color-mix(in srgb, var(--r-accent) 45%, transparent);
  }
  .chip .count {
    font-variant-numeric: tabular-nums;
  }
  :host-context(body.vscode-high-contrast) .chip,
  :host-context(body.vscode-high-contrast-light) .chip {
    border-color: var(--r-line);
    background: transparent;
  }
  :host-context(body.vscode-high-contrast) .chip[aria-pressed='true'],
  :host-context(body.vscode-high-contrast-light) .chip[aria-pressed='true'] {
    border: 2px solid var(--vscode-focusBorder);
    padding: 0 7px;
    font-weight: 600;
  }
  .none {
    padding: 24px 20px;
    text-align: center;
    color: var(--r-soft);
    text-wrap: pretty;
  }
`;

/** Headings within a list. */
export const groupStyles = css`
  h2.group {
    display: flex;
    align-items: baseline;
    gap: 8px;
    padding: 12px var(--r-edge) 4px;
    font-size: var(--r-small);
    font-weight: 600;
    letter-spacing: 0.02em;
    color: var(--r-soft);
  }
  h2.group .text {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-width: 0;
  }
  h2.group .count {
    font-weight: normal;
    font-variant-numeric: tabular-nums;
  }
`;
