/** Sleep pressure as the moon: a thin crescent after a good night, full when it is time to sleep. */
import { type SVGTemplateResult, svg } from 'lit';

const radius = 15;

/** Outline of the lit part for `share` of the disc (0..1), waxing from the right, around 0,0. */
export function moonPath(share: number): string {
  const lit = Math.min(1, Math.max(0.04, share));
  /* The terminator is half an ellipse; its half width shrinks to nothing at half moon and grows again after it. */
  const inner = radius * Math.abs(1 - 2 * lit);
  const sweep = lit < 0.5 ? 0 : 1;
  return `M0 ${-radius} A${radius} ${radius} 0 0 1 0 ${radius} A${inner.toFixed(2)} ${radius} 0 0 ${sweep} 0 ${-radius} Z`;
}

export function moon(share: number, look: 'awake' | 'asleep' | 'paused'): SVGTemplateResult {
  return svg`<svg class="moon ${look}" viewBox="-20 -20 40 40" aria-hidden="true" focusable="false">
    <circle class="halo" r="19"></circle>
    <circle class="disc" r=${radius}></circle>
    <path class="lit" d=${moonPath(look === 'asleep' ? 1 : share)}></path>
    ${look === 'asleep' ? svg`<circle class="sea" cx="-4" cy="-4" r="3.2"></circle><circle class="sea" cx="5" cy="3" r="2.2"></circle><circle class="sea" cx="-3" cy="6" r="1.6"></circle>` : ''}
  </svg>`;
}
