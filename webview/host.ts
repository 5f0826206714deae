/**
 * All the sidebar knows of the place it runs in. VS Code gives `acquireVsCodeApi`; a plain browser is given one of
 * the same shape by the page (see the tests), so nothing here tells the two apart.
 */
import type { FromSidebar } from '../src/core/protocol.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  post(message: FromSidebar): void;
  /** Calls `listener` with each message, not yet parsed. */
  listen(listener: (message: unknown) => void): void;
  readonly storage: HostStorage;
}

/** Keeps where the user was (view, filters, what is open), never what was shown. */
export interface HostStorage {
  load(): unknown;
  save(state: unknown): void;
}

/** May be called once a page. */
export function acquireHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    listen(listener) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
    },
    storage: { load: () => api.getState(), save: (state) => api.setState(state) },
  };
}
