/**
 * Secrets made up at test time in the shapes that providers use, so that none lies in the repository. Seeded: the
 * same seed gives the same secrets.
 */

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alnum = lower + upper + digits;
const hexDigits = '0123456789abcdef';
const base64 = `${alnum}+/`;

export interface PlantedSecret {
  readonly format: string;
  /** What must not be found in the output. */
  readonly secret: string;
  /** A message around it. */
  readonly text: string;
}

/** A linear congruential generator (Numerical Recipes): good enough to vary letters. */
export function createLetters(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const of = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  /** Letters and digits of every kind, as real random keys have. */
  const mixed = (length: number) =>
    `${of(lower, 1)}${of(digits, 1)}${of(upper, 1)}${of(alnum, length - 6)}${of(digits, 1)}${of(upper, 1)}${of(lower, 1)}`;
  return { next, of, mixed };
}

type Letters = ReturnType<typeof createLetters>;

/** Format → a secret and the sentence it stands in. Prefixes are split so that no scanner trips over this file. */
export const formats: Readonly<Record<string, (letters: Letters) => { secret: string; text: string }>> = {
  awsAccessKey: (l) => inProse(`AK${'IA'}${l.of(upper + '234567', 16)}`, 'the key id is'),
  awsSecretEnv: (l) => around(l.mixed(40), 'export AWS_SECRET_ACCESS_KEY=', ''),
  githubToken: (l) => inProse(`gh${'p_'}${l.mixed(36)}`, 'clone with'),
  githubFineGrained: (l) => inProse(`github_${'pat_'}${l.mixed(22)}_${l.mixed(59)}`, 'use'),
  gitlabToken: (l) => inProse(`gl${'pat-'}${l.mixed(20)}`, 'runner token'),
  slackBot: (l) => inProse(`xo${'xb-'}${l.of(digits, 12)}-${l.of(digits, 12)}-${l.mixed(24)}`, 'post with'),
  slackWebhook: (l) =>
    around(
      `T${l.of(upper, 8)}/B${l.of(upper, 8)}/${l.mixed(24)}`,
      'curl https://hooks.slack.com/services/',
      ' -d x',
    ),
  discordWebhook: (l) =>
    around(`${l.of('123456789', 18)}/${l.mixed(68)}`, 'https://discord.com/api/webhooks/', ''),
  stripe: (l) => inProse(`sk_${'live_'}${l.mixed(24)}`, 'charges use'),
  openai: (l) => inProse(`sk-${'proj-'}${l.mixed(48)}`, 'the model key:'),
  anthropic: (l) => inProse(`sk-${'ant-'}api03-${l.mixed(80)}`, 'set'),
  googleApi: (l) => inProse(`AI${'za'}${l.mixed(35)}`, 'maps key'),
  googleOauth: (l) => inProse(`GOC${'SPX-'}${l.mixed(28)}`, 'client'),
  npmToken: (l) => inProse(`np${'m_'}${l.mixed(36)}`, 'publish with'),
  npmrc: (l) => around(l.mixed(36), '//registry.example.org/:_authToken=', '\n'),
  npmrcLegacy: (l) => around(`${l.mixed(30)}==`, '_auth=', '\nalways-auth=true'),
  pypi: (l) => inProse(`py${'pi-'}AgEIcHlwaS5vcmc${l.mixed(60)}`, 'twine'),
  sendgrid: (l) => inProse(`S${'G.'}${l.mixed(22)}.${l.mixed(43)}`, 'mail key'),
  huggingface: (l) => inProse(`hf${'_'}${l.mixed(34)}`, 'download with'),
  jwt: (l) => inProse(`ey${'J'}${l.mixed(24)}.eyJ${l.mixed(60)}.${l.mixed(43)}`, 'session'),
  bearerHeader: (l) => around(l.mixed(40), 'Authorization: Bearer ', '\nAccept: */*'),
  basicHeader: (l) =>
    around(Buffer.from(`admin:${l.mixed(12)}`).toString('base64'), 'Authorization: Basic ', ''),
  apiKeyHeader: (l) => around(l.mixed(32), "-H 'X-Api-Key: ", "' https://api.example.org"),
  rsaPrivateKey: (l) => pem('RSA PRIVATE KEY', l),
  opensshPrivateKey: (l) => pem('OPENSSH PRIVATE KEY', l),
  pkcs8OneLine: (l) => {
    const secret = l.of(base64, 64);
    return {
      secret,
      text: `"private_key": "-----BEGIN ${'PRIVATE'} KEY-----\\n${secret}\\n-----END ${'PRIVATE'} KEY-----\\n"`,
    };
  },
  truncatedPrivateKey: (l) => {
    const secret = l.of(base64, 64);
    return { secret, text: `${l.of(base64, 64)}\n${secret}\n-----END RSA ${'PRIVATE'} KEY-----` };
  },
  postgresUrl: (l) => around(l.mixed(16), 'postgres://app:', '@db.internal:5432/app'),
  mongoUrl: (l) => around(l.mixed(14), 'mongodb+srv://root:', '@cluster0.example.mongodb.net/test'),
  redisUrl: (l) => around(l.mixed(14), 'redis://:', '@cache:6379/0'),
  httpUserinfo: (l) => around(l.mixed(20), 'git clone https://', '@git.example.org/team/app.git'),
  sqlServer: (l) => around(`${l.mixed(10)}!`, 'Server=db;Database=x;User Id=sa;Password=', ';Encrypt=true'),
  azureStorage: (l) =>
    around(
      `${l.of(base64, 86)}==`,
      'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=',
      ';EndpointSuffix=core.windows.net',
    ),
  passwordYaml: (l) => around(`${l.mixed(8)}#`, 'database:\n  user: app\n  password: ', '\n'),
  passwordJson: (l) => around(l.mixed(10), '{"user":"app","password":"', '"}'),
  passwordProse: (l) => around(l.mixed(9), 'log in as admin, the password is ', ' and check the page'),
  passwordFlag: (l) => around(l.mixed(11), 'docker login -u me --password ', ' registry.example.org'),
  mysqlFlag: (l) => around(l.mixed(10), 'mysql -u root -p', ' shop'),
  curlUser: (l) => around(l.mixed(12), 'curl -u admin:', ' https://example.org'),
  netrc: (l) => around(l.mixed(12), 'machine example.org login me password ', ''),
  pgpass: (l) => around(l.mixed(12), 'db.example.org:5432:app:app:', ''),
  envSecret: (l) => around(l.mixed(32), 'SESSION_SECRET=', ''),
  envUnnamed: (l) => around(l.mixed(40), 'export STRIPE_LIVE=', ''),
  codeConst: (l) => around(l.mixed(24), "const apiKey = '", "';"),
  queryToken: (l) => around(l.mixed(24), 'https://example.org/cb?access_token=', '&state=1'),
  awsSignature: (l) =>
    around(l.of(hexDigits, 64), 'https://s3.example.org/x?X-Amz-Date=1&X-Amz-Signature=', ''),
  bcrypt: (l) => around(`$2${'b$'}12$${l.of(`${alnum}./`, 53)}`, 'hash ', ''),
  digitalocean: (l) => inProse(`do${'p_v1_'}${l.of(hexDigits, 64)}`, 'deploy with'),
  shopify: (l) => inProse(`shp${'at_'}${l.of(hexDigits, 32)}`, 'admin api'),
  databricks: (l) => inProse(`da${'pi'}${l.of(hexDigits, 32)}`, 'cluster'),
  vault: (l) => inProse(`hv${'s.'}${l.mixed(90)}`, 'unseal'),
  twilio: (l) => inProse(`S${'K'}${l.of(hexDigits, 32)}`, 'sms'),
  mailchimp: (l) => inProse(`${l.of(hexDigits, 32)}-us${l.of('123456789', 1)}`, 'newsletter'),
  telegram: (l) => inProse(`${l.of('123456789', 9)}:A${'A'}${l.mixed(33)}`, 'bot'),
  linear: (l) => inProse(`lin_${'api_'}${l.mixed(40)}`, 'issues'),
  notion: (l) => inProse(`nt${'n_'}${l.mixed(46)}`, 'pages'),
  cookieHeader: (l) => around(`sid=${l.mixed(32)}`, 'Cookie: ', '\n'),
  xmlPassword: (l) => around(l.mixed(12), '<password>', '</password>'),
  appSettings: (l) => around(l.mixed(20), '<add key="ApiToken" value="', '" />'),
  bareRandom: (l) => inProse(l.mixed(48), 'try this one'),
};

const inProse = (secret: string, before: string) => ({
  secret,
  text: `no, ${before} ${secret} instead, please`,
});
const around = (secret: string, before: string, after: string) => ({
  secret,
  text: `${before}${secret}${after}`,
});

function pem(kind: string, letters: Letters) {
  const lines = Array.from({ length: 12 }, () => letters.of(base64, 64));
  const secret = lines[5] ?? '';
  return {
    secret,
    text: `use this:\n-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\nthanks`,
  };
}

/** `rounds` secrets of each format. */
export function plantSecrets(seed: number, rounds: number): readonly PlantedSecret[] {
  const letters = createLetters(seed);
  return Array.from({ length: rounds }, () =>
    Object.entries(formats).map(([format, make]) => ({ format, ...make(letters) })),
  ).flat();
}
