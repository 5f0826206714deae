/**
 * A virtualised list that is walked with the arrow keys. Exactly one row is in the tab order; it is remembered by
 * its key, so it survives new data and rows that leave the screen.
 */
import '@lit-labs/virtualizer';
import type { LitVirtualizer } from '@lit-labs/virtualizer';
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part } from '../part.ts';
import { groupStyles } from '../views/viewStyles.ts';

/** One line of a list: a heading, or a row that can be focused. */
export interface ListLine {
  readonly key: string;
  readonly heading: boolean;
}

/** Told when the row changed on which the keys act. */
export class RowKey extends Event {
  constructor(
    readonly key: string,
    readonly keyboard: KeyboardEvent,
  ) {
    super('row-key', { bubbles: true, composed: true, cancelable: true });
  }
}

@customElement('reverie-list')
export class ReverieList extends Part {
  @property({ attribute: false }) lines: readonly ListLine[] = [];
  /** Renders a row's element; it gets `active` to know whether its buttons are in the tab order. */
  @property({ attribute: false }) row: (line: ListLine, active: boolean) => TemplateResult = () => html``;
  @property() label = '';
  /** Key of the line to start at. */
  @property({ attribute: false }) top: string | undefined;
  /** Called with the key of the first line in sight. */
  @property({ attribute: false }) scrolled: (key: string) => void = () => undefined;

  @state() private activeKey: string | undefined;

  /** The index the active row had last: where to go on if it vanishes. */
  private activeIndex = 0;
  private restored = false;

  static override styles = [
    ...Part.styles,
    groupStyles,
    css`
      :host {
        display: block;
        flex: 1;
        min-height: 0;
        position: relative;
      }
      lit-virtualizer {
        height: 100%;
        outline: none;
      }
      lit-virtualizer {
        /* VS Code sets a colour for all scroll bars, which would turn off the narrow ones below. */
        scrollbar-color: auto;
      }
      lit-virtualizer::-webkit-scrollbar {
        width: 10px;
      }
      lit-virtualizer::-webkit-scrollbar-thumb {
        background: transparent;
      }
      lit-virtualizer:hover::-webkit-scrollbar-thumb,
      lit-virtualizer:focus-within::-webkit-scrollbar-thumb {
        background: var(--vscode-scrollbarSlider-background);
      }
      lit-virtualizer::-webkit-scrollbar-thumb:hover {
        background: var(--vscode-scrollbarSlider-hoverBackground, var(--vscode-scrollbarSlider-background));
      }
      .line {
        width: 100%;
        position: relative;
      }
      .line.row:focus {
        outline: none;
      }
      .line.row:focus-visible::after {
        content: '';
        position: absolute;
        inset: 1px;
        border: 1px solid var(--vscode-focusBorder);
        border-radius: var(--r-radius);
        pointer-events: none;
      }
      .line.row:hover {
        background: var(--r-hover);
      }
      .line.row:hover,
      .line.row:focus-within {
        --r-tools-opacity: 1;
        --r-tools-width: auto;
      }
    `,
  ];

  protected override willUpdate(changed?: PropertyValues): void {
    super.willUpdate();
    if (changed?.has('lines') !== true) return;
    const index = this.lines.findIndex((line) => line.key === this.activeKey);
    if (index >= 0) {
      this.activeIndex = index;
      return;
    }
    const at = this.nearestRow(Math.min(this.activeIndex, this.lines.length - 1));
    this.activeIndex = Math.max(0, at);
    const had = this.activeKey !== undefined && this.holdsFocus();
    this.activeKey = this.lines[at]?.key;
    if (had) void this.updateComplete.then(() => this.focusActive());
  }

  protected override updated(): void {
    if (this.restored || this.lines.length === 0) return;
    this.restored = true;
    const index = this.lines.findIndex((line) => line.key === this.top);
    if (index > 0) this.virtualizer?.element(index)?.scrollIntoView({ block: 'start' });
  }

  override render(): TemplateResult {
    return html`<lit-virtualizer
      scroller
      role="list"
      tabindex="-1"
      aria-label=${this.label}
      .items=${this.lines as ListLine[]}
      .keyFunction=${(line: ListLine) => line.key}
      .renderItem=${(line: ListLine, index: number) => this.line(line, index)}
      @keydown=${this.onKey}
      @focusin=${this.onFocus}
      @visibilityChanged=${this.onVisible}
    ></lit-virtualizer>`;
  }

