/** What is told to assistants, what waits for a verdict, and what was taken out of use; grouped by where it holds. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { MemoryCard } from '../../src/core/protocol.ts';
import { icon } from '../icons.ts';
import { emptyState, emptyStyles } from '../parts/empty.ts';
import type { RowKey } from '../parts/list.ts';
import '../parts/list.ts';
import '../parts/rule.ts';
import { Part } from '../part.ts';
import type { RuleActEvent } from '../parts/rule.ts';
import { searchField } from '../parts/searchField.ts';
import { createSearch, type Hit } from '../search.ts';
import { isOffered, type RuleFilter, ruleFilters } from '../uiState.ts';
import { plural, scopeWords } from '../words.ts';
import { groupByScope, type RuleLine } from './ruleLines.ts';
import { viewStyles } from './viewStyles.ts';

const filterWords: Readonly<Record<RuleFilter, string>> = {
  active: 'Active',
  proposed: 'Proposed',
  due: 'To review',
  retired: 'Retired',
};

function filterOf(card: MemoryCard): RuleFilter {
  return card.status === 'archived' ? 'retired' : card.status;
}

@customElement('reverie-rules')
export class ReverieRules extends Part {
  @state() private query = '';
  /** Made guards as it was offered: it can be taken back where it was said. */
  @state() private guarded: ReadonlySet<string> = new Set();
  @state() private editing: { readonly id: string; readonly draft: string } | undefined;

  readonly #search = createSearch<MemoryCard>(
    (card) => ({
      id: card.id,
      text: card.text,
      about: `${card.why ?? ''} ${scopeWords(card.scope)} ${card.label}`,
    }),
    () => this.requestUpdate(),
  );
  /** The cards that the lines were made of, to keep the list's identity while nothing changed. */
  #made:
    | {
        readonly from: unknown;
        readonly filter: RuleFilter;
        readonly due: unknown;
        readonly putOff: unknown;
        readonly guarded: unknown;
        readonly hits: string;
        readonly lines: readonly RuleLine[];
      }
    | undefined;
  #indexed: unknown;

  static override styles = [
    ...Part.styles,
    viewStyles,
    emptyStyles,
    css`
      .waiting {
        display: flex;
        align-items: center;
        gap: 8px;
        margin: 0 var(--r-edge) 8px;
        padding: 6px 10px;
        border-radius: var(--r-radius);
        background: color-mix(in srgb, var(--r-moon) 10%, transparent);
        border: 1px solid color-mix(in srgb, var(--r-moon) 28%, transparent);
      }
      :host-context(body.vscode-high-contrast) .waiting,
      :host-context(body.vscode-high-contrast-light) .waiting {
        background: transparent;
        border-color: var(--r-line);
      }
      .waiting:hover {
        border-color: color-mix(in srgb, var(--r-moon) 60%, transparent);
      }
      .waiting .icon {
        color: var(--r-moon);
      }
      .waiting span:nth-child(2) {
        flex: 1;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const snapshot = store?.snapshot;
    if (store === undefined || snapshot === undefined) return nothing;
    const all = snapshot.memories.filter((card) => card.kind !== 'insight');
    if (all.length === 0) return this.newcomer();
    const filter = store.ui.value.ruleFilter;
    const found = this.find(all);
    const lines = this.lines(all, filter, found);
    const waiting = all.filter((card) => card.status === 'proposed').length;
    return html`
      <div class="bar">
        ${searchField({
          label: 'Search rules',
          query: this.query,
          changed: (query) => this.#ask(query),
          leave: () => this.focusList(),
        })}
        <div class="chips" role="group" aria-label="Show rules that are">
          ${ruleFilters.map((choice) => {
            const count = all.filter((card) => this.belongs(card, choice)).length;
            /* Nothing is due most of the time: no chip for that. */
            if (choice === 'due' && count === 0 && filter !== 'due') return nothing;
            return html`<button
              class="chip"
              aria-pressed=${choice === filter}
              @click=${() => store.ui.change({ ruleFilter: choice })}
            >
              ${filterWords[choice]}<span class="count">${count.toLocaleString()}</span>
            </button>`;
          })}
        </div>
      </div>
      ${
        waiting > 0 && filter === 'active' && this.query === ''
          ? html`<button class="waiting" @click=${() => store.ui.change({ ruleFilter: 'proposed' })}>
              ${icon('lightbulb')}<span>${plural(waiting, 'proposal waits', 'proposals wait')} for your verdict</span>
              ${icon('chevronRight')}
            </button>`
          : nothing
      }
      ${lines.length === 0 ? html`<p class="none">${this.noneWords(filter)}</p>` : this.list(lines, found)}
    `;
  }

  private list(lines: readonly RuleLine[], found: ReadonlyMap<string, Hit> | undefined): TemplateResult {
    const { store } = this;
    const ui = store?.ui.value;
    return html`<reverie-list
      label="Rules"
      .store=${store}
      .lines=${lines}
      .top=${ui?.top.rules}
      .scrolled=${(key: string) => store?.ui.change({ top: { ...store.ui.value.top, rules: key } })}
      .row=${(line: RuleLine, active: boolean) =>
        line.card === undefined
          ? html`<h2 class="group"><span class="text">${line.scope === undefined ? '' : scopeWords(line.scope)}</span><span class="count">${line.count}</span></h2>`
          : html`<reverie-rule
              .store=${store}
              .card=${line.card}
              .active=${active}
              .open=${ui?.expanded.includes(line.card.id) === true}
              .question=${ui?.ruleFilter === 'due' ? this.question(line.card) : undefined}
              .offer=${this.offer(line.card)}
              .draft=${this.editing?.id === line.card.id ? this.editing.draft : undefined}
              .terms=${found?.get(line.card.id)?.terms ?? noTerms}
            ></reverie-rule>`}
      @rule-act=${this.onAct}
      @row-key=${this.onRowKey}
    ></reverie-list>`;
  }

  private newcomer(): TemplateResult {
    return emptyState(
      'Nothing learned yet',
      'Reverie listens for your corrections and decisions, and sleeps on them when the editor is idle. The quickest start is your own past: import earlier conversations and let it sleep once.',
      [
        { label: 'Import Past Conversations', command: 'importConversations' },
        { label: 'Connect Assistants', command: 'connectAssistants' },
      ],
      (command) => void this.store?.run(command),
    );
  }

  private noneWords(filter: RuleFilter): string {
    if (this.query.trim() !== '') return 'No rule says anything like that.';
    switch (filter) {
      case 'active':
        return 'No rule is in use yet. Accept a proposal, or say "always…" or "never…" to an assistant.';
      case 'proposed':
        return 'No proposal waits. The next sleep may find some.';
      case 'due':
        return 'Nothing to look at again. Rules come back here from time to time: still true?';
      case 'retired':
        return 'Nothing was taken out of use.';
    }
  }

  private find(all: readonly MemoryCard[]): ReadonlyMap<string, Hit> | undefined {
    if (this.#indexed !== this.store?.memories) {
      this.#indexed = this.store?.memories;
      this.#search.follow(all);
    }
    const { found } = this.#search;
    return found === undefined ? undefined : new Map(found.hits.map((hit) => [hit.id, hit]));
  }

  #ask(query: string): void {
    this.query = query;
    this.#search.ask(query);
  }

  private lines(
    all: readonly MemoryCard[],
    filter: RuleFilter,
    found: ReadonlyMap<string, Hit> | undefined,
  ): readonly RuleLine[] {
    const hits = found === undefined ? '*' : [...found.keys()].join();
    const from = this.store?.memories;
    const due = this.store?.snapshot?.due;
    const putOff = this.store?.ui.value.putOff;
    const { guarded } = this;
    if (
      this.#made !== undefined &&
      this.#made.from === from &&
      this.#made.filter === filter &&
      this.#made.due === due &&
      this.#made.putOff === putOff &&
      this.#made.guarded === guarded &&
      this.#made.hits === hits
    ) {
      return this.#made.lines;
    }
    const shown = all.filter(
      (card) => this.belongs(card, filter) && (found === undefined || found.has(card.id)),
    );
    const lines = groupByScope(shown, this.store?.snapshot?.here ?? []);
    this.#made = { from, filter, due, putOff, guarded, hits, lines };
    return lines;
  }

  private belongs(card: MemoryCard, filter: RuleFilter): boolean {
    return filter === 'due'
      ? this.question(card) !== undefined || this.offer(card) !== undefined
      : filterOf(card) === filter;
  }

  private offer(card: MemoryCard): 'made' | 'taken' | undefined {
    if (this.guarded.has(card.id) && card.guard) return 'taken';
    const ui = this.store?.ui.value;
    return ui !== undefined && isOffered(card, ui) ? 'made' : undefined;
  }

  /** What is due to be asked about it. */
  private question(card: MemoryCard): string | undefined {
    return this.store?.snapshot?.due.find(({ id }) => id === card.id)?.why;
  }

  /** Accepting and retiring answer the question that is due about it, where that is in sight. */
  private isAsked(card: MemoryCard): boolean {
    return this.store?.ui.value.ruleFilter === 'due' && this.question(card) !== undefined;
  }

  private focusList(): void {
    void this.renderRoot.querySelector('reverie-list')?.focusActive();
  }

  private onAct = (event: RuleActEvent): void => {
    void this.perform(event.act, event.card, event.text);
  };

  private async perform(act: RuleActEvent['act'], card: MemoryCard, text: string): Promise<void> {
    const { store } = this;
    if (store === undefined) return;
    if (store.snapshot?.writable === false && act !== 'toggle' && act !== 'cancel') return;
    switch (act) {
      case 'toggle':
        store.ui.toggle(card.id);
        break;
      case 'edit':
        this.editing = { id: card.id, draft: card.text };
        break;
      case 'cancel':
        this.editing = undefined;
        await this.updateComplete;
        this.focusList();
        break;
      case 'save':
        if (text.trim() === '' || text.trim() === card.text) return this.perform('cancel', card, '');
        this.editing = { id: card.id, draft: text };
        if (await store.edit(card, text.trim())) await this.perform('cancel', card, '');
        break;
      case 'confirm':
        await store.review(card, 'true');
        break;
      case 'doubt':
        await store.review(card, 'unsure');
        break;
      case 'accept':
        if (this.isAsked(card)) await store.review(card, 'true');
        else if (card.status !== 'active') await store.accept(card);
        break;
      case 'retire':
        if (this.isAsked(card)) await store.review(card, 'wrong');
        else if (card.status === 'active' || card.status === 'proposed') await store.retire(card);
        break;
      case 'pin':
        await store.pin(card, !card.pinned);
        break;
      case 'guard': {
        const offered = this.offer(card) === 'made';
        if ((await store.guard(card, !card.guard)) && offered)
          this.guarded = new Set([...this.guarded, card.id]);
        break;
      }
      case 'putOff':
        store.ui.change({ putOff: { ...store.ui.value.putOff, [card.id]: card.receipts.violated } });
        break;
    }
  }

  private onRowKey = (event: RowKey): void => {
    const card = this.#made?.lines.find((line) => line.key === event.key)?.card;
    const act = card === undefined ? undefined : this.actOfKey(event.keyboard.key, card);
    if (card === undefined || act === undefined) return;
    event.preventDefault();
    if (act !== 'nothing') void this.perform(act, card, '');
  };

  private actOfKey(key: string, card: MemoryCard): RuleActEvent['act'] | 'nothing' | undefined {
    const open = this.store?.ui.value.expanded.includes(card.id) === true;
    switch (key) {
      case 'Enter':
      case ' ':
        return 'toggle';
      case 'ArrowRight':
        return open ? 'nothing' : 'toggle';
      case 'ArrowLeft':
        return open ? 'toggle' : 'nothing';
      case 'a':
        return 'accept';
      case 'e':
      case 'F2':
        return card.status === 'active' || card.status === 'proposed' ? 'edit' : 'nothing';
      case 'p':
        return 'pin';
      case 'g':
        return card.status === 'active' || card.status === 'proposed' ? 'guard' : 'nothing';
      case 'Delete':
      case 'Backspace':
        return 'retire';
      default:
        return undefined;
    }
  }
}

const noTerms: ReadonlySet<string> = new Set();
