/**
 * Detectors of secrets that stand beside the secretlint preset: generic assignments, headers, connection strings and
 * the token formats it does not know. Each names what it found; the value it marks is replaced, never kept.
 */

export interface SecretRule {
  readonly name: string;
  /** Global. The secret is the named group `s`, else the whole match. */
  readonly pattern: RegExp;
  /** Lower-case strings one of which must occur for the pattern to be tried; absent = always. */
  readonly needs?: readonly string[];
  /** Looked for in the whole text, not in windows of it: it may be long. Must be linear in time. */
  readonly whole?: boolean;
  /** Says of a candidate value whether it is one; absent = always. `key` is the named group `k`, if any. */
  readonly accepts?: (value: string, key: string) => boolean;
}

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let sum = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    sum -= share * Math.log2(share);
  }
  return sum;
}

const placeholder =
  /^(?:\[redacted|<.*>$|\$\{|\$\(|\$[A-Z_a-z]|\{\{|%[A-Z_]+%|x{3,}|\*{3,}|\.{3}|…|your[-_ ]|my[-_](?:secret|token|password|api)|example|placeholder|redacted|todo|changeme$|none$|null$|undefined$|true$|false$|string\b|number\b|boolean\b|str\b|any\b|unknown\b|void\b|required$|optional$|process\.env|os\.environ|import\.meta|env\.|config\.|secrets\.|vars\.|self\.|this\.|req\.|request\.|options\.|params\.|props\.|args\.|ctx\.|context\.)/i;
/** Code that computes a value: a call, a property chain, a type, a path. */
const codeLike =
  /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|[({[<]|^[A-Za-z_$][\w$]*\(|^new\b|^await\b|^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)|^@/;
const plainWord = /^[A-Za-z]+$|^[a-z]+(?:[A-Z][a-z]+)+$|^[a-z]+(?:[-_][a-z]+)*$|^[A-Z]+(?:_[A-Z]+)*$/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A value after a key that speaks of a password: almost anything but code and placeholders. */
function isPassword(value: string): boolean {
  return (
    value.length >= 4 &&
    !placeholder.test(value) &&
    !codeLike.test(value) &&
    !/^(?:is|was|for|and|the|field|input|reset|hash|hashing|length|must|should)$/i.test(value)
  );
}

/** A value after a key that speaks of a token or key: long or mixed enough not to be a name. */
function isToken(value: string): boolean {
  if (value.length < 8 || placeholder.test(value) || codeLike.test(value)) return false;
  if (plainWord.test(value)) return value.length >= 24 && entropyOf(value) > 3.9 && !/[-_]/.test(value);
  return /\d/.test(value) || /[^\w.-]/.test(value) || entropyOf(value) > 3.2;
}

/** A value on its own: only what no person would type and no tool prints as an identity. */
function isRandom(value: string): boolean {
  if (uuid.test(value) || /^[0-9a-f]+$/i.test(value) || /^\d+$/.test(value)) return false;
  const digits = (value.match(/\d/g) ?? []).length;
  const upper = (value.match(/[A-Z]/g) ?? []).length;
  const lower = (value.match(/[a-z]/g) ?? []).length;
  if (digits < 3 || upper < 3 || lower < 3) return false;
  if ((value.match(/\//g) ?? []).length > 3) return false;
  /* Random text changes between capitals, small letters and digits all the time; names do not. */
  const kinds = [...value].map((character) => (/\d/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : 2));
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  if (changes < value.length * 0.36) return false;
  return entropyOf(value) >= 4.2;
}

const passwordWords = 'password|passwd|passphrase|passwort|contraseña|mot_?de_?passe|пароль|pwd|pass';
const tokenWords =
  'secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|secret[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|master[_-]?key|account[_-]?key|shared[_-]?access[_-]?key|key[_-]data|client[_-]?secret|credentials?|_auth|webhook|jwt|cookie[_-]?secret|session[_-]?key|salt|dsn|license[_-]?key';

const token = (name: string, source: string, needs: readonly string[]): SecretRule => ({
  name,
  pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${source})`, 'g'),
  needs,
});

export const secretRules: readonly SecretRule[] = [
  {
    name: 'private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|(?![\s\S]))/g,
    needs: ['private key'],
    whole: true,
  },
  {
    name: 'private key',
    pattern:
      /(?:^|\n)(?:[A-Za-z0-9+/=]{12,100}(?:\r?\n|\\n)){1,80}-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/g,
    needs: ['private key'],
    whole: true,
  },
  {
    name: 'private key',
    pattern: /Private-Lines: \d+\r?\n(?<s>(?:[A-Za-z0-9+/=]+\r?\n?)+)/g,
    needs: ['private-lines'],
  },
  token('JWT', 'eyJ[\\w-]{6,}\\.[\\w-]{6,}(?:\\.[\\w-]*){0,3}', ['eyj']),
  token('AWS key', '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}(?![A-Z0-9])', [
    'ak',
    'as',
    'ab',
    'ac',
    'a3t',
    'aro',
    'aid',
  ]),
  token('GitHub token', 'gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,}', ['gh', 'github_pat']),
  token('GitLab token', 'gl(?:pat|ptt|dt|rt|cbt|agent|soat|ft|imt|oas|ffct)-[\\w.-]{16,}', ['gl']),
  token('Slack token', 'xox[a-z]-[\\w-]{10,}|xapp-\\d-[\\w-]{10,}|xoxe(?:\\.xox[bp])?-[\\w-]{10,}', [
    'xox',
    'xapp',
  ]),
  {
    name: 'webhook',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<s>[\w/+-]{16,})/g,
    needs: ['hooks.slack'],
  },
  {
    name: 'webhook',
    pattern: /discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/(?<s>\d+\/[\w-]{20,})/g,
    needs: ['webhooks/'],
  },
  { name: 'webhook', pattern: /webhook\.office\.com\/webhookb2\/(?<s>[\w@/-]{30,})/g, needs: ['webhookb2'] },
  token('Discord token', '[MNO][\\w-]{22,27}\\.[\\w-]{6}\\.[\\w-]{27,45}', ['.']),
  token('Stripe key', '[spr]k_(?:live|test)_\\w{10,}|whsec_[\\w+/=]{16,}', ['k_live', 'k_test', 'whsec']),
  token('API key', 'sk-(?:[a-z]+\\d*-)*[\\w-]{16,}', ['sk-']),
  token('Google key', 'AIza[\\w-]{30,}|ya29\\.[\\w-]{20,}|GOCSPX-[\\w-]{16,}|1\\/\\/0[\\w-]{20,}', [
    'aiza',
    'ya29',
    'gocspx',
    '1//0',
  ]),
  token('Firebase key', 'AAAA[\\w-]{7}:[\\w-]{60,}', ['aaaa']),
  token('npm token', 'npm_[A-Za-z0-9]{20,}', ['npm_']),
  token(
    'registry token',
    'pypi-[\\w-]{16,}|rubygems_[0-9a-f]{32,}|cio[A-Za-z0-9]{32}(?!\\w)|oy2[a-z0-9]{43}',
    ['pypi-', 'rubygems_', 'cio', 'oy2'],
  ),
  token(
    'mail key',
    'SG\\.[\\w-]{10,}\\.[\\w-]{10,}|key-[0-9a-f]{32}|[0-9a-f]{32}-us\\d{1,2}(?!\\w)|xkeysib-[\\w-]{40,}|re_[A-Za-z0-9]{8}_[A-Za-z0-9]{16,}',
    ['sg.', 'key-', '-us', 'xkeysib', 're_'],
  ),
  token('Twilio key', '(?:SK|AC)[0-9a-f]{32}(?!\\w)', ['sk', 'ac']),
  token(
    'model key',
    'hf_[A-Za-z0-9]{20,}|api_org_[A-Za-z0-9]{20,}|r8_[A-Za-z0-9]{20,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|pplx-[A-Za-z0-9]{20,}|nvapi-[\\w-]{20,}|fw_[A-Za-z0-9]{20,}|tgp_v1_[\\w-]{20,}|jina_[A-Za-z0-9]{20,}|pcsk_\\w{20,}|tvly-[\\w-]{16,}|lsv2_\\w{20,}',
    [
      'hf_',
      'api_org_',
      'r8_',
      'gsk_',
      'xai-',
      'pplx-',
      'nvapi-',
      'fw_',
      'tgp_',
      'jina_',
      'pcsk_',
      'tvly-',
      'lsv2_',
    ],
  ),
  token(
    'cloud token',
    'do[opr]_v1_[0-9a-f]{32,}|dapi[0-9a-f]{32}(?:-\\d)?|hv[sbr]\\.[\\w-]{20,}|s\\.[A-Za-z0-9]{24}(?!\\w)|[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{40,}|dckr_(?:pat|oat)_[\\w-]{20,}|HRKU-[\\w-]{30,}|sbp_[0-9a-f]{32,}|sb_(?:secret|publishable)_[\\w-]{16,}|nf[pou]_[A-Za-z0-9]{30,}|pul-[0-9a-f]{32,}|pscale_(?:tkn|pw|oauth)_[\\w.-]{20,}|FlyV1 \\S{20,}|fo1_[\\w-]{20,}|t1\\.[A-Z0-9a-z_-]+=*\\.[A-Z0-9a-z_-]{60,}|v1\\.0-[0-9a-f]{20,}-[0-9a-f]{60,}|tskey-[\\w-]{16,}|ops_eyJ[\\w-]{20,}|CFPAT-[\\w-]{30,}|rnd_[A-Za-z0-9]{20,}',
    [
      'do',
      'dapi',
      'hv',
      's.',
      'atlasv1',
      'dckr_',
      'hrku',
      'sb',
      'nf',
      'pul-',
      'pscale_',
      'fly',
      'fo1',
      't1.',
      'v1.0-',
      'tskey',
      'ops_',
      'cfpat',
      'rnd_',
    ],
  ),
  token(
    'service token',
    'shp(?:at|ca|pa|ss|tka|ua)_[0-9a-fA-F]{32}|lin_(?:api|oauth)_\\w{20,}|secret_[A-Za-z0-9]{32,}|ntn_\\w{20,}|fig[dou]_?[\\w-]{30,}|ATATT3[\\w=-]{20,}|ATCTT3[\\w=-]{20,}|ATBB[\\w=-]{20,}|BBDC-[\\w-]{20,}|sntry[su]_[\\w=+/-]{20,}|NR(?:AK|II|JS|RA)-[\\w-]{20,}|gl(?:sa|c)_[\\w=+/-]{20,}|dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{16,}|PMAK-[0-9a-f-]{30,}|sq0[a-z]{3}-[\\w-]{20,}|EAAA[\\w-]{40,}|EAA[A-Za-z0-9]{50,}|pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}|phc_[A-Za-z0-9]{30,}|phx_[A-Za-z0-9]{30,}|dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}|AGE-SECRET-KEY-1[0-9A-Z]{40,}|ops?k_[\\w-]{30,}|rzp_(?:live|test)_[A-Za-z0-9]{12,}|access_token\\$(?:production|sandbox)\\$\\w+\\$[0-9a-f]{32}|CLOJARS_[0-9a-z]{60}|EZ[AT]K[0-9a-zA-Z]{50,}|duffel_(?:live|test)_[\\w-]{40,}|FLWSECK[\\w-]{20,}|LTAI[A-Za-z0-9]{16,}|AKID[A-Za-z0-9]{28,}|\\d{8,10}:AA[\\w-]{30,}',
    [
      'shp',
      'lin_',
      'secret_',
      'ntn_',
      'fig',
      'atatt',
      'atctt',
      'atbb',
      'bbdc',
      'sntry',
      'nr',
      'gl',
      'dp.',
      'pmak',
      'sq0',
      'eaa',
      'pat',
      'ph',
      'dt0',
      'age-secret',
      'opk_',
      'ok_',
      'rzp_',
      'access_token$',
      'clojars',
      'ez',
      'duffel',
      'flwseck',
      'ltai',
      'akid',
      ':aa',
    ],
  ),
  {
    name: 'token',
    pattern:
      /(?<![A-Za-z0-9])[a-z][a-z0-9]{1,9}_(?:live|test|prod|secret|pat|key|token|sk|api)_[A-Za-z0-9]{16,}/g,
    needs: ['_live_', '_test_', '_prod_', '_secret_', '_pat_', '_key_', '_token_', '_sk_', '_api_'],
    accepts: (value) => /\d/.test(value) && /[a-zA-Z]/.test(value.slice(-16)),
  },
  {
    name: 'URL password',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:(?<s>[^\s"'<>]{1,300})@(?=[\w.[-])/gi,
    needs: ['://'],
    accepts: (value) =>
      (!placeholder.test(value) && !value.includes('/')) ||
      (/^[^/]+\/?[^/]*$/.test(value) && !placeholder.test(value) && !/^\d{2,5}\//.test(value)),
  },
  { name: 'URL token', pattern: /\bhttps?:\/\/(?<s>[\w.~%-]{16,})@[\w.-]/gi, needs: ['@'] },
  {
    name: 'URL token',
    pattern:
      /[?&#;](?:access_token|refresh_token|id_token|auth_token|token|api_?key|apikey|key|secret|client_secret|password|passwd|pwd|sig|signature|auth|authkey|X-Amz-(?:Signature|Credential|Security-Token)|code|session|jwt)=(?<s>[^&\s"'<>)\]]{8,})/gi,
    needs: ['='],
    accepts: (value) => !placeholder.test(value) && (/\d/.test(value) || entropyOf(value) > 3),
  },
  {
    name: 'authorization',
    pattern:
      /\b(?:proxy-)?authorization["'`]?\s*[:=,]\s*["'`]?(?:(?:bearer|basic|token|apikey|digest|aws4-hmac-sha256|key|bot)\s+)?(?<s>[^\s"'`,;]{6,})/gi,
    needs: ['authorization'],
    accepts: (value) =>
      !/^(?:bearer|basic|token|header|headers|server|code|flow|is|and|required)$/i.test(value) &&
      isTokenOrShort(value),
  },
  {
    name: 'bearer token',
    pattern: /\bbearer\s+(?<s>[A-Za-z0-9._~+/-]{12,}=*)/gi,
    needs: ['bearer'],
    accepts: isToken,
  },
  {
    name: 'basic credentials',
    pattern: /\bbasic\s+(?<s>[A-Za-z0-9+/]{8,}={0,2})(?![A-Za-z0-9+/])/gi,
    needs: ['basic'],
    accepts: (value) =>
      /[A-Z]/.test(value) && /[a-z]/.test(value) && (/\d/.test(value) || value.endsWith('=')),
  },
  {
    name: 'header secret',
    pattern:
      /\b(?:x-[a-z-]*(?:key|token|secret|auth|signature)|api-key|private-token|job-token)["']?\s*[:=]\s*["'`]?(?<s>[^\s"'`,;]{8,})/gi,
    needs: ['x-', 'api-key', '-token'],
    accepts: isToken,
  },
  { name: 'cookie', pattern: /\b(?:set-)?cookie:\s*(?<s>[\w.-]+=[^\r\n"']{8,})/gi, needs: ['cookie:'] },
  {
    name: 'password',
    pattern: new RegExp(
      `(?<![\\w.-])(?<k>[\\w.-]{0,80}?(?:${passwordWords})[\\w-]{0,24})["'\`\\]]{0,2}\\s*(?::=|=>|==?|:)\\s*(?:[a-z]{1,2}(?=["']))?(?:"(?<a>[^"\\n]{4,200})"|'(?<b>[^'\\n]{4,200})'|\`(?<c>[^\`\\n]{4,200})\`|(?<s>[^\\s"'\`;,]{4,200}))`,
      'giu',
    ),
    needs: ['pass', 'pwd', 'contraseña', 'пароль'],
    accepts: (value, key) =>
      isPassword(value) &&
      !/(?:passes|passed|passing|bypass|compass|pass-?through|passport|encompass|passive|_pass$|tests?pass)/i.test(
        key,
      ) &&
      !(/^pass$/i.test(key) && !/[\d\W]/.test(value)),
  },
  {
    name: 'secret',
    pattern: new RegExp(
      `(?<![\\w.-])(?<k>[\\w.-]{0,80}?(?:${tokenWords})[\\w-]{0,24})["'\`\\]]{0,2}\\s*(?::=|=>|==?|:)\\s*(?:[a-z]{1,2}(?=["']))?(?:"(?<a>[^"\\n]{8,500})"|'(?<b>[^'\\n]{8,500})'|\`(?<c>[^\`\\n]{8,500})\`|(?<s>[^\\s"'\`;,]{8,500}))`,
      'gi',
    ),
    needs: ['secret', 'token', 'key', 'credential', '_auth', 'webhook', 'jwt', 'salt', 'dsn'],
    accepts: (value, key) =>
      isToken(value) &&
      !/\s/.test(value) &&
      !/(?:count|length|limit|type|name|path|url|uri|file|id|index|budget|max|min|usage|expir\w*|ttl|size|tokens|tokenizer)$/i.test(
        key,
      ),
  },
  {
    name: 'password',
    pattern: new RegExp(
      `\\b(?:${passwordWords}|pin|secret|token|api[ -]?key|access[ -]?key|kennwort|clave|senha)(?:\\s+(?:for|of|to)\\s+[\\w.@-]+)?\\s*(?:is|was|are|ist|es|est|é|=|:|->|→)\\s*(?:now\\s+|still\\s+)?["'\`]?(?<s>[^\\s"'\`,;]{4,200})`,
      'giu',
    ),
    needs: ['pass', 'pwd', 'pin', 'secret', 'token', 'key', 'kennwort', 'clave', 'senha', 'пароль'],
    accepts: (value) => {
      const bare = value.replace(/[.!?)]+$/, '');
      return (
        isPassword(bare) &&
        bare.length >= 5 &&
        /\d|[^\w.-]/.test(bare) &&
        /[A-Za-z]/.test(bare) &&
        !/^[\w-]+\.(?:\w{1,5})$/.test(bare) &&
        !/^v?\d+(?:\.\d+)*\w?$/.test(bare) &&
        !/^\w+['’]\w+$/.test(bare) &&
        !/^[\w-]+[/\\]/.test(bare) &&
        !/[\u2018\u2019…]/.test(bare)
      );
    },
  },
  {
    name: 'password',
    pattern:
      /(?:^|\s)--?(?:password|passwd|pass|pwd|token|secret|api-?key|auth-?token|access-?token|client-secret|admin-password|db-password|requirepass)(?:[= ]\s*)["']?(?<s>[^\s"'$-][^\s"']{3,200})/gi,
    needs: [
      '-pass',
      '-pwd',
      '-token',
      '-secret',
      '-api',
      '-auth',
      '-access',
      '-client',
      '-admin',
      '-db',
      '-requirepass',
    ],
    accepts: isPassword,
  },
  {
    name: 'password',
    pattern: /\b(?:curl|wget|http)\b[^\n|]{0,300}?\s(?:-u|--user)[= ]?["']?[^\s:"']+:(?<s>[^\s"']{3,200})/g,
    needs: ['curl', 'wget', 'http'],
    accepts: isPassword,
  },
  {
    name: 'password',
    pattern:
      /\b(?:mysql|mysqldump|mysqladmin|mariadb|sshpass|docker login|7z|redis-cli)\b[^\n|]{0,200}?\s-[pa] ?["']?(?<s>[^\s"'-][^\s"']{3,200})/g,
    needs: ['mysql', 'mariadb', 'sshpass', 'docker login', '7z', 'redis-cli'],
    accepts: (value) => isPassword(value) && /[\d\W]/.test(value),
  },
  { name: 'password', pattern: /\blogin\s+\S+\s+password\s+(?<s>\S{3,200})/g, needs: ['login'] },
  {
    name: 'password',
    pattern: /^[\w.*-]+:(?:\d{2,5}|\*):[\w.*-]+:[\w.*-]+:(?<s>[^\s:]{4,})$/gm,
    needs: [':'],
  },
  {
    name: 'password hash',
    pattern: /\$(?:1|2[abxy]?|5|6|7|y|apr1|argon2(?:id|i|d)|pbkdf2\S*|scrypt)\$[./A-Za-z0-9$=,+-]{16,}/g,
    needs: ['$'],
  },
  {
    name: 'connection string',
    pattern:
      /\b(?:AccountKey|SharedAccessKey|SharedSecretValue|EndpointKey|Password|Pwd|User Password)=(?<s>[^;\s"']{4,300})/gi,
    needs: ['accountkey', 'sharedaccesskey', 'sharedsecret', 'endpointkey', 'password', 'pwd'],
    accepts: isPassword,
  },
  {
    name: 'password',
    pattern:
      /<(?:[\w:.-]*(?:password|passwd|passphrase|secret|token|apikey|api-key))>(?<s>[^<\n]{4,300})<\//gi,
    needs: ['</'],
    accepts: isPassword,
  },
  {
    name: 'secret',
    pattern:
      /(?:key|name)=["'][\w:.-]*(?:password|secret|token|apikey|api[_-]key)[\w-]*["']\s+value=["'](?<s>[^"'\n]{4,300})["']/gi,
    needs: ['value='],
    accepts: isPassword,
  },
  {
    name: 'secret',
    pattern:
      /"(?:key|name)"\s*:\s*"[\w:.-]*(?:password|secret|token|api[_-]?key)[\w-]*"\s*,\s*"value"\s*:\s*"(?<s>[^"\n]{4,300})"/gi,
    needs: ['"value"'],
    accepts: isPassword,
  },
  {
    name: 'secret',
    pattern:
      /^[ \t]*(?:export[ \t]+|set[ \t]+|ENV[ \t]+|-[ \t]+)?(?<k>[A-Z][A-Z0-9_]{2,})[ \t]*[=:][ \t]*["']?(?<s>[^\s"']{20,400})/gm,
    needs: ['=', ':'],
    accepts: (value, key) =>
      !/(?:URL|URI|PATH|DIR|FILE|HOST|SHA|HASH|COMMIT|REVISION|VERSION|DIGEST|CHECKSUM|ID|NAME)$/.test(key) &&
      !uuid.test(value) &&
      !/:\/\/|^[./~]|^\w+\.\w+\.\w+/.test(value) &&
      /\d/.test(value) &&
      /[a-z]/i.test(value) &&
      !codeLike.test(value) &&
      !placeholder.test(value) &&
      entropyOf(value) >= 3.6 &&
      !/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(value),
  },
  {
    name: 'high-entropy text',
    pattern: /(?<![\w/+.@:-])(?!sha\d{3}-)(?<s>[A-Za-z0-9+/_-]{32,512}={0,2})(?![\w/+-])/g,
    accepts: isRandom,
  },
];

function isTokenOrShort(value: string): boolean {
  return (
    isToken(value) ||
    (/\d/.test(value) && value.length >= 6 && !placeholder.test(value) && !codeLike.test(value))
  );
}

/**
 * False if the text can hold no secret at all: no word that introduces one, no known prefix, and no long run of mixed
 * characters. Cheap; most messages end here.
 */
export function mayHoldSecret(text: string): boolean {
  return (
    /pass|pwd|secret|token|key|credential|authorization|bearer|basic\s|cookie|login|jwt|salt|dsn|_auth|webhook|\bpin\b|private|:\/\/[^\s/]*@|contraseña|clave|senha|kennwort|пароль|\$[0-9a-z]{1,8}\$/iu.test(
      text,
    ) ||
    (/\d/.test(text) && /[A-Za-z0-9+/_=.:-]{16,}/.test(text)) ||
    /(?:curl|wget|mysql|sshpass|docker login|redis-cli)\s/.test(text)
  );
}
