/** Other languages: orders, and what is set against what by their own words for “instead of” and “not”. */
import { insteadWords, lastsInTongue, notWords, ordersInTongue } from '../text/tongues.ts';
import type { Reading } from './lessonReading.ts';
import { trimmed } from './sentences.ts';

const not = `(?:${notWords})`;
const and = '(?:und|y|et|e|a|а|и|en|och|og)';
const but = 'sondern|sino|mais|ma|mas(?: sim)?|а|tylko|lecz|ale|maar|utan|men';

/** A thing, up to where the next part of the sentence begins. */
const thing = '([^,;.:!?。]{2,60}?)';
const end =
  '(?=[,;.:!?。]|\\s+(?:weil|porque|pues|car|parce|perché|потому|bo|ponieważ|protože|omdat|fordi|eftersom)(?!\\p{L})|\\s*$)';

/** Patterns, and in which group stands what is right and what is wrong. */
const contrasts: readonly (readonly [RegExp, number, number])[] = [
  [new RegExp(`(?<!\\p{L})${thing},?\\s+(?:${insteadWords})\\s*${thing}${end}`, 'iu'), 1, 2],
  [new RegExp(`^(?:${insteadWords})\\s+${thing},\\s+${thing}${end}`, 'iu'), 2, 1],
  [new RegExp(`^(?:${insteadWords})\\s+${thing}\\s+${thing}(?=[.;!?。]|\\s*$)`, 'iu'), 2, 1],
  [new RegExp(`(?<!\\p{L})${not}\\s+${thing},\\s*(?:${but})\\s+${thing}${end}`, 'iu'), 2, 1],
  [new RegExp(`(?<!\\p{L})${thing},?\\s+${and}\\s+${not}\\s+${thing}${end}`, 'iu'), 1, 2],
  [new RegExp(`(?<!\\p{L})${thing},\\s*${not}\\s+${thing}${end}`, 'iu'), 1, 2],
  [
    /(?:不要|别|別|不能|禁止)(?:再)?(?:使?用)?\s*([^，,。]{1,40}?)\s*[，,]?\s*(?:要|请|而是|改|应该|應該)?使?用\s*([^，,。]{1,40})/u,
    2,
    1,
  ],
  [
    /用\s*([^，,。]{1,40}?)\s*[，,]?\s*(?:而不是|不要(?:再)?使?用|别(?:再)?使?用|不是)\s*([^，,。]{1,40})/u,
    1,
    2,
  ],
  [/([^\s、。，]{1,40}?)\s*(?:じゃなくて|ではなくて?|でなく)、?\s*(.{1,40}?)\s*(?:を使|に|で|を|$)/u, 2, 1],
  [/([^\s、。，]{1,40}?)\s*を(?:使って|使い)[、。\s]+([^\s、。，]{1,40}?)\s*[はを]使わ/u, 1, 2],
  [/(\S{1,40}?)\s*(?:말고|대신에?)\s+(\S{1,40})/u, 2, 1],
];

/** What goes before a thing and is none of it, and German verbs behind it. */
const before =
  /^(?:(?:(?:te|os|le) dij(?:e|imos) que|(?:je|on) t'a(?:i)? dit d[e'](?: |')?|eu (?:já )?disse (?:que|para)|ti ho detto di|ich (?:sagte|habe gesagt)[,:]?|я (?:же )?(?:сказал|говорил)\p{L}?,?(?: что| чтобы)?|mówił[ae]m,?(?: że| żeby)?|und|y|et|e|i|и|bitte|immer|stets|nur|künftig|doch|lieber|siempre|solo|por favor|mejor|toujours|seulement|plutôt|sempre|só|somente|solo|всегда|только|лучше|zawsze|tylko|vždy|altijd|alltid|altid|必ず|请|始终|一律|wir|vi|on|noi|мы|my|aquí|aqui|hier|ici|qui|здесь|tu dois|vous devez|il faut|hay que|debes|deve|devi|bisogna|нужно|надо|należy|trzeba|musíš|ska|skal|soll(?:st|te|test)?|musst)\s+|(?:nimm|nehmt|nutze?|verwende[nt]?|benutze?|us[aeo]|us[ae]r|uses|usad|usate|usare|utili[csz]\p{L}{0,4}|prends|prenez|используй(?:те)?|использовать|бер(?:и|ите)|применяй|використовуй|użyj|używaj|używać|stosuj|použ\p{L}{2,6}|používat|gebruik|använd|bru[gk]e?)\s+)+/iu;
const behind =
  /(?:\s+(?:verwenden|nutzen|benutzen|nehmen|bitte|aquí|aqui|hier|ici|qui|здесь))+$|\s*(?:を?使って(?:ください)?|を?使う)$/iu;

const sideOf = (text: string): string =>
  trimmed(
    trimmed(text)
      .replace(before, '')
      .replace(behind, '')
      .replace(/^必ず\s*/u, ''),
  );

const lead =
  /^(?:(?:nein|nee|doch|nicht doch|no|non|não|nao|нет|ні|nie|ne|nej|nei|いや|いいえ|違う|不对|不對|不是|不|아니(?:요)?)[\s,.!、，。:–—-]+|(?:bitte|por favor|s'il (?:te|vous) plaît|per favore|пожалуйста|proszę|prosím|alsjeblieft|请|請)[\s,]+)+/iu;

/** What sets two things against each other in so many characters is no longer a sentence. */
const longest = 400;

/** Such words alone turn the assistant down; before a verb they forbid. */
const core = (sentence: string): string => {
  const [led = ''] = lead.exec(sentence) ?? [];
  const forbids = /^(?:no|non|não|nao|nie|ne|不)\s*$/iu.test(led);
  return forbids ? sentence : sentence.slice(led.length);
};

/** Reads an order said in another language; the sentence stays its owner's. Undefined where none is given. */
export function readForeign(sentence: string): Reading | undefined {
  if (!ordersInTongue(sentence)) return undefined;
  const statement = core(sentence);
  const read = statement.length > longest ? [] : contrasts;
  for (const [pattern, right, wrong] of read) {
    const match = pattern.exec(statement);
    const good = sideOf(match?.[right] ?? '');
    const bad = sideOf(match?.[wrong] ?? '');
    if (good !== '' && bad !== '' && good !== bad)
      return { statement, right: good, wrong: bad, certainty: 0.8 };
  }
  return { statement, right: statement, certainty: lastsInTongue(statement) ? 0.7 : 0.6 };
}
