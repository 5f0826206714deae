/** Codicons, inlined as SVG: no font to load, and only the icons that are used. */
import archive from '@vscode/codicons/src/icons/archive.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import importing from '@vscode/codicons/src/icons/cloud-download.svg';
import discard from '@vscode/codicons/src/icons/discard.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import history from '@vscode/codicons/src/icons/history.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import lightbulb from '@vscode/codicons/src/icons/lightbulb.svg';
import link from '@vscode/codicons/src/icons/link.svg';
import pin from '@vscode/codicons/src/icons/pin.svg';
import pinned from '@vscode/codicons/src/icons/pinned.svg';
import plug from '@vscode/codicons/src/icons/plug.svg';
import search from '@vscode/codicons/src/icons/search.svg';
import shield from '@vscode/codicons/src/icons/shield.svg';
import sparkle from '@vscode/codicons/src/icons/sparkle.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import unarchive from '@vscode/codicons/src/icons/unarchive.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

const icons = {
  archive,
  check,
  chevronRight,
  close,
  discard,
  edit,
  history,
  importing,
  info,
  link,
  lightbulb,
  pin,
  pinned,
  plug,
  search,
  shield,
  sparkle,
  trash,
  unarchive,
  warning,
} as const;
export type IconName = keyof typeof icons;

/** Decoration only: what it means must also be said in words. The markup is our own bundle's, never data. */
export function icon(name: IconName): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${unsafeHTML(icons[name])}</span>`;
}
