/** Starts the sidebar. */
import { pageStyles } from './theme.ts';
import './app.ts';
import { acquireHost } from './host.ts';
import { createStore } from './store.ts';

if (pageStyles.styleSheet !== undefined) {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
}
const app =
  document.querySelector('reverie-app') ?? document.body.appendChild(document.createElement('reverie-app'));
app.store = createStore(acquireHost());