  private line(line: ListLine, index: number): TemplateResult {
    if (line.heading) return html`<div class="line" role="listitem">${this.row(line, false)}</div>`;
    const active = line.key === this.activeKey;
    return html`<div
      class="line row"
      role="listitem"
      tabindex=${active ? 0 : -1}
      aria-posinset=${index + 1}
      aria-setsize=${this.lines.length}
      data-key=${line.key}
    >
      ${this.row(line, active)}
    </div>`;
  }

  private onVisible = (event: Event): void => {
    const first = (event as Event & { readonly first: number }).first;
    const line = this.lines[first];
    if (this.restored && line !== undefined) this.scrolled(line.key);
  };

  private onFocus = (event: FocusEvent): void => {
    const row = event
      .composedPath()
      .find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset['key'] !== undefined);
    const key = row?.dataset['key'];
    if (key === undefined || key === this.activeKey) return;
    this.activeKey = key;
    this.activeIndex = this.lines.findIndex((line) => line.key === key);
  };

  private onKey = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    const onRow =
      target instanceof HTMLElement && (target.dataset['key'] !== undefined || target === this.virtualizer);
    /* Keys pressed in a field or on a button belong to it. */
    if (!onRow || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = this.destination(event.key);
    if (to !== undefined) {
      event.preventDefault();
      void this.moveTo(to);
      return;
    }
    if (this.activeKey === undefined) return;
    if (!this.dispatchEvent(new RowKey(this.activeKey, event))) event.preventDefault();
  };

  private destination(key: string): number | undefined {
    switch (key) {
      case 'ArrowDown':
        return this.nearestRow(this.activeIndex + 1, 1);
      case 'ArrowUp':
        return this.nearestRow(this.activeIndex - 1, -1);
      case 'PageDown':
        return this.nearestRow(Math.min(this.activeIndex + 10, this.lines.length - 1));
      case 'PageUp':
        return this.nearestRow(Math.max(this.activeIndex - 10, 0));
      case 'Home':
        return this.nearestRow(0, 1);
      case 'End':
        return this.nearestRow(this.lines.length - 1, -1);
      default:
        return undefined;
    }
  }

  /** The row at `index`, or the nearest in `direction`; both ways without one. -1: none. */
  private nearestRow(index: number, direction?: 1 | -1): number {
    for (let step = 0; step <= this.lines.length; step++) {
      const tries = direction === undefined ? [index + step, index - step] : [index + step * direction];
      const found = tries.find((at) => this.lines[at]?.heading === false);
      if (found !== undefined) return found;
    }
    return -1;
  }

  private async moveTo(index: number): Promise<void> {
    const line = this.lines[index];
    if (line === undefined) return;
    this.activeIndex = index;
    this.activeKey = line.key;
    await this.updateComplete;
    /* The heading above comes into sight with its first row. */
    if (this.lines[index - 1]?.heading === true && this.rowElement(line.key) !== undefined) {
      this.rowElement(line.key)?.previousElementSibling?.scrollIntoView({ block: 'nearest' });
    }
    await this.focusActive();
  }

  /** Puts the focus on the active row, bringing it into sight first. */
  async focusActive(): Promise<void> {
    const key = this.activeKey;
    if (key === undefined) return;
    if (this.rowElement(key) === undefined) {
      this.virtualizer?.element(this.activeIndex)?.scrollIntoView({ block: 'nearest' });
      await this.virtualizer?.layoutComplete;
    }
    const row = this.rowElement(key);
    row?.scrollIntoView({ block: 'nearest' });
    row?.focus();
  }

  private get virtualizer(): LitVirtualizer<ListLine> | null {
    return this.renderRoot.querySelector('lit-virtualizer') as LitVirtualizer<ListLine> | null;
  }

  private rowElement(key: string): HTMLElement | undefined {
    return [...(this.virtualizer?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].find(
      (row) => row.dataset['key'] === key,
    );
  }

  private holdsFocus(): boolean {
    return this.shadowRoot?.activeElement !== null && this.shadowRoot?.activeElement !== undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-list': ReverieList;
  }
}
