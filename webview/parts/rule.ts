/** One rule or skill: what it says, how it stands, where it came from, and what can be done with it. */
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { type MemoryCard, maxText, reasonWords } from '../../src/core/protocol.ts';
import { highlight } from '../highlight.ts';
import { type IconName, icon } from '../icons.ts';
import { Part } from '../part.ts';
import { ageWords, bandWords, capital, originWords, plain, plural, receiptWords } from '../words.ts';
import { evidenceOf, evidenceStyles } from './evidence.ts';
import { ruleStyles } from './ruleStyles.ts';

export type RuleAct =
  | 'toggle'
  | 'confirm'
  | 'doubt'
  | 'accept'
  | 'edit'
  | 'save'
  | 'cancel'
  | 'pin'
  | 'guard'
  | 'putOff'
  | 'retire';

/** Something the user wants done with this rule; `text` with `save` only. */
export class RuleActEvent extends Event {
  constructor(
    readonly act: RuleAct,
    readonly card: MemoryCard,
    readonly text = '',
  ) {
    super('rule-act', { bubbles: true, composed: true });
  }
}

const dots: Readonly<Record<MemoryCard['band'], number>> = { strong: 4, moderate: 3, weak: 2, fading: 1 };
/** A longer rule is cut until it is opened. */
const closedLength = 280;
const none: ReadonlySet<string> = new Set();

@customElement('reverie-rule')
export class ReverieRule extends Part {
  @property({ attribute: false }) card: MemoryCard | undefined;
  /** Its buttons are in the tab order. */
  @property({ type: Boolean }) active = false;
  @property({ type: Boolean }) open = false;
  /** What is due to be asked about it. */
  @property({ attribute: false }) question: string | undefined;
  /** Its owner is asked to make it a guard; `taken` once they did, to take it back. */
  @property() offer: 'made' | 'taken' | undefined;
  /** The words being written, while it is edited. */
  @property({ attribute: false }) draft: string | undefined;
  @property({ attribute: false }) terms: ReadonlySet<string> = none;

  static override styles = [...Part.styles, evidenceStyles, ruleStyles];

  override render(): TemplateResult | typeof nothing {
    const { card } = this;
    if (card === undefined) return nothing;
    const dim = card.status === 'retired' || card.status === 'archived';
    const classes = classMap({
      card: true,
      proposed: card.status === 'proposed',
      retired: dim,
      open: this.open,
    });
    return html`<div class=${classes} @click=${this.onClick} aria-busy=${this.store?.busy(card.id) === true}>
      ${this.draft === undefined ? this.words(card) : this.editor(card, this.draft)}
      ${this.draft === undefined ? html`<div class="meta">${this.state(card)} ${this.tools(card)} ${this.whyButton()}</div>` : nothing}
      ${card.status === 'proposed' ? this.verdict(card) : nothing} ${this.question === undefined ? nothing : this.review(card, this.question)} ${this.guardOffer(card)} ${this.open ? this.why(card) : nothing}
    </div>`;
  }

  private words(card: MemoryCard): TemplateResult {
    const text = plain(card.text, this.open ? undefined : closedLength);
    return html`<p class="words text" dir="auto">${highlight(text, this.terms)}</p>`;
  }

  private state(card: MemoryCard): TemplateResult {
    const strength = card.pinned ? 'pinned, does not fade' : bandWords[card.band];
    return html`<span class="state">
      <span class="meter" role="img" aria-label="Strength: ${strength}" title="Strength: ${strength}">
        ${[1, 2, 3, 4].map((step) => html`<i class=${step <= dots[card.band] ? 'on' : ''}></i>`)}
      </span>
      ${card.pinned ? html`<span class="pinned" title="Pinned: it does not fade">${icon('pinned')}<span class="hidden-text">Pinned</span></span>` : nothing}
      ${card.guard ? html`<span class="guard" title="A guard: assistants ask before they break it">${icon('shield')}<span class="hidden-text">Guard</span></span>` : nothing}
      ${card.contradicted || card.obsolete ? html`<span class="alert" title="Needs a look">${icon('warning')}<span class="hidden-text">Needs a look</span></span>` : nothing}
      <span class="receipts">${standing(card)}</span>
    </span>`;
  }

  private tools(card: MemoryCard): TemplateResult {
    const inUse = card.status === 'active' || card.status === 'proposed';
    return html`<span class=${classMap({ tools: true, shown: this.open })}>
      ${inUse ? this.tool('edit', 'edit', 'Edit', 'E') : this.tool('accept', 'unarchive', 'Use again', 'A')}
      ${inUse ? this.tool('pin', card.pinned ? 'pinned' : 'pin', card.pinned ? 'Unpin' : 'Pin', 'P') : nothing}
      ${inUse ? this.tool('guard', 'shield', card.guard ? 'No longer ask before it is broken' : 'Ask before it is broken (guard)', 'G') : nothing}
      ${card.status === 'active' ? this.tool('retire', 'archive', 'Retire', 'Delete') : nothing}
    </span>`;
  }

  private tool(act: RuleAct, name: IconName, label: string, key: string): TemplateResult {
    const busy = this.card !== undefined && this.store?.busy(this.card.id) === true;
    return html`<button
      class="tool"
      title="${label} (${key})"
      aria-label=${label}
      aria-keyshortcuts=${key}
      tabindex=${this.active ? 0 : -1}
      ?disabled=${busy || this.store?.snapshot?.writable === false}
      @click=${(event: Event) => this.act(event, act)}
    >
      ${icon(name)}
    </button>`;
  }

