/** The whole sidebar: header, views, messages. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type SidebarView, sidebarViews } from '../src/core/protocol.ts';
import { icon } from './icons.ts';
import { Part } from './part.ts';
import { firstState, type RuleFilter, type UiState } from './uiState.ts';
import './parts/header.ts';
import './views/rules.ts';
import './views/episodes.ts';
import './views/nights.ts';
import './views/dreams.ts';
import './views/map.ts';

const viewWords: Readonly<Record<SidebarView, string>> = {
  rules: 'Rules',
  episodes: 'Episodes',
  nights: 'Nights',
  dreams: 'Dreams',
  map: 'Map',
};

type Hint = readonly [key: string, does: string];

/** What the keys do, shown while the keyboard is used in a view. */
function hintsOf({ view, ruleFilter }: UiState): readonly Hint[] {
  switch (view) {
    case 'rules':
      return ruleHints[ruleFilter];
    case 'episodes':
      return [walk, ['⏎', 'open'], ['/', 'search']];
    case 'nights':
      return [walk, ['⏎', 'changes'], ['Tab', 'undo']];
    case 'dreams':
      return [walk, ['A', 'keep'], ['Del', 'dismiss']];
    case 'map':
      return [walk, ['⏎', 'open']];
  }
}

const walk: Hint = ['↑↓', 'move'];
const why: Hint = ['⏎', 'why'];
const ruleHints: Readonly<Record<RuleFilter, readonly Hint[]>> = {
  active: [walk, why, ['E', 'edit'], ['P', 'pin'], ['Del', 'retire']],
  proposed: [walk, why, ['A', 'accept'], ['E', 'edit'], ['Del', 'dismiss']],
  due: [walk, why, ['A', 'still true'], ['E', 'edit'], ['Del', 'retire']],
  retired: [walk, why, ['A', 'use again']],
};

