/** One colour for each kind of episode, wherever its dot stands. */
import { css } from 'lit';

/** Sets `--r-label` on an element whose class is the label. */
export const labelColours = css`
  .correction {
    --r-label: var(--vscode-charts-red, var(--r-fg));
  }
  .decision {
    --r-label: var(--vscode-charts-blue, var(--r-fg));
  }
  .preference {
    --r-label: var(--vscode-charts-purple, var(--r-fg));
  }
  .fix {
    --r-label: var(--vscode-charts-green, var(--r-fg));
  }
  .outcome {
    --r-label: var(--vscode-charts-orange, var(--r-fg));
  }
`;
