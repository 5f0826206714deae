/** The page around the sidebar application. Knows nothing of VS Code, so that tests serve the very same one. */

/**
 * Nothing may load but our own script and the styles that it or this page brings; pictures only from within the
 * style sheets themselves (`data:`, a component's resize corner). No connection, no frame, no form, no eval.
 *
 * @param nonce fresh for each page, base64url; `head` and `start` are the host's own markup, never data.
 */
export function sidebarPage(options: {
  readonly nonce: string;
  readonly script: string;
  readonly bodyClass?: string;
  readonly head?: string;
  readonly start?: string;
}): string {
  const { nonce, script, bodyClass = '', head = '', start = '' } = options;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reverie</title>
${head}
</head>
<body class="${bodyClass}">
<reverie-app></reverie-app>
${start}
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
