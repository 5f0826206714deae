/** How one rule looks. */
import { css } from 'lit';

export const ruleStyles = css`
  :host {
    display: block;
    padding: 7px var(--r-edge) 6px;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
    cursor: pointer;
  }
  .card.proposed {
    padding-left: 9px;
    border-left: 2px solid var(--r-moon);
  }
  .card.retired .words {
    color: var(--r-soft);
    text-decoration: line-through;
    text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);
  }
  .words {
    color: var(--r-strong);
  }
  .meta {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 22px;
    color: var(--r-soft);
    font-size: var(--r-small);
  }
  .state {
    display: flex;
    align-items: center;
    gap: 6px;
    flex: 1 1 0;
    min-width: 0;
  }
  .state .receipts {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .meter {
    display: inline-flex;
    gap: 2px;
    flex: none;
  }
  .meter i {
    width: 4px;
    height: 9px;
    border-radius: 1.5px;
    border: 1px solid color-mix(in srgb, var(--r-moon) 70%, transparent);
  }
  .meter i.on {
    background: var(--r-moon);
    border-color: var(--r-moon);
  }
  .meta .pinned,
  .meta .guard {
    color: var(--r-moon);
    display: inline-flex;
  }
  .tools {
    display: flex;
    flex: none;
    /* The list shows them while its row is pointed at or has the focus. */
    opacity: var(--r-tools-opacity, 0);
    width: var(--r-tools-width, 0);
    overflow: hidden;
  }
  .tools.shown {
    opacity: 1;
    width: auto;
  }
  .why {
    display: inline-flex;
    align-items: center;
    flex: none;
    height: 22px;
    margin-right: -4px;
    padding-left: 4px;
    border-radius: 4px;
    color: var(--r-soft);
  }
  @media (max-width: 300px) {
    .ask {
      display: none;
    }
  }
  .why:hover,
  .open .why {
    color: var(--vscode-textLink-foreground);
  }
  .verdict {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 2px 0 2px;
  }
  .more {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding: 6px 0 6px;
    cursor: auto;
  }
  .because {
    color: var(--r-fg);
  }
  .alert {
    display: flex;
    gap: 6px;
    color: var(--vscode-editorWarning-foreground, var(--r-fg));
  }
  .alert span:last-child {
    color: var(--r-fg);
  }
  .edit {
    display: grid;
    gap: 6px;
    cursor: auto;
  }
  vscode-textarea {
    width: 100%;
    min-height: 64px;
  }
  .chevron {
    transition: rotate 120ms ease;
    display: inline-flex;
  }
  .open .chevron {
    rotate: 90deg;
  }
`;
