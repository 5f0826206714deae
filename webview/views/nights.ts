/** Every sleep with its hypnogram, what it changed and why, and the way back. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { NightCard } from '../../src/core/protocol.ts';
import { emptyState, emptyStyles } from '../parts/empty.ts';
import type { ListLine, RowKey } from '../parts/list.ts';
import '../parts/list.ts';
import '../parts/night.ts';
import { Part } from '../part.ts';
import { viewStyles } from './viewStyles.ts';

interface Line extends ListLine {
  readonly card: NightCard;
}

@customElement('reverie-nights')
export class ReverieNights extends Part {
  #made: { readonly from: unknown; readonly lines: readonly Line[] } | undefined;

  static override styles = [...Part.styles, viewStyles, emptyStyles];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const snapshot = store?.snapshot;
    if (store === undefined || snapshot === undefined) return nothing;
    if (snapshot.nights.length === 0) {
      return emptyState(
        'It has not slept yet',
        'While the editor is idle, Reverie sleeps: it replays what happened, turns repeated lessons into rules and lets the rest fade. You can also send it to sleep now.',
        [{ label: 'Sleep Now', command: 'sleepNow' }],
        (command) => void store.run(command),
      );
    }
    if (this.#made?.from !== snapshot.nights) {
      this.#made = {
        from: snapshot.nights,
        lines: snapshot.nights.map((card) => ({ key: card.id, heading: false, card })),
      };
    }
    return html`<reverie-list
      label="Nights"
      .store=${store}
      .lines=${this.#made?.lines ?? []}
      .top=${store.ui.value.top.nights}
      .scrolled=${(key: string) => store.ui.change({ top: { ...store.ui.value.top, nights: key } })}
      .row=${(line: Line, active: boolean) =>
        html`<reverie-night
          .store=${store}
          .card=${line.card}
          .active=${active}
          .open=${store.ui.value.expanded.includes(line.key)}
        ></reverie-night>`}
      @row-key=${this.onRowKey}
    ></reverie-list>`;
  }

  private onRowKey = (event: RowKey): void => {
    if (event.keyboard.key !== 'Enter' && event.keyboard.key !== ' ') return;
    event.preventDefault();
    this.store?.ui.toggle(event.key);
  };
}
