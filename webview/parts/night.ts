/** One night. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NightCard, NightChange } from '../../src/core/protocol.ts';
import { type IconName, icon } from '../icons.ts';
import { Part } from '../part.ts';
import { dayWords, durationWords, phaseWords, plain, plural, timeWords } from '../words.ts';
import './hypnogram.ts';

const whatIcons: Readonly<Record<NightChange['what'], IconName>> = {
  born: 'sparkle',
  changed: 'edit',
  linked: 'link',
  other: 'info',
};
const whatWords: Readonly<Record<NightChange['what'], string>> = {
  born: 'New',
  changed: 'Changed',
  linked: 'Linked',
  other: 'Noted',
};

@customElement('reverie-night')
export class ReverieNight extends Part {
  @property({ attribute: false }) card: NightCard | undefined;
  @property({ type: Boolean }) active = false;
  @property({ type: Boolean }) open = false;

  @state() private asking = false;

  static override styles = [
    ...Part.styles,
    css`
      :host {
        display: block;
        padding: 12px var(--r-edge);
        border-bottom: 1px solid var(--r-line);
      }
      .night {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
      }
      .undone {
        opacity: 0.75;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 8px;
      }
      h2 {
        font-size: inherit;
        font-weight: 600;
        color: var(--r-strong);
      }
      .badge {
        padding: 0 6px;
        border-radius: 8px;
        font-size: 10px;
        line-height: 16px;
        border: 1px solid var(--r-line);
        color: var(--r-soft);
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
      .acts .chevron {
        display: inline-flex;
        margin-left: -4px;
        transition: rotate 120ms ease;
      }
      .acts [aria-expanded='true'] .chevron {
        rotate: 90deg;
      }
      .changes {
        display: grid;
        gap: 10px;
        margin-top: 2px;
      }
      .change {
        display: grid;
        grid-template-columns: 16px minmax(0, 1fr) auto;
        gap: 0 8px;
        align-items: start;
      }
      .change > .icon {
        color: var(--r-soft);
        margin-top: 1px;
      }
      .change .subject {
        color: var(--r-strong);
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        overflow: hidden;
      }
      .change.taken-back .subject,
      .change.taken-back .reason {
        text-decoration: line-through;
        color: var(--r-soft);
      }
      h3 {
        font-size: var(--r-small);
        font-weight: 600;
        color: var(--r-soft);
        margin-top: 4px;
      }
      h3::first-letter {
        text-transform: uppercase;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { card } = this;
    if (card === undefined) return nothing;
    const now = this.store?.snapshot?.now ?? card.startedAt;
    const took = card.finishedAt === undefined ? undefined : durationWords(card.finishedAt - card.startedAt);
    return html`<article class="night ${card.state === 'undone' ? 'undone' : ''}" aria-busy=${this.store?.busy(card.id) === true}>
      <header>
        <h2>Night ${card.number}</h2>
        <span class="small soft">${dayWords(card.startedAt, now)}, ${timeWords(card.startedAt)}${took === undefined ? '' : ` · ${took}`}</span>
        ${this.badge(card)}
      </header>
      <reverie-hypnogram .store=${this.store} .stages=${card.stages}></reverie-hypnogram>
      <p class="text" dir="auto">${plain(card.summary, 1_200)}</p>
      ${this.acts(card)} ${this.open ? this.changes(card) : nothing}
    </article>`;
  }

  private badge(card: NightCard): TemplateResult | typeof nothing {
    switch (card.state) {
      case 'complete':
        return card.scope === undefined ? nothing : html`<span class="badge">${plain(card.scope, 40)}</span>`;
      case 'running':
        return html`<span class="badge">still asleep</span>`;
      case 'interrupted':
        return html`<span class="badge">interrupted</span>`;
      case 'undone':
        return html`<span class="badge">taken back</span>`;
    }
  }

  private acts(card: NightCard): TemplateResult | typeof nothing {
    const tab = this.active ? 0 : -1;
    const blocked = this.store?.busy(card.id) === true || this.store?.snapshot?.writable === false;
    if (this.asking) {
      return html`<div class="acts" role="group" aria-label="Take back night ${card.number}?">
        <span>Take back ${plural(card.changes, 'change')}?</span>
        <button class="quiet main" tabindex=${tab} ?disabled=${blocked} @click=${() => void this.undoNight(card)}>Undo night</button>
        <button class="quiet" tabindex=${tab} @click=${() => this.ask(false)}>Keep</button>
      </div>`;
    }
    if (card.changes === 0) return html`<p class="small soft">Nothing had to change.</p>`;
    const undoable = card.state === 'complete' || card.state === 'interrupted';
    return html`<div class="acts">
      <button class="quiet" tabindex=${tab} aria-expanded=${this.open} @click=${() => this.store?.ui.toggle(card.id)}>
        <span class="chevron">${icon('chevronRight')}</span>What changed (${card.changes.toLocaleString()})
      </button>
      ${undoable ? html`<button class="quiet" tabindex=${tab} ?disabled=${blocked} @click=${() => this.ask(true)}>${icon('discard')}Undo…</button>` : nothing}
    </div>`;
  }

  private changes(card: NightCard): TemplateResult | typeof nothing {
    const changes = this.store?.changes(card.id);
    switch (changes?.state) {
      case undefined:
        return nothing;
      case 'loading':
        return html`<p class="soft small">Opening the journal…</p>`;
      case 'failed':
        return html`<p class="soft small">${changes.message}</p>`;
      case 'here':
        return html`<ul class="changes">
            ${changes.value.map((change, index) => this.change(card, change, changes.value[index - 1]?.phase))}
          </ul>
          ${
            changes.more
              ? html`<div class="acts"><button class="quiet" tabindex=${this.active ? 0 : -1} @click=${() => this.store?.moreChanges(card.id)}>Show more</button></div>`
              : nothing
          }`;
    }
  }

  private change(card: NightCard, change: NightChange, phaseBefore: string | undefined): TemplateResult {
    const blocked = this.store?.busy(change.entry) === true || this.store?.snapshot?.writable === false;
    return html`<li>
      ${change.phase === phaseBefore ? nothing : html`<h3>${phaseTitle(change.phase)}</h3>`}
      <div class="change ${change.undone ? 'taken-back' : ''}">
        ${icon(whatIcons[change.what])}
        <div>
          <p class="subject text" dir="auto"><span class="hidden-text">${change.undone ? 'Taken back. ' : ''}${whatWords[change.what]}: </span>${change.subject === undefined ? plain(change.why, 300) : plain(change.subject, 300)}</p>
          ${change.subject === undefined ? nothing : html`<p class="reason small soft text" dir="auto">${plain(change.why, 400)}</p>`}
        </div>
        ${
          change.undone || card.state === 'undone'
            ? nothing
            : html`<button
                class="tool"
                aria-label="Undo this change"
                title="Undo this change"
                tabindex=${this.active ? 0 : -1}
                ?disabled=${blocked}
                @click=${() => void this.store?.undo(card.id, change.entry)}
              >
                ${icon('discard')}
              </button>`
        }
      </div>
    </li>`;
  }

  private async undoNight(card: NightCard): Promise<void> {
    if (await this.store?.undo(card.id)) this.asking = false;
  }

  private ask(asking: boolean): void {
    this.asking = asking;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.acts button:last-of-type')?.focus(),
    );
  }
}

function phaseTitle(phase: string): string {
  return phase in phaseWords ? phaseWords[phase as keyof typeof phaseWords] : phase;
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-night': ReverieNight;
  }
}
