/** Insights that sleep found between two projects or topics: kept or dismissed by the user. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { MemoryCard } from '../../src/core/protocol.ts';
import { emptyState, emptyStyles } from '../parts/empty.ts';
import type { ListLine, RowKey } from '../parts/list.ts';
import '../parts/list.ts';
import '../parts/dream.ts';
import { Part } from '../part.ts';
import { viewStyles } from './viewStyles.ts';

interface Line extends ListLine {
  readonly card?: MemoryCard;
  readonly title?: string;
}

@customElement('reverie-dreams')
export class ReverieDreams extends Part {
  #made: { readonly from: unknown; readonly lines: readonly Line[] } | undefined;

  static override styles = [...Part.styles, viewStyles, emptyStyles];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const snapshot = store?.snapshot;
    if (store === undefined || snapshot === undefined) return nothing;
    const lines = this.lines(snapshot.memories);
    if (lines.length === 0) {
      return emptyState(
        'No dreams yet',
        'Late in the night Reverie looks for the same lesson in different places. What it finds waits here for you, with both sources.',
        [{ label: 'Sleep Now', command: 'sleepNow' }],
        (command) => void store.run(command),
      );
    }
    return html`<reverie-list
      label="Dreams"
      .store=${store}
      .lines=${lines}
      .top=${store.ui.value.top.dreams}
      .scrolled=${(key: string) => store.ui.change({ top: { ...store.ui.value.top, dreams: key } })}
      .row=${(line: Line, active: boolean) =>
        line.card === undefined
          ? html`<h2 class="group"><span class="text">${line.title}</span></h2>`
          : html`<reverie-dream .store=${store} .card=${line.card} .active=${active}></reverie-dream>`}
      @row-key=${this.onRowKey}
    ></reverie-list>`;
  }

  private lines(memories: readonly MemoryCard[]): readonly Line[] {
    const from = this.store?.memories;
    if (this.#made?.from === from && this.#made !== undefined) return this.#made.lines;
    const dreams = memories
      .filter((card) => card.kind === 'insight')
      .sort((a, b) => b.createdAt - a.createdAt);
    const group = (title: string, cards: readonly MemoryCard[]): readonly Line[] =>
      cards.length === 0
        ? []
        : [
            { key: `group:${title}`, heading: true, title },
            ...cards.map((card) => ({ key: card.id, heading: false, card })),
          ];
    const lines = [
      ...group(
        'New',
        dreams.filter((card) => card.status === 'proposed'),
      ),
      ...group(
        'Kept',
        dreams.filter((card) => card.status === 'active'),
      ),
      ...group(
        'Dismissed',
        dreams.filter((card) => card.status === 'retired' || card.status === 'archived'),
      ),
    ];
    this.#made = { from, lines };
    return lines;
  }

  private onRowKey = (event: RowKey): void => {
    const card = this.#made?.lines.find((line) => line.key === event.key)?.card;
    const { store } = this;
    if (card === undefined || store === undefined || store.snapshot?.writable === false) return;
    const key = event.keyboard.key;
    if (key === 'a' && card.status !== 'active') void store.accept(card);
    else if (
      (key === 'Delete' || key === 'Backspace') &&
      (card.status === 'proposed' || card.status === 'active')
    )
      void store.retire(card);
    else return;
    event.preventDefault();
  };
}