@customElement('reverie-app')
export class ReverieApp extends Part {
  static override styles = [
    ...Part.styles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100vh;
        min-width: 0;
        overflow: hidden;
      }
      nav {
        display: flex;
        gap: 2px;
        padding: 0 calc(var(--r-edge) - 6px);
        border-bottom: 1px solid var(--r-line);
        flex: none;
      }
      .tab {
        position: relative;
        flex: 0 1 auto;
        min-width: 0;
        padding: 5px 7px 7px;
        color: var(--vscode-panelTitle-inactiveForeground, var(--r-soft));
        white-space: nowrap;
        border-radius: 4px 4px 0 0;
      }
      .tab:hover {
        color: var(--vscode-panelTitle-activeForeground, var(--r-fg));
      }
      .tab[aria-selected='true'] {
        color: var(--vscode-panelTitle-activeForeground, var(--r-fg));
      }
      .tab[aria-selected='true']::after {
        content: '';
        position: absolute;
        inset: auto 7px -1px;
        height: 2px;
        border-radius: 1px;
        background: var(--vscode-panelTitle-activeBorder, var(--r-accent));
      }
      .tab .dot {
        position: absolute;
        top: 6px;
        right: 1px;
        width: 5px;
        height: 5px;
        border-radius: 50%;
        background: var(--r-moon);
      }
      @media (max-width: 290px) {
        nav {
          gap: 0;
          justify-content: space-between;
        }
        .tab {
          padding-inline: 2px;
          font-size: var(--r-small);
        }
        .tab[aria-selected='true']::after {
          inset-inline: 2px;
        }
        .tab .dot {
          right: -4px;
        }
      }
      [role='tabpanel'] {
        display: flex;
        flex: 1;
        min-height: 0;
        min-width: 0;
        flex-direction: column;
      }
      .notices {
        position: absolute;
        inset: auto 8px 8px;
        display: grid;
        gap: 6px;
        z-index: 2;
      }
      .notice {
        display: flex;
        align-items: flex-start;
        gap: 8px;
        padding: 8px 6px 8px 10px;
        border-radius: var(--r-radius);
        background: var(--vscode-notifications-background, var(--vscode-editorWidget-background));
        color: var(--vscode-notifications-foreground, var(--r-fg));
        border: 1px solid var(--vscode-notificationToast-border, var(--vscode-widget-border, var(--r-line)));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      }
      .notice.error > .icon {
        color: var(--vscode-notificationsErrorIcon-foreground, var(--vscode-errorForeground));
      }
      .notice p {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .standing {
        display: flex;
        gap: 8px;
        padding: 8px var(--r-edge);
        border-bottom: 1px solid var(--r-line);
        overflow-wrap: anywhere;
      }
      .standing .icon {
        color: var(--vscode-editorWarning-foreground, var(--r-fg));
      }
      .trouble {
        display: grid;
        gap: 12px;
        justify-items: center;
        padding: 40px 20px;
        text-align: center;
      }
      .keys {
        display: none;
        flex-wrap: wrap;
        gap: 2px 10px;
        padding: 5px var(--r-edge);
        border-top: 1px solid var(--r-line);
        color: var(--r-soft);
        font-size: var(--r-small);
      }
      .keys.keyboard {
        display: flex;
      }
      kbd {
        font-family: inherit;
        font-size: 10px;
        padding: 0 4px;
        margin-right: 4px;
        border-radius: 3px;
        color: var(--vscode-keybindingLabel-foreground, var(--r-fg));
        background: var(--vscode-keybindingLabel-background, transparent);
        border: 1px solid var(--vscode-keybindingLabel-border, var(--r-line));
      }
    `,
  ];

  /** The last thing used was the keyboard, inside a view. */
  #keyboard = false;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey, true);
    window.addEventListener('pointerdown', this.#onPointer, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey, true);
    window.removeEventListener('pointerdown', this.#onPointer, true);
  }

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    if (store === undefined) return nothing;
    const { snapshot } = store;
    return html`
      ${snapshot === undefined ? this.waiting() : this.whole(snapshot.notices)}
      <div class="notices">
        ${store.notices.map(
          (
            notice,
          ) => html`<div class="notice ${notice.tone}" role=${notice.tone === 'error' ? 'alert' : 'status'}>
            ${icon(notice.tone === 'error' ? 'warning' : 'info')}
            <p>${notice.text}</p>
            <button class="tool" aria-label="Dismiss message" title="Dismiss" @click=${() => store.dismiss(notice.key)}>${icon('close')}</button>
          </div>`,
        )}
      </div>
      <div class="hidden-text" role="status" aria-live="polite">${store.announcement}</div>
    `;
  }

  private waiting(): TemplateResult | typeof nothing {
    const trouble = this.store?.trouble;
    if (trouble === undefined) return html`<p class="trouble soft" role="status">Waking up…</p>`;
    return html`<div class="trouble" role="alert">
      <p>${trouble}</p>
      <button class="quiet" @click=${() => this.store?.refresh()}>Try Again</button>
    </div>`;
  }

  private whole(standing: readonly string[]): TemplateResult {
    const { store } = this;
    const ui = store?.ui.value ?? firstState;
    const { view } = ui;
    return html`
      <reverie-header .store=${store}></reverie-header>
      ${standing.map((text) => html`<p class="standing" role="note">${icon('warning')}<span>${text}</span></p>`)}
      <nav role="tablist" aria-label="Reverie" @keydown=${this.onTabKey}>
        ${sidebarViews.map(
          (name) => html`<button
            class="tab"
            role="tab"
            id="tab-${name}"
            aria-selected=${name === view}
            aria-controls="panel"
            tabindex=${name === view ? 0 : -1}
            @click=${() => this.go(name)}
          >
            ${viewWords[name]}${this.dot(name)}
          </button>`,
        )}
      </nav>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${view}">${this.panel(view)}</div>
      <div class="keys ${this.#keyboard ? 'keyboard' : ''}" aria-hidden="true">
        ${hintsOf(ui).map(([key, does]) => html`<span><kbd>${key}</kbd>${does}</span>`)}
      </div>
    `;
  }

  /** Something in this view waits for a verdict. */
  private dot(name: SidebarView): TemplateResult | typeof nothing {
    const kinds = name === 'rules' ? ['rule', 'skill'] : name === 'dreams' ? ['insight'] : [];
    const waits = this.store?.snapshot?.memories.some(
      (card) => card.status === 'proposed' && kinds.includes(card.kind),
    );
    return waits === true
      ? html`<span class="dot" title="Waits for your verdict"></span><span class="hidden-text">, something waits for your verdict</span>`
      : nothing;
  }

  private panel(view: SidebarView): TemplateResult {
    switch (view) {
      case 'rules':
        return html`<reverie-rules .store=${this.store}></reverie-rules>`;
      case 'episodes':
        return html`<reverie-episodes .store=${this.store}></reverie-episodes>`;
      case 'nights':
        return html`<reverie-nights .store=${this.store}></reverie-nights>`;
      case 'dreams':
        return html`<reverie-dreams .store=${this.store}></reverie-dreams>`;
      case 'map':
        return html`<reverie-map .store=${this.store}></reverie-map>`;
    }
  }

  private go(view: SidebarView): void {
    this.store?.ui.change({ view });
  }

  private onTabKey = (event: KeyboardEvent): void => {
    const at = sidebarViews.indexOf(this.store?.ui.value.view ?? 'rules');
    const last = sidebarViews.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const to = sidebarViews[steps[event.key] ?? -1];
    if (to === undefined) return;
    event.preventDefault();
    this.go(to);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${to}`)?.focus());
  };

  #onKey = (event: KeyboardEvent): void => {
    const panel = this.renderRoot.querySelector('#panel');
    this.#setKeyboard(panel !== null && event.composedPath().includes(panel));
    const typing = event
      .composedPath()
      .some((node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement);
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = this.renderRoot
      .querySelector('#panel > *')
      ?.shadowRoot?.querySelector<HTMLElement>('.search');
    if (field === null || field === undefined) return;
    event.preventDefault();
    field.focus();
  };

  #onPointer = (): void => this.#setKeyboard(false);

  #setKeyboard(on: boolean): void {
    if (this.#keyboard === on) return;
    this.#keyboard = on;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-app': ReverieApp;
  }
}
