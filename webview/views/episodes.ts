/** All that was noticed, newest first, by day; or what a search finds, best first. */
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type MemoryLabel, memoryLabels } from '../../src/core/memory.ts';
import type { EpisodeCard } from '../../src/core/protocol.ts';
import { labelColours } from '../labelColours.ts';
import { emptyState, emptyStyles } from '../parts/empty.ts';
import '../parts/episode.ts';
import type { ListLine, RowKey } from '../parts/list.ts';
import '../parts/list.ts';
import { Part } from '../part.ts';
import { searchField } from '../parts/searchField.ts';
import { createSearch, type Found, type Hit, maxHits } from '../search.ts';
import { assistantWords, dayWords, labelWords, plural, projectWords } from '../words.ts';
import { viewStyles } from './viewStyles.ts';

interface Line extends ListLine {
  readonly card?: EpisodeCard;
  readonly day?: string;
  readonly hit?: Hit;
}

@customElement('reverie-episodes')
export class ReverieEpisodes extends Part {
  @state() private query = '';

  readonly #search = createSearch<EpisodeCard>(
    (card) => ({
      id: card.id,
      text: card.text,
      about: `${assistantWords(card.assistant)} ${card.project === undefined ? '' : projectWords(card.project)}`,
    }),
    () => this.requestUpdate(),
  );
  #indexed: unknown;
  /** Made when a search first needs it. */
  #byId: ReadonlyMap<string, EpisodeCard> | undefined;
  #made:
    | {
        readonly list: unknown;
        readonly labels: unknown;
        readonly found: Found | undefined;
        readonly lines: readonly Line[];
      }
    | undefined;

  static override styles = [
    ...Part.styles,
    viewStyles,
    emptyStyles,
    labelColours,
    css`
      .dot {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--r-label);
      }
      .found {
        padding: 0 var(--r-edge) 4px;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const snapshot = store?.snapshot;
    if (store === undefined || snapshot === undefined) return nothing;
    if (snapshot.episodes.total === 0) return this.newcomer();
    store.episodes.want();
    this.#index(store.episodes.list);
    const { labels, top } = store.ui.value;
    const lines = this.#lines(store.episodes.list, labels, snapshot.now);
    return html`
      <div class="bar">
        ${searchField({ label: 'Search episodes', query: this.query, changed: (query) => this.#ask(query), leave: () => this.#focusList() })}
        <div class="chips" role="group" aria-label="Show only">
          ${memoryLabels.map(
            (
              label,
            ) => html`<button class="chip ${label}" aria-pressed=${labels.includes(label)} @click=${() => this.#toggle(label)}>
              <span class="dot"></span>${labelWords[label]}
            </button>`,
          )}
        </div>
      </div>
      ${store.episodes.loading && store.episodes.list.length === 0 ? html`<vscode-progress-bar label="Loading episodes"></vscode-progress-bar>` : nothing}
      ${this.#search.found === undefined ? nothing : html`<p class="found small soft" role="status">${this.#foundWords(this.#search.found, lines.length)}</p>`}
      ${
        store.episodes.failed
          ? html`<p class="none">The episodes could not be loaded. <button class="link" @click=${() => store.episodes.retry()}>Try again</button></p>`
          : nothing
      }
      ${
        lines.length === 0
          ? html`<p class="none">${store.episodes.loading ? '' : this.#search.found === undefined ? 'No episode of this kind.' : 'Nothing like that was said.'}</p>`
          : html`<reverie-list
              label="Episodes"
              .store=${store}
              .lines=${lines}
              .top=${this.#search.found === undefined ? top.episodes : undefined}
              .scrolled=${this.#scrolled}
              .row=${(line: Line, active: boolean) =>
                line.card === undefined
                  ? html`<h2 class="group"><span class="text">${line.day}</span></h2>`
                  : html`<reverie-episode
                      .store=${store}
                      .card=${line.card}
                      .active=${active}
                      .dated=${this.#search.found !== undefined}
                      .open=${store.ui.value.expanded.includes(line.card.id)}
                      .terms=${line.hit?.terms ?? noTerms}
                    ></reverie-episode>`}
              @row-key=${this.#onRowKey}
            ></reverie-list>`
      }
    `;
  }

  private newcomer(): TemplateResult {
    return emptyState(
      'Nothing noticed yet',
      'When you correct an assistant or decide something, the moment is kept here, in your own words and with secrets taken out. Past conversations can be read too.',
      [
        { label: 'Import Past Conversations', command: 'importConversations' },
        { label: 'Record a Decision', command: 'recordDecision' },
      ],
      (command) => void this.store?.run(command),
    );
  }

  #scrolled = (key: string): void => {
    if (this.#search.found === undefined)
      this.store?.ui.change({ top: { ...this.store.ui.value.top, episodes: key } });
  };

  #toggle(label: MemoryLabel): void {
    const labels = this.store?.ui.value.labels ?? [];
    this.store?.ui.change({
      labels: labels.includes(label) ? labels.filter((other) => other !== label) : [...labels, label],
    });
  }

  #index(list: readonly EpisodeCard[]): void {
    if (this.#indexed === list) return;
    this.#indexed = list;
    this.#byId = undefined;
    this.#search.follow(list);
  }

  #ask(query: string): void {
    this.query = query;
    this.#search.ask(query);
  }

  #foundWords(found: Found, lines: number): string {
    const words = lines >= maxHits ? `The best ${maxHits}` : plural(lines, 'episode');
    return found.complete ? `${words} found` : `${words} found so far…`;
  }

  #lines(list: readonly EpisodeCard[], labels: readonly MemoryLabel[], now: number): readonly Line[] {
    const made = this.#made;
    if (
      made !== undefined &&
      made.list === list &&
      made.labels === labels &&
      made.found === this.#search.found
    )
      return made.lines;
    const wanted = (card: EpisodeCard) => labels.length === 0 || labels.includes(card.label);
    const lines =
      this.#search.found === undefined
        ? byDay(list.filter(wanted), now)
        : this.#hitLines(this.#search.found, wanted);
    this.#made = { list, labels, found: this.#search.found, lines };
    return lines;
  }

  #hitLines(found: Found, wanted: (card: EpisodeCard) => boolean): readonly Line[] {
    this.#byId ??= new Map((this.store?.episodes.list ?? []).map((card) => [card.id, card]));
    const byId = this.#byId;
    return found.hits.flatMap((hit) => {
      const card = byId.get(hit.id);
      return card === undefined || !wanted(card) ? [] : [{ key: card.id, heading: false, card, hit }];
    });
  }

  #focusList(): void {
    void this.renderRoot.querySelector('reverie-list')?.focusActive();
  }

  #onRowKey = (event: RowKey): void => {
    const open = this.store?.ui.value.expanded.includes(event.key) === true;
    switch (event.keyboard.key) {
      case 'Enter':
      case ' ':
        break;
      case 'ArrowRight':
        if (open) return;
        break;
      case 'ArrowLeft':
        if (!open) return;
        break;
      default:
        return;
    }
    event.preventDefault();
    this.store?.ui.toggle(event.key);
  };
}

const noTerms: ReadonlySet<string> = new Set();

/** @param cards newest first. */
function byDay(cards: readonly EpisodeCard[], now: number): readonly Line[] {
  const lines: Line[] = [];
  let start = Number.POSITIVE_INFINITY;
  for (const card of cards) {
    /* Formatting a date is slow; it is done once a day, not once an episode. */
    if (card.at < start) {
      start = new Date(card.at).setHours(0, 0, 0, 0);
      lines.push({ key: `day:${start}`, heading: true, day: dayWords(card.at, now) });
    }
    lines.push({ key: card.id, heading: false, card });
  }
  return lines;
}
