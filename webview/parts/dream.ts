/** One dream, with what it brings together. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MemoryCard } from '../../src/core/protocol.ts';
import { Part } from '../part.ts';
import { ageWords, plain, scopeWords } from '../words.ts';
import { evidenceOf, evidenceStyles } from './evidence.ts';
import { momentsOf } from './moments.ts';

@customElement('reverie-dream')
export class ReverieDream extends Part {
  @property({ attribute: false }) card: MemoryCard | undefined;
  @property({ type: Boolean }) active = false;

  static override styles = [
    ...Part.styles,
    evidenceStyles,
    css`
      :host {
        display: block;
        padding: 4px var(--r-edge) 8px;
      }
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        padding: 10px;
        border-radius: var(--r-radius);
        border: 1px solid var(--r-line);
        background: linear-gradient(150deg, color-mix(in srgb, var(--r-rem) 9%, transparent), transparent 60%);
      }
      .dismissed {
        opacity: 0.75;
      }
      .words {
        color: var(--r-strong);
        font-size: calc(var(--vscode-font-size, 13px) + 0.5px);
      }
      /* Its two sides stand beside each other where there is room. */
      .sides,
      .moments {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 190px), 1fr));
      }
      .follows {
        padding: 6px 8px;
        border-radius: var(--r-radius);
        background: color-mix(in srgb, var(--r-rem) 8%, transparent);
      }
      summary {
        cursor: pointer;
        width: fit-content;
      }
      /* What a dream is judged by stands in its words; the moments it quotes are longer than all of it. */
      .behind .moments {
        margin-top: 6px;
        font-size: var(--vscode-font-size, 13px);
      }
      .score dl {
        display: grid;
        grid-template-columns: auto 3.2em minmax(0, 1fr);
        gap: 2px 8px;
        margin: 4px 0 0;
      }
      .score dd {
        margin: 0;
      }
      .number {
        font-variant-numeric: tabular-nums;
      }
      .moment {
        border-left-color: color-mix(in srgb, var(--r-rem) 60%, transparent);
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { card, store } = this;
    if (card === undefined) return nothing;
    const now = store?.snapshot?.now ?? card.createdAt;
    const blocked = store?.busy(card.id) === true || store?.snapshot?.writable === false;
    const tab = this.active ? 0 : -1;
    const out = card.status === 'retired' || card.status === 'archived';
    return html`<article class="card ${out ? 'dismissed' : ''}" aria-busy=${store?.busy(card.id) === true}>
      <p class="words text" dir="auto">${plain(card.text)}</p>
      ${card.why === undefined ? nothing : html`<p class="soft small text" dir="auto">${plain(card.why, 600)}</p>`}
      ${this.follows(card)}
      <details class="behind small">
        <summary class="soft" tabindex=${tab}>the moments it came from</summary>
        ${card.sources === undefined || card.sources.length === 0 ? evidenceOf(store, card.id, now) : momentsOf(card.sources, now)}
      </details>
      ${this.score(card, tab)}
      <div class="acts">
        ${card.status === 'active' ? nothing : html`<button class="quiet main" tabindex=${tab} ?disabled=${blocked} @click=${() => void store?.accept(card)}>${out ? 'Keep after all' : 'Keep'}</button>`}
        ${out ? nothing : html`<button class="quiet" tabindex=${tab} ?disabled=${blocked} @click=${() => void store?.retire(card)}>Dismiss</button>`}
        <span class="small soft">dreamt ${ageWords(card.createdAt, now)}</span>
      </div>
    </article>`;
  }

  private follows({ dream, scope, status }: MemoryCard): TemplateResult | typeof nothing {
    if (dream === undefined || status === 'retired' || status === 'archived') return nothing;
    if (dream.proposal === '')
      return html`<p class="follows small">A question for you. Keeping it tells assistants nothing.</p>`;
    const where = scope.level === 'user' ? 'everywhere' : `in ${scopeWords(scope)}`;
    const lead = `${status === 'active' ? 'Assistants' : 'If you keep it, assistants'} are told ${where}:`;
    return html`<p class="follows small text" dir="auto">${lead} “${plain(dream.proposal, 400)}”</p>`;
  }

  private score({ dream }: MemoryCard, tab: number): TemplateResult | typeof nothing {
    if (dream === undefined) return nothing;
    const part = (name: string, value: number, weight: string, meaning: string) => html`<dt>${name}</dt>
      <dd class="number">${value.toFixed(2)}</dd>
      <dd class="soft">${weight}: ${meaning}</dd>`;
    return html`<details class="score small">
      <summary class="soft" tabindex=${tab}>score ${dream.score.toFixed(2)}</summary>
      <dl>
        ${part('novelty', dream.novelty, 'half of it', 'how unlike the two are in words and things, and how new there')}
        ${part('utility', dream.utility, 'three tenths', 'how many other moments it would have helped')}
        ${part('surprise', dream.surprise, 'two tenths', 'how rarely trouble of this kind is met')}
      </dl>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-dream': ReverieDream;
  }
}
