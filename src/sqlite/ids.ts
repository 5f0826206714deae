/** Identities by SHA-256, so that the same content has the same identity on every machine. */
import { createHash } from 'node:crypto';
import type { Ids } from '../core/ports.ts';

/** Crockford's base 32: no letter that is mistaken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 12;

export function createIds(): Ids {
  return {
    derive(prefix, ...parts) {
      const hash = createHash('sha256');
      /* The length before each part keeps ('ab', 'c') and ('a', 'bc') apart. */
      for (const part of parts) hash.update(`${part.length}:`).update(part);
      const bytes = hash.digest();
      let name = '';
      for (let index = 0; index < length; index += 1) name += alphabet[(bytes[index] ?? 0) & 31];
      return `${prefix}_${name}`;
    },
  };
}
