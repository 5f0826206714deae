/** Whether a value is a secret, judged by the value itself: not code, not a placeholder, not a name. */

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

export const placeholder =
  /^(?:\[redacted|<.*>$|\$\{|\$\(|\$[A-Z_a-z]|\{\{|%[A-Z_]+%|x{3,}|\*{3,}|\.{3}|…|your[-_ ]|my[-_](?:secret|token|password|api)|example|placeholder|redacted|todo|changeme$|none$|null$|undefined$|true$|false$|string\b|number\b|boolean\b|str\b|any\b|unknown\b|void\b|required$|optional$|process\.env|os\.environ|import\.meta|env\.|config\.|secrets\.|vars\.|self\.|this\.|req\.|request\.|options\.|params\.|props\.|args\.|ctx\.|context\.)/i;
/** Code that computes a value: a call, a property chain, a type, a path. */
export const codeLike =
  /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|[({[<]|^[A-Za-z_$][\w$]*\(|^new\b|^await\b|^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)|^@/;
const plainWord = /^[A-Za-z]+$|^[a-z]+(?:[A-Z][a-z]+)+$|^[a-z]+(?:[-_][a-z]+)*$|^[A-Z]+(?:_[A-Z]+)*$/;
export const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A value after a key that speaks of a password: almost anything but code and placeholders. */
export function isPassword(value: string): boolean {
  return (
    value.length >= 4 &&
    !placeholder.test(value) &&
    !codeLike.test(value) &&
    !/^(?:is|was|for|and|the|field|input|reset|hash|hashing|length|must|should)$/i.test(value)
  );
}

/** A value after a key that speaks of a token or key: long or mixed enough not to be a name. */
export function isToken(value: string): boolean {
  if (value.length < 8 || placeholder.test(value) || codeLike.test(value)) return false;
  if (plainWord.test(value)) return value.length >= 24 && entropyOf(value) > 3.9 && !/[-_]/.test(value);
  return /\d/.test(value) || /[^\w.-]/.test(value) || entropyOf(value) > 3.2;
}

/** A value on its own: only what no person would type and no tool prints as an identity. */
export function isRandom(value: string): boolean {
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

export function isTokenOrShort(value: string): boolean {
  return (
    isToken(value) ||
    (/\d/.test(value) && value.length >= 6 && !placeholder.test(value) && !codeLike.test(value))
  );
}
