/** How awake Reverie is, and the one button that matters then. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Mood, SidebarCommand } from '../../src/core/protocol.ts';
import { Part } from '../part.ts';
import { capital, phaseWords, plural, stageWords } from '../words.ts';
import { moon } from './moon.ts';

interface Face {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly command: SidebarCommand;
  /** How full the moon is, 0..1. */
  readonly share: number;
  readonly look: 'awake' | 'asleep' | 'paused';
}

function faceOf(mood: Mood): Face {
  const rested = (unslept: number) =>
    unslept === 0 ? 'Nothing left to sleep on' : `${plural(unslept, 'moment')} to sleep on`;
  switch (mood.state) {
    case 'awake':
      return {
        title: 'Awake',
        text: rested(mood.unslept),
        button: 'Sleep Now',
        command: 'sleepNow',
        share: mood.pressure,
        look: 'awake',
      };
    case 'drowsy':
      return {
        title: 'Drowsy',
        text: rested(mood.unslept),
        button: 'Sleep Now',
        command: 'sleepNow',
        share: mood.pressure,
        look: 'awake',
      };
    case 'asleep':
      return {
        title: `Asleep · ${mood.stage}`,
        text: mood.phase === undefined ? capital(stageWords[mood.stage]) : capital(phaseWords[mood.phase]),
        button: 'Wake',
        command: 'stopSleeping',
        share: mood.progress ?? 1,
        look: 'asleep',
      };
    case 'paused':
      return {
        title: mood.where === 'everywhere' ? 'Paused' : 'Private session',
        text: 'Nothing is noticed, nothing is told',
        button: 'Resume',
        command: 'resume',
        share: 0.5,
        look: 'paused',
      };
  }
}

/** What the moon shows. */
function pressureWords(mood: Mood): string {
  return mood.state === 'awake' || mood.state === 'drowsy'
    ? `Sleep pressure ${Math.round(mood.pressure * 100)} %`
    : '';
}

@customElement('reverie-header')
export class ReverieHeader extends Part {
  static override styles = [
    ...Part.styles,
    css`
      :host {
        display: block;
        flex: none;
        padding: 10px var(--r-edge) 8px;
      }
      .face {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      .moon {
        width: 36px;
        height: 36px;
        flex: none;
        overflow: visible;
      }
      .halo {
        fill: none;
      }
      .disc {
        fill: color-mix(in srgb, var(--r-moon) 14%, transparent);
        stroke: color-mix(in srgb, var(--r-moon) 45%, transparent);
        stroke-width: 1;
      }
      .lit {
        fill: var(--r-moon);
      }
      .sea {
        fill: color-mix(in srgb, var(--r-bg) 22%, transparent);
      }
      .moon.asleep .halo {
        fill: color-mix(in srgb, var(--r-moon) 22%, transparent);
        animation: breathe 4.5s ease-in-out infinite;
        transform-origin: center;
      }
      .moon.paused .lit {
        fill: var(--r-soft);
        opacity: 0.5;
      }
      .moon.paused .disc {
        stroke-dasharray: 3 3;
      }
      @keyframes breathe {
        0%,
        100% {
          transform: scale(0.82);
          opacity: 0.3;
        }
        50% {
          transform: scale(1.08);
          opacity: 0.9;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .moon.asleep .halo {
          animation: none;
        }
      }
      .told {
        flex: 1;
        min-width: 0;
      }
      .told strong {
        display: block;
        font-weight: 600;
        color: var(--r-strong);
      }
      .told span {
        display: block;
        color: var(--r-soft);
        font-size: var(--r-small);
        text-wrap: balance;
      }
      vscode-button {
        flex: none;
      }
      @media (max-width: 290px) {
        .face {
          flex-wrap: wrap;
          row-gap: 2px;
        }
        .told {
          display: contents;
        }
        .told strong {
          flex: 1;
          min-width: 0;
        }
        .told span:not(.hidden-text) {
          order: 3;
          flex-basis: 100%;
        }
      }
      progress {
        appearance: none;
        display: block;
        width: 100%;
        height: 2px;
        margin-top: 8px;
        border: 0;
        background: var(--r-raised);
      }
      progress::-webkit-progress-bar {
        background: transparent;
      }
      progress::-webkit-progress-value {
        background: var(--vscode-progressBar-background, var(--r-accent));
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const mood = this.store?.snapshot?.mood;
    if (mood === undefined) return nothing;
    const face = faceOf(mood);
    const loud = mood.state === 'drowsy' || mood.state === 'paused';
    return html`<div class="face">
        <span title=${pressureWords(mood)}>${moon(face.share, face.look)}</span>
        <p class="told" role="status"><strong>${face.title}</strong><span>${face.text}</span><span class="hidden-text">${pressureWords(mood)}</span></p>
        <vscode-button
          ?secondary=${!loud}
          ?disabled=${this.store?.busy(`run:${face.command}`) === true}
          @click=${() => void this.store?.run(face.command)}
          >${face.button}</vscode-button
        >
      </div>
      ${
        mood.state === 'asleep' && mood.progress !== undefined
          ? html`<progress aria-label="Progress of this night" max="1" .value=${mood.progress}></progress>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reverie-header': ReverieHeader;
  }
}
