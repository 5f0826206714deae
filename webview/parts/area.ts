/** One area of knowledge: how well it is known, the best of it, and what is missing. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ProjectId } from '../../src/core/memory.ts';
import type { AreaCard } from '../../src/core/protocol.ts';
import { icon } from '../icons.ts';
import { Part } from '../part.ts';
import { knowledgeWords, plain, plural, projectWords } from '../words.ts';

@customElement('reverie-area')
export class ReverieArea extends Part {
  @property({ attribute: false }) card: AreaCard | undefined;
  @property({ attribute: false }) key = '';
  @property({ type: Boolean }) active = false;
  @property({ type: Boolean }) open = false;

  static override styles = [
    ...Part.styles,
    css`
      :host {
        display: block;
        padding: 5px var(--r-edge);
      }
      .area {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 3px;
        cursor: pointer;
      }
      .line {
        display: flex;
        align-items: baseline;
        gap: 8px;
      }
      .name {
        flex: 1;
        min-width: 0;
        color: var(--r-strong);
        overflow-wrap: anywhere;
      }
      .bar {
        width: 100%;
        height: 4px;
        border-radius: 2px;
        background: var(--r-raised);
        overflow: hidden;
        border: 1px solid transparent;
      }
      :host-context(body.vscode-high-contrast) .bar,
      :host-context(body.vscode-high-contrast-light) .bar {
        border-color: var(--r-line);
      }
      .bar rect {
        fill: var(--r-moon);
      }
      ul {
        margin: 4px 0 2px;
        padding-left: 16px;
        display: grid;
        gap: 4px;
      }
      .gap {
        display: flex;
        gap: 6px;
        color: var(--r-soft);
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { card } = this;
    if (card === undefined) return nothing;
    const name = card.kind === 'project' ? projectWords(card.area as ProjectId) : plain(card.area, 80);
    const place =
      card.kind === 'topic' && card.project !== undefined ? projectWords(card.project) : undefined;
    const width = Math.round(card.score * 100);
    return html`<article class="area" @click=${this.onClick}>
      <div class="line">
        <span class="name" dir="auto">${name}${place === undefined ? nothing : html` <span class="small soft">${place}</span>`}</span>
        <button
          class="small soft"
          aria-expanded=${this.open}
          tabindex=${this.active ? 0 : -1}
          @click=${this.onToggle}
        >
          ${knowledgeWords[card.band]}
        </button>
      </div>
      <svg class="bar" role="img" aria-label="Known to ${width} %" viewBox="0 0 100 4" preserveAspectRatio="none">
        <rect width=${width} height="4"></rect>
      </svg>
      <p class="small soft">
        ${plural(card.memories, 'memory', 'memories')}, ${plural(card.conclusions, 'rule')}${card.gaps.length > 0 && !this.open ? ` · ${plural(card.gaps.length, 'gap')}` : ''}
      </p>
      ${this.open ? this.more(card) : nothing}
    </article>`;
  }

  private more(card: AreaCard): TemplateResult {
    return html`${
      card.known.length === 0
        ? nothing
        : html`<ul aria-label="Known best">${card.known.map(({ text }) => html`<li class="text" dir="auto">${plain(text, 300)}</li>`)}</ul>`
    }
    ${card.gaps.map((gap) => html`<p class="gap small">${icon('info')}<span>${plain(gap, 200)}</span></p>`)}`;
  }

  private onClick = (): void => {
    if (getSelection()?.isCollapsed === false) return;
    this.store?.ui.toggle(this.key);
  };

  private onToggle = (event: Event): void => {
    event.stopPropagation();
    this.store?.ui.toggle(this.key);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-area': ReverieArea;
  }
}