  private whyButton(): TemplateResult {
    return html`<button
      class="why"
      title="Why? (Enter)"
      aria-label="Why?"
      aria-expanded=${this.open}
      tabindex=${this.active ? 0 : -1}
      @click=${(event: Event) => this.act(event, 'toggle')}
    >
      <span class="ask">why?</span><span class="chevron">${icon('chevronRight')}</span>
    </button>`;
  }

  private verdict(card: MemoryCard): TemplateResult {
    const blocked = this.store?.busy(card.id) === true || this.store?.snapshot?.writable === false;
    const tab = this.active ? 0 : -1;
    return html`<div class="verdict">
      <button class="quiet main" title="Accept (A)" tabindex=${tab} ?disabled=${blocked} @click=${(event: Event) => this.act(event, 'accept')}>
        Accept
      </button>
      <button class="quiet" title="Dismiss (Delete)" tabindex=${tab} ?disabled=${blocked} @click=${(event: Event) => this.act(event, 'retire')}>
        Dismiss
      </button>
    </div>`;
  }

  private review(card: MemoryCard, question: string): TemplateResult {
    return this.asked(
      question,
      this.answer(card, 'confirm', 'Still true', true),
      this.answer(card, 'doubt', 'Not sure'),
      this.answer(card, 'retire', 'No longer'),
    );
  }

  private guardOffer(card: MemoryCard): TemplateResult | typeof nothing {
    if (this.offer === 'made')
      return this.asked(
        `Broken ${plural(card.receipts.violated, 'time')} although told. Should assistants ask you before they break it?`,
        this.answer(card, 'guard', 'Ask first', true),
        this.answer(card, 'putOff', 'Not now'),
      );
    return this.offer === 'taken' && card.guard
      ? this.asked('Assistants ask you before they break it.', this.answer(card, 'guard', 'Undo'))
      : nothing;
  }

  private asked(question: string, ...answers: readonly TemplateResult[]): TemplateResult {
    return html`<p class="small soft">${question}</p>
      <div class="verdict" role="group" aria-label=${question}>${answers}</div>`;
  }

  private answer(card: MemoryCard, act: RuleAct, words: string, main = false): TemplateResult {
    return html`<button
      class="quiet ${main ? 'main' : ''}"
      tabindex=${this.active ? 0 : -1}
      ?disabled=${this.store?.busy(card.id) === true || this.store?.snapshot?.writable === false}
      @click=${(event: Event) => this.act(event, act)}
    >
      ${words}
    </button>`;
  }

  private editor(card: MemoryCard, draft: string): TemplateResult {
    return html`<div class="edit" @click=${(event: Event) => event.stopPropagation()} @keydown=${this.onEditKey}>
      <vscode-textarea
        .label=${'Wording of the rule'}
        rows="3"
        resize="vertical"
        maxlength=${maxText}
        .value=${draft}
      ></vscode-textarea>
      <div class="verdict">
        <button class="quiet main" title="Save (Ctrl+Enter)" ?disabled=${this.store?.busy(card.id) === true} @click=${this.save}>Save</button>
        <button class="quiet" title="Cancel (Escape)" @click=${(event: Event) => this.act(event, 'cancel')}>Cancel</button>
      </div>
    </div>`;
  }

  private why(card: MemoryCard): TemplateResult {
    const now = this.store?.snapshot?.now ?? card.createdAt;
    const judged = card.receipts.obeyed + card.receipts.violated;
    return html`<div class="more" @click=${(event: Event) => event.stopPropagation()}>
      ${card.why === undefined ? nothing : html`<p class="because text" dir="auto">${capital(reasonWords(plain(card.why, 600)))}</p>`}
      ${card.contradicted ? html`<p class="alert">${icon('warning')}<span>Something you said later contradicts this. Edit or retire it.</span></p>` : nothing}
      ${card.obsolete ? html`<p class="alert">${icon('warning')}<span>Newer memories make this look outdated.</span></p>` : nothing}
      <p class="small soft">
        ${card.standing ? 'You said this as a lasting rule. ' : ''}Learned ${ageWords(card.createdAt, now)} from
        ${originWords(card)}.${judged > 0 ? ` ${capital(receiptWords(card))}: ${Math.round((100 * card.receipts.obeyed) / judged)} % of the times it mattered.` : ''}
        ${card.restates === undefined ? '' : ` Your own instructions say it too (${plain(card.restates, 200)}), and it had to be said ${card.episodes === 1 ? 'again' : `${card.episodes.toLocaleString()} times`} all the same.`}
      </p>
      ${evidenceOf(this.store, card.id, now)}
    </div>`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('draft') && this.draft !== undefined && changed.get('draft') === undefined) {
      const field = this.renderRoot.querySelector('vscode-textarea');
      void field?.updateComplete.then(() => field.focus());
    }
  }

  private onClick = (): void => {
    /* Selecting words is not asking for more. */
    if (this.draft !== undefined || getSelection()?.isCollapsed === false) return;
    this.emit('toggle');
  };

  private onEditKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') this.emit('cancel');
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.save();
  };

  private save = (): void => {
    const field = this.renderRoot.querySelector('vscode-textarea');
    if (field !== null) this.emit('save', field.value);
  };

  private act(event: Event, act: RuleAct): void {
    event.stopPropagation();
    this.emit(act);
  }

  private emit(act: RuleAct, text?: string): void {
    if (this.card !== undefined) this.dispatchEvent(new RuleActEvent(act, this.card, text));
  }
}

/** Where it holds within its project, and how it stands. */
function standing(card: MemoryCard): string {
  const record = card.status === 'proposed' ? `from ${originWords(card)}` : receiptWords(card);
  return [
    card.scope.glob === undefined ? undefined : plain(card.scope.glob, 60),
    card.kind === 'skill' ? 'skill' : undefined,
    record,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-rule': ReverieRule;
  }
}
