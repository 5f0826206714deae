/** What is known, and where the gaps are: by project, topic and language, as the last night took stock of it. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { AreaCard } from '../../src/core/protocol.ts';
import { emptyState, emptyStyles } from '../parts/empty.ts';
import type { ListLine, RowKey } from '../parts/list.ts';
import '../parts/area.ts';
import '../parts/list.ts';
import { Part } from '../part.ts';
import { viewStyles } from './viewStyles.ts';

interface Line extends ListLine {
  readonly card?: AreaCard;
  readonly title?: string;
}

const groups: readonly (readonly [AreaCard['kind'], string])[] = [
  ['project', 'Projects'],
  ['topic', 'Topics'],
  ['language', 'Languages'],
];

@customElement('reverie-map')
export class ReverieMap extends Part {
  #made: { readonly from: unknown; readonly lines: readonly Line[] } | undefined;

  static override styles = [
    ...Part.styles,
    viewStyles,
    emptyStyles,
    css`
      :host {
        padding-top: 2px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const snapshot = store?.snapshot;
    if (store === undefined || snapshot === undefined) return nothing;
    if (snapshot.areas.length === 0) {
      return emptyState(
        'Nothing on the map yet',
        'At the end of a night Reverie takes stock: what it knows of each project, topic and language, and what is still missing.',
        [{ label: 'Sleep Now', command: 'sleepNow' }],
        (command) => void store.run(command),
      );
    }
    if (this.#made?.from !== snapshot.areas) {
      this.#made = { from: snapshot.areas, lines: linesOf(snapshot.areas) };
    }
    return html`<reverie-list
      label="Map"
      .store=${store}
      .lines=${this.#made?.lines ?? []}
      .top=${store.ui.value.top.map}
      .scrolled=${(key: string) => store.ui.change({ top: { ...store.ui.value.top, map: key } })}
      .row=${(line: Line, active: boolean) =>
        line.card === undefined
          ? html`<h2 class="group"><span class="text">${line.title}</span></h2>`
          : html`<reverie-area
              .store=${store}
              .card=${line.card}
              .key=${line.key}
              .active=${active}
              .open=${store.ui.value.expanded.includes(line.key)}
            ></reverie-area>`}
      @row-key=${this.onRowKey}
    ></reverie-list>`;
  }

  private onRowKey = (event: RowKey): void => {
    if (event.keyboard.key !== 'Enter' && event.keyboard.key !== ' ') return;
    event.preventDefault();
    this.store?.ui.toggle(event.key);
  };
}

function linesOf(areas: readonly AreaCard[]): readonly Line[] {
  return groups.flatMap(([kind, title]) => {
    const cards = areas.filter((area) => area.kind === kind);
    if (cards.length === 0) return [];
    return [
      { key: `group:${kind}`, heading: true, title },
      ...cards.map((card) => ({
        key: `area:${kind}:${card.project ?? ''}:${card.area}`,
        heading: false,
        card,
      })),
    ];
  });
}
