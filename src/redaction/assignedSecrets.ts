/** Secrets that tell what they are by what stands before them: keys, headers, options, connection strings. */
import type { SecretRule } from './secretRule.ts';
import {
  codeLike,
  entropyOf,
  isPassword,
  isRandom,
  isToken,
  isTokenOrShort,
  placeholder,
  uuid,
} from './secretValues.ts';

const passwordWords = 'password|passwd|passphrase|passwort|contraseña|mot_?de_?passe|пароль|pwd|pass';
const tokenWords =
  'secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|secret[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|master[_-]?key|account[_-]?key|shared[_-]?access[_-]?key|key[_-]data|client[_-]?secret|credentials?|_auth|webhook|jwt|cookie[_-]?secret|session[_-]?key|salt|dsn|license[_-]?key';

export const assignedSecrets: readonly SecretRule[] = [
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
      `\\b(?:${passwordWords}|pin|secret|token|api[ -]?key|access[ -]?key|kennwort|clave|senha)(?:\\s+(?:for|of|to)\\s+[\\w.@-]+)?(?:\\s+(?:is|was|are|ist|es|est|é)(?!\\p{L})|\\s*(?:=|:|->|→))\\s*(?:now\\s+|still\\s+)?["'\`]?(?<s>[^\\s"'\`,;]{4,200})`,
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
    pattern:
      /(?<![\w.*:/\\-])[\w.*-]{1,100}:(?:\d{2,5}|\*):[\w.*-]{1,60}:[\w.*-]{1,60}:(?<s>[^\s:,;)"'`]{4,200})/g,
    needs: [':'],
    inOneWord: true,
    accepts: (value) => /\d/.test(value) && /[A-Za-z]/.test(value) && !placeholder.test(value),
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
    inOneWord: true,
    accepts: isRandom,
  },
];
