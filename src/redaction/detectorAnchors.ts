/**
 * Letters without which none of the secret detector's rules can find anything. To set it up for a text costs half a
 * millisecond, and most texts hold nothing that any of its rules looks for. Wider than the rules: whatever one of them could
 * match is let through. A test names the rules; a new one among them fails it.
 */
const anchors = [
  /* Amazon: access keys, secret keys, account numbers. */
  /A3T[A-Z0-9]|A(?:KI|GP|ID|RO|IP|NP|NV|SI)A[A-Z0-9]{8}|secret_?(?:access)?_?key["']?\s*[:=]|account_?(?:id)?["']?\s*[:=]/i,
  /* Private keys, also those of PGP. */
  /-----BEGIN/,
  /* npm, GitHub, Slack, SendGrid, Shopify, OpenAI, Anthropic, Linear, 1Password. */
  /_authToken=|npm_|x-oauth-basic|gh[pousr]_|github_pat_|xox[a-z]-|xapp-|hooks\.slack|SG\.\w|shp[a-z]{2}_|T3BlbkFJ|sk-ant-|lin_api_|ops_ey/i,
  /* Names and passwords in addresses, and addresses of databases. */
  /:\/\/[\w-]+:[\w-]+@|(?:mongodb(?:\+srv)?|mysqlx?|postgres(?:ql)?):\/\//i,
] as const;

/** The detector's rules that the anchors stand for. */
export const anchoredRules: readonly string[] = [
  '1password',
  'anthropic',
  'aws',
  'basicauth',
  'database-connection-string',
  'filter-comments',
  'gcp',
  'github',
  'linear',
  'npm',
  'openai',
  'privatekey',
  'sendgrid',
  'shopify',
  'slack',
];

/** False only if the detector finds nothing in `text`. Two of its rules say nothing of a text at all: `gcp` (of files), `filter-comments`. */
export const mayInterestDetector = (text: string): boolean => anchors.some((anchor) => anchor.test(text));
