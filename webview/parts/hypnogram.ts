/** A night as sleep researchers draw it: stages over time, deep sleep at the bottom. */
import { css, html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PhaseReport, Stage } from '../../src/core/sleep/phase.ts';
import { Part } from '../part.ts';
import { durationWords, phaseWords, plain } from '../words.ts';

const levels: readonly Stage[] = ['REM', 'N1', 'N2', 'N3'];
const rowHeight = 15;
const barHeight = 9;
const gutter = 34;

/** A stretch of one stage: one or more phases that ran after another. */
interface Stretch {
  readonly stage: Stage;
  readonly phases: readonly PhaseReport[];
  readonly weight: number;
}

/**
 * Consecutive phases of one stage as one stretch. Durations differ a thousandfold, so a phase counts with the
 * square root of its time and never less than a visible part.
 */
export function stretchesOf(stages: readonly PhaseReport[]): readonly Stretch[] {
  const longest = Math.max(1, ...stages.map((phase) => Math.sqrt(Math.max(0, phase.ms))));
  const stretches: Stretch[] = [];
  for (const phase of stages) {
    const weight = Math.max(0.25, Math.sqrt(Math.max(0, phase.ms)) / longest);
    const last = stretches.at(-1);
    if (last !== undefined && last.stage === phase.stage && last.phases[0]?.cycle === phase.cycle) {
      stretches[stretches.length - 1] = {
        ...last,
        phases: [...last.phases, phase],
        weight: last.weight + weight,
      };
    } else {
      stretches.push({ stage: phase.stage, phases: [phase], weight });
    }
  }
  return stretches;
}

/** The night in one sentence, for those who do not see the drawing. */
export function hypnogramWords(stages: readonly PhaseReport[]): string {
  const cycles = new Map<number, Stage[]>();
  for (const { stage, cycle } of stages) {
    const seen = cycles.get(cycle) ?? [];
    if (seen.at(-1) !== stage) seen.push(stage);
    cycles.set(cycle, seen);
  }
  const parts = [...cycles].map(([cycle, seen]) => `cycle ${cycle + 1}: ${seen.join(', ')}`);
  return `Hypnogram, ${parts.join('; ')}.`;
}

@customElement('reverie-hypnogram')
export class ReverieHypnogram extends Part {
  @property({ attribute: false }) stages: readonly PhaseReport[] = [];
  @state() private width = 0;

  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) this.width = Math.floor(entry.contentRect.width);
  });

  static override styles = [
    ...Part.styles,
    css`
      :host {
        display: block;
        height: ${levels.length * rowHeight + 2}px;
        overflow: hidden;
      }
      svg {
        display: block;
      }
      text {
        fill: var(--r-soft);
        font-size: 10px;
        font-family: var(--vscode-font-family, sans-serif);
      }
      .rule {
        stroke: var(--r-line);
        stroke-dasharray: 1 4;
      }
      .step {
        stroke: color-mix(in srgb, var(--vscode-foreground) 28%, transparent);
        stroke-width: 1;
        fill: none;
      }
      .bar.N1 {
        fill: var(--r-n1);
      }
      .bar.N2 {
        fill: var(--r-n2);
      }
      .bar.N3 {
        fill: var(--r-n3);
      }
      .bar.REM {
        fill: var(--r-rem);
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.stages.length === 0) return nothing;
    const height = levels.length * rowHeight;
    const middle = (stage: Stage) => levels.indexOf(stage) * rowHeight + rowHeight / 2;
    return html`<svg
      role="img"
      aria-label=${hypnogramWords(this.stages)}
      width=${this.width}
      height=${height}
      viewBox="0 0 ${Math.max(1, this.width)} ${height}"
    >
      ${levels.map(
        (stage) => svg`<text x="0" y=${middle(stage) + 3.5}>${stage}</text>
        <line class="rule" x1=${gutter} x2=${this.width} y1=${middle(stage)} y2=${middle(stage)}></line>`,
      )}
      ${this.bars(middle)}
    </svg>`;
  }

  private bars(middle: (stage: Stage) => number): readonly SVGTemplateResult[] {
    const stretches = stretchesOf(this.stages);
    const total = stretches.reduce((sum, stretch) => sum + stretch.weight, 0);
    const scale = Math.max(0, this.width - gutter - 1) / Math.max(total, 0.001);
    let x = gutter;
    return stretches.map((stretch, index) => {
      const start = x;
      const width = stretch.weight * scale;
      x += width;
      const y = middle(stretch.stage);
      const before = stretches[index - 1];
      return svg`<g>
        ${before === undefined ? '' : svg`<path class="step" d="M${start} ${middle(before.stage)} V${y}"></path>`}
        <rect class="bar ${stretch.stage}" x=${start} y=${y - barHeight / 2} width=${Math.max(2, width - 0.5)} height=${barHeight} rx="3">
          <title>${stretch.phases.map(phaseTitle).join('\n')}</title>
        </rect>
      </g>`;
    });
  }
}

function phaseTitle(phase: PhaseReport): string {
  return `${phase.stage}, ${phaseWords[phase.phase]} (${durationWords(phase.ms)}): ${plain(phase.detail, 300)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-hypnogram': ReverieHypnogram;
  }
}
