/** The moments a memory came from: the user's own words, and where they were said. */
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Moment } from '../../src/core/protocol.ts';
import { ageWords, assistantWords, plain, projectWords } from '../words.ts';

export const momentStyles = css`
  .moments {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .moment {
    padding: 2px 0 2px 10px;
    border-left: 2px solid color-mix(in srgb, var(--r-moon) 55%, transparent);
  }
  .moment .context {
    color: var(--r-soft);
    font-size: var(--r-small);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    margin-bottom: 2px;
  }
  .moment .from {
    color: var(--r-soft);
    font-size: var(--r-small);
    margin-top: 1px;
    overflow-wrap: anywhere;
  }
`;

/** Of an identifier the first characters tell it from others, of a name they do not. */
const machineMade = /^[0-9a-f]{8}/i;

/** @param now the host's clock, for ages. */
export function momentsOf(moments: readonly Moment[], now: number): TemplateResult {
  return html`<ul class="moments">
    ${moments.map((moment) => html`<li class="moment">${momentOf(moment, now)}</li>`)}
  </ul>`;
}

function momentOf(moment: Moment, now: number): TemplateResult {
  const { context, project, session } = moment;
  return html`
    ${context === undefined || context === '' ? nothing : html`<p class="context">Assistant: ${plain(context, 600)}</p>`}
    <p class="text" dir="auto">“${plain(moment.text, 1_500)}”</p>
    <p class="from" title=${[new Date(moment.at).toLocaleString(), session].filter((part) => part !== undefined).join(' · ')}>
      ${[
        assistantWords(moment.assistant),
        project === undefined ? undefined : projectWords(project),
        ageWords(moment.at, now),
        session === undefined || !machineMade.test(session) ? undefined : `session ${plain(session, 8)}`,
      ]
        .filter((part) => part !== undefined)
        .join(' · ')}
    </p>
  `;
}
