/** Base of every part: a Lit element that follows the store. */
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Store } from './store.ts';
import { shared } from './theme.ts';

export abstract class Part extends LitElement {
  static override styles = [shared];

  @property({ attribute: false }) store: Store | undefined;

  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override willUpdate(): void {
    if (this.#stop === undefined) this.#follow();
  }

  #follow(): void {
    this.#stop ??= this.store?.listen(() => this.requestUpdate());
  }
}
