/**
 * Looks shared by all parts. Colours are VS Code's own, or mixed from them; a few names give them meaning here.
 * High-contrast themes leave many backgrounds undefined and define `contrastBorder`: both are respected.
 */
import { css } from 'lit';

/** Adopted by the document: the page itself, and names that shadow trees inherit. */
export const pageStyles = css`
  :root {
    --r-fg: var(--vscode-sideBar-foreground, var(--vscode-foreground));
    --r-bg: var(--vscode-sideBar-background, var(--vscode-editor-background));
    --r-strong: var(--vscode-sideBarTitle-foreground, var(--vscode-foreground));
    --r-soft: color-mix(in srgb, var(--vscode-descriptionForeground) 86%, var(--r-bg));
    --r-line: var(--vscode-contrastBorder, color-mix(in srgb, var(--vscode-foreground) 12%, transparent));
    --r-raised: color-mix(in srgb, var(--vscode-foreground) 4%, transparent);
    --r-hover: var(--vscode-list-hoverBackground, color-mix(in srgb, var(--vscode-foreground) 6%, transparent));
    --r-accent: var(--vscode-textLink-foreground, var(--vscode-focusBorder));
    --r-moon: color-mix(in srgb, var(--vscode-charts-yellow, var(--vscode-foreground)) 55%, var(--vscode-foreground));
    --r-n1: color-mix(in srgb, var(--vscode-charts-blue) 48%, var(--r-bg));
    --r-n2: color-mix(in srgb, var(--vscode-charts-blue) 74%, var(--r-bg));
    --r-n3: var(--vscode-charts-blue);
    --r-rem: var(--vscode-charts-purple);
    --r-radius: 6px;
    --r-edge: 12px;
    --r-small: calc(var(--vscode-font-size, 13px) - 2px);
    --r-mono: var(--vscode-editor-font-family, monospace);
  }
  html,
  body {
    height: 100%;
    margin: 0;
    padding: 0;
    overflow: hidden;
  }
  body {
    background: var(--r-bg);
    color: var(--r-fg);
    font-family: var(--vscode-font-family, system-ui, sans-serif);
    font-size: var(--vscode-font-size, 13px);
    font-weight: var(--vscode-font-weight, normal);
    line-height: 1.45;
  }
  body.vscode-light {
    --r-moon: color-mix(in srgb, var(--vscode-charts-yellow, var(--vscode-foreground)) 82%, var(--vscode-foreground));
  }
  body.vscode-high-contrast,
  body.vscode-high-contrast-light {
    --r-line: var(--vscode-contrastBorder);
    --r-raised: transparent;
    --r-hover: var(--vscode-list-hoverBackground, transparent);
    --r-moon: var(--vscode-foreground);
    --r-soft: var(--vscode-foreground);
    --r-n1: var(--vscode-charts-blue);
    --r-n2: var(--vscode-charts-blue);
  }
`;

/** Adopted by each part's shadow tree. */
export const shared = css`
  :host {
    box-sizing: border-box;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  blockquote {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  .icon {
    display: inline-flex;
    width: 16px;
    height: 16px;
    flex: none;
  }
  .icon svg {
    width: 16px;
    height: 16px;
    fill: currentColor;
  }
  button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    color: inherit;
  }
  button:focus-visible,
  [tabindex]:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  button[disabled] {
    opacity: 0.5;
    cursor: default;
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 24px;
    height: 22px;
    border-radius: 5px;
    color: var(--vscode-icon-foreground, var(--r-fg));
  }
  .tool:hover:not([disabled]) {
    background: var(--vscode-toolbar-hoverBackground, var(--r-hover));
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
    outline-offset: -1px;
  }
  .tool:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .quiet {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 22px;
    padding: 0 8px;
    border-radius: 4px;
    border: 1px solid var(--r-line);
    font-size: var(--r-small);
    white-space: nowrap;
  }
  .quiet:hover:not([disabled]) {
    background: var(--vscode-toolbar-hoverBackground, var(--r-hover));
  }
  .quiet.main {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    border-color: var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
  }
  .quiet.main:hover:not([disabled]) {
    background: var(--vscode-button-hoverBackground);
  }
  .quiet.main:focus-visible {
    outline-offset: 1px;
  }
  .link {
    color: var(--vscode-textLink-foreground);
    font-size: var(--r-small);
    border-radius: 2px;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
    text-decoration: underline;
  }
  .soft {
    color: var(--r-soft);
  }
  .small {
    font-size: var(--r-small);
  }
  .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  mark {
    background: var(--vscode-editor-findMatchHighlightBackground, color-mix(in srgb, var(--vscode-charts-yellow) 40%, transparent));
    color: inherit;
    border-radius: 2px;
    outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
    outline-offset: -1px;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none;
      transition: none;
    }
  }
`;
