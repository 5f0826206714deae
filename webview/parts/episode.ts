/** One episode of the timeline: the user's words, and on opening what surrounded them. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MemoryId } from '../../src/core/memory.ts';
import type { EpisodeCard } from '../../src/core/protocol.ts';
import { highlight } from '../highlight.ts';
import { icon } from '../icons.ts';
import { labelColours } from '../labelColours.ts';
import { Part } from '../part.ts';
import { assistantWords, dayWords, labelWords, plain, projectWords, timeWords } from '../words.ts';
import { evidenceOf, evidenceStyles } from './evidence.ts';

const closedLength = 320;
const none: ReadonlySet<string> = new Set();

@customElement('reverie-episode')
export class ReverieEpisode extends Part {
  @property({ attribute: false }) card: EpisodeCard | undefined;
  @property({ type: Boolean }) active = false;
  @property({ type: Boolean }) open = false;
  /** Say the day too: in search results there are no day headings. */
  @property({ type: Boolean }) dated = false;
  @property({ attribute: false }) terms: ReadonlySet<string> = none;

  @state() private asking = false;

  static override styles = [
    ...Part.styles,
    evidenceStyles,
    labelColours,
    css`
      :host {
        display: block;
        padding: 5px var(--r-edge);
      }
      .card {
        display: grid;
        grid-template-columns: 10px minmax(0, 1fr);
        gap: 1px 8px;
        cursor: pointer;
      }
      .mark {
        position: relative;
        display: flex;
        justify-content: center;
      }
      .mark::before {
        content: '';
        position: absolute;
        inset: -5px auto -5px;
        width: 1px;
        background: var(--r-line);
      }
      .mark i {
        position: relative;
        width: 8px;
        height: 8px;
        margin-top: 5px;
        border-radius: 50%;
        background: var(--r-label);
        outline: 3px solid var(--r-bg);
      }
      .words {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        overflow: hidden;
        white-space: normal;
      }
      .open .words {
        display: block;
        white-space: pre-wrap;
      }
      .faded .words {
        color: var(--r-soft);
      }
      .from {
        color: var(--r-soft);
        font-size: var(--r-small);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .from {
        white-space: normal;
        overflow-wrap: anywhere;
      }
      .more {
        grid-column: 2;
        display: grid;
        gap: 6px;
        padding: 4px 0 4px;
        cursor: auto;
      }
      .context {
        padding: 6px 8px;
        border-radius: var(--r-radius);
        background: var(--r-raised);
        border: 1px solid var(--r-line);
        color: var(--r-soft);
        font-size: var(--r-small);
      }
      .sure {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { card } = this;
    if (card === undefined) return nothing;
    const now = this.store?.snapshot?.now ?? card.at;
    const from = [
      labelWords[card.label],
      this.dated ? dayWords(card.at, now) : timeWords(card.at),
      assistantWords(card.assistant),
      card.project === undefined ? undefined : projectWords(card.project),
      card.merged !== undefined ? 'merged' : card.status === 'archived' ? 'faded' : undefined,
    ];
    return html`<div class="card ${card.label} ${this.open ? 'open' : ''} ${card.status === 'active' ? '' : 'faded'}" @click=${this.onClick}>
      <span class="mark" aria-hidden="true"><i></i></span>
      <div>
        <p class="words text" dir="auto">${highlight(plain(card.text, this.open ? undefined : closedLength), this.terms)}</p>
        <p class="from">${from.filter((part) => part !== undefined).join(' · ')}</p>
      </div>
      ${this.open ? this.more(card) : nothing}
    </div>`;
  }

  private more(card: EpisodeCard): TemplateResult {
    const tab = this.active ? 0 : -1;
    const blocked = this.store?.busy(card.id) === true || this.store?.snapshot?.writable === false;
    return html`<div class="more" @click=${(event: Event) => event.stopPropagation()}>
      ${card.context === undefined || card.context === '' ? nothing : html`<div class="context text" dir="auto">The assistant had said: ${plain(card.context, 600)}</div>`}
      ${card.merged === undefined ? nothing : this.mergedWith(card.merged, card.id)}
      <p class="small soft">
        ${new Date(card.at).toLocaleString()}${card.session === undefined ? '' : ` · session ${plain(card.session, 60)}`} · mattered
        ${Math.round(card.salience * 100)} %
      </p>
      ${
        this.asking
          ? html`<div class="sure" role="group" aria-label="Forget this moment?">
              <span>Forget this moment for good?</span>
              <button class="quiet main" tabindex=${tab} ?disabled=${blocked} @click=${() => void this.store?.forget(card)}>Forget</button>
              <button class="quiet" tabindex=${tab} @click=${() => this.ask(false)}>Keep</button>
            </div>`
          : html`<div class="sure">
              <button class="quiet" tabindex=${tab} ?disabled=${blocked} @click=${() => this.ask(true)}>${icon('trash')} Forget…</button>
            </div>`
      }
    </div>`;
  }

  private mergedWith(id: MemoryId, own: MemoryId): TemplateResult {
    const now = this.store?.snapshot?.now ?? 0;
    return html`<p class="small soft">A night took it together with:</p>${evidenceOf(this.store, id, now, own)}`;
  }

  private ask(asking: boolean): void {
    this.asking = asking;
    /* The button that was pressed is gone: keep the keyboard where it was. */
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.sure button:last-of-type')?.focus(),
    );
  }

  private onClick = (): void => {
    if (this.card === undefined || getSelection()?.isCollapsed === false) return;
    this.store?.ui.toggle(this.card.id);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-episode': ReverieEpisode;
  }
}
