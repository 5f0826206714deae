/**
 * What instructions are made of in languages other than English: words that order, forbid, set one thing against another
 * and make an order last. Small lists on purpose: a lesson stays in its owner's words, and only its shape is read.
 */

import { later } from './later.ts';

const wordsOf = (...lists: readonly string[]) => lists.join(' ').split(/\s+/);
const anyOf = (...lists: readonly string[]) => wordsOf(...lists).join('|');
const whole = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${source})(?![\\p{L}\\p{N}_])`, 'iu');

/** "Use", "take": the verb of most lessons; said as an order or in the infinitive. */
const using = wordsOf(
  'nimm nehmt nehmen nutz nutze nutzt nutzen verwende verwendet verwenden benutz benutze benutzt benutzen',
  'usa usad usar usas uses usen usemos usamos utiliza utilice utilicen utilizar utilices utilizamos',
  'utilise utilises utilisez utiliser utilisons prends prenez emploie employez',
  'utilize utilizem usem usarmos usate usare usiamo utilizza utilizzate utilizzare',
  'используй используйте используем использовать бери берите применяй применяйте використовуй використовуйте',
  'użyj użyjcie używaj używajcie używać używamy stosuj použij použijte používej používejte používat používáme',
  'gebruik gebruiken använd använda brug bruk bruke kullan kullanın kullanalım',
);
/** Other verbs that lessons order, by their imperative; of some languages also the infinitive. */
const acting = anyOf(
  'schreib schreibe schreibt mach mache macht lass lasst füge lösche ändere prüf prüfe frag frage lies teste führ führe starte',
  'halte behalte speichere nenne erstelle entferne setz setze leg lege vermeide achte beachte denk denke committe zeig zeige gib baue',
  'pon ponga escribe escriba haz haga añade agrega borra elimina cambia revisa comprueba verifica pregunta lee ejecuta mantén',
  'guarda evita recuerda deja crea llama corre',
  'mets mettez écris écrivez fais faites ajoute ajoutez supprime supprimez vérifie vérifiez demande demandez lis lance lancez',
  'exécute exécutez garde gardez évite évitez laisse laissez crée créez nomme nommez',
  'coloque escreva faça adicione remova apague mude altere verifique pergunte leia execute rode mantenha evite deixe crie lembre',
  'metti scrivi aggiungi rimuovi cancella cambia controlla chiedi leggi esegui mantieni lascia ricorda',
  'пиши пишите сделай сделайте делай делайте добавь добавьте добавляй удали удалите удаляй измени меняй проверь проверьте',
  'проверяй спроси спрашивай читай прочитай запусти запускай оставь оставляй сохраняй создай создавай избегай помни',
  'pisz zrób rób dodaj dodawaj usuń zmień sprawdź sprawdzaj pytaj zapytaj czytaj uruchom zostaw utwórz unikaj pamiętaj',
  'piš udělej přidej odstraň změň zkontroluj kontroluj čti spusť nech vytvoř vyhni',
  'schrijf voeg verwijder verander controleer vraag laat vermijd skriv lägg lav spør spørg yaz ekle değiştir',
);
/** Infinitives that order where a sentence ends in them, as in German. */
const atTheEnd = later(
  () =>
    new RegExp(
      `(?<!\\p{L})(?:${anyOf(
        'verwenden nutzen benutzen nehmen schreiben lassen machen prüfen testen fragen lesen halten vermeiden committen ausführen löschen',
        'ändern hinzufügen entfernen beachten einhalten anlegen speichern anfassen umbenennen verschieben',
      )})\\W*$`,
      'iu',
    ),
);
const duties =
  'soll(?:te|test|st|en|t)? .{1,80}|muss(?:t)? .{1,80}|müssen|darf(?:st)? (?:nicht|nie|kein\\p{L}*)|dürfen (?:nicht|nie|kein\\p{L}*)|' +
  'debe(?:s|n|mos)?|deberías?|hay que|tiene(?:s|n)? que|' +
  'il faut|tu dois|vous devez|doi(?:t|vent)|' +
  'deve(?:m|mos)?|tem que|precisa(?:m)? |bisogna|devi|dovete|' +
  'нужно|надо|должен|должна|должно|должны|следует|нельзя|потрібно|треба|' +
  'należy|trzeba|musisz|nie wolno|powin(?:ien|na|no|ny)|musíš|nesmíš|má být|' +
  'moet(?:en)?|mag niet|ska|måste|skal|må ikke|gerekir|lazım|gerekiyor';
const forbidding =
  'nicht mehr|kein(?:e[nmrs]?)? .{2,60}|no (?:uses?|usar|pongas?|escribas?|hagas?|añadas?|agregues?|borres?|elimines?|cambies?|toques?|olvides?|ejecutes?|crees|metas?|dejes?|modifiques?|inventes?)|' +
  "n(?:e |'|’)\\p{L}+(?:-\\p{L}+)? (?:pas|plus|jamais)|(?:ne )?(?:pas|plus|jamais) (?:de |d')\\p{L}+|" +
  '(?:nunca|jamás) \\p{L}{2,}(?:es|as)|(?:não|nunca|jamais) (?:use|modifique|coloque|escreva|faça|adicione|remova|apague|mude|altere|execute|crie|esqueça|mexa|toque|deixe)|' +
  'non (?:usare|mettere|scrivere|fare|aggiungere|rimuovere|cancellare|cambiare|toccare|modificare|creare|dimenticare)|' +
  'не (?:использу\\p{L}+|пиши|делай|добавля\\p{L}+|удаля\\p{L}+|меня\\p{L}+|трога\\p{L}+|забывай|создава\\p{L}+|запуска\\p{L}+|надо|нужно|бери)|' +
  'nie (?:używaj|pisz|rób|dodawaj|usuwaj|zmieniaj|ruszaj|zapomnij|zapominaj|twórz|uruchamiaj)|' +
  'ne(?:použív|piš|děl|přidáv|odstraňuj|měň|sahej|zapom)\\p{L}*|gebruik (?:geen|nooit)|använd inte|brug ikke|bruk ikke|kullanma|değil';
/** From now on: nobody says so of what happened. */
const henceWords =
  'ab jetzt|ab sofort|von nun an|künftig|in zukunft|a partir de ahora|de ahora en adelante|désormais|dorénavant|à partir de maintenant|' +
  "a partir de agora|de agora em diante|d'ora in poi|da ora in poi|впредь|отныне|с этого момента|od teraz|odteď|voortaan";
const lastingWords =
  'immer|stets|niemals|nie(?= (?!wieder gesehen)\\p{L})|grundsätzlich|siempre|nunca|toujours|jamais|sempre|mai|всегда|никогда|завжди|' +
  'ніколи|zawsze|nigdy|vždy|vždycky|nikdy|altijd|nooit|alltid|aldrig|altid|aldri|her zaman|daima|asla';
const askingWords =
  "bitte|por favor|s'il (?:te|vous) plaît|per favore|per piacere|пожалуйста|будь ласка|proszę|prosím|alsjeblieft|lütfen";
/** Words that turn down what follows them, as the source of a pattern. */
export const insteadWords =
  "(?:an)?statt|anstelle (?:von|der|des)|en (?:vez|lugar) de|au lieu d[e’']|plutôt que|em vez de|ao invés de|em lugar de|invece (?:di|che)|al posto di|" +
  'вместо|замість|zamiast|místo|in plaats van|i stället för|istället för|i stedet for|yerine';

/** Words that forbid, or turn down what stands behind them, as the source of a pattern. */
export const notWords = 'nicht|no|pas|non|não|не|nie|ne|niet|inte|ikke';

/** Scripts written without spaces, or, as Korean, with few. */
export const spaceless = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/u;
/** "以后" is "from now on" where a clause begins with it; behind an act it is "after": "点击保存以后". */
export const spacelessAfter =
  /(?<=^|[，,。；;！!？?、：:\n]\s*|请|請|[你我]们?|我們|咱们|大家|那么?|所以|但是?|不过|另外|还有|记住|記得?|[从從])以[后後](?!的|可能|也[许許]|大概|会|會|逐[渐漸]|慢慢)|以[后後](?=都|一律|每次|必须|必須|务必|記得|记得|不要|别|不准)/u;
const spacelessHence = later(() => new RegExp(`${spacelessAfter.source}|今[后後]|[从從]现在`, 'u'));
const spacelessLasting =
  /總是|总是|始终|永远|一律|いつも|常に|必ず|絶対に|これから(?:は)?|절대|항상|앞으로|반드시/u;
const spacelessFailure =
  /报错|報錯|出错|错误|失败|崩溃|不行|没用|エラー|動かない|動きません|落ちる|失敗|バグ|오류|실패|안 ?돼/u;
const spacelessOrder =
  /请|請|不要|别|別(?!的|人)|必须|必須|一律|これから(?:は)?|앞으로|(?:都|得|需|应|應|就)要|要(?:先|在|用|把|写|加)|は\S{1,20}で[。！!]?$|て[。！!]?$|应该|應該|使用|[改应只就要]用|禁止|不能|不准|不许|务必|记得|てください|て下さい|ないで|しろ|べき|(?:使|書|し|やっ|置い|直し|消し|確認し|残し)って?(?:[。！!、\s]|$)|를? ?(?:쓰|사용하)(?:세요|자|지)|하세요|해줘|해라|마세요|마라|말고|대신/u;

const hencePattern = later(() => whole(henceWords));
const lastingPattern = later(() => whole(`${henceWords}|${lastingWords}`));
const askingPattern = later(() => whole(askingWords));
const everyInstead = later(() => new RegExp(whole(insteadWords), 'giu'));
const demands = later(() => whole(duties));
const orders = later(() => whole(`${using.join('|')}|${acting}|${duties}|${forbidding}|${insteadWords}`));
/** "… pnpm, nicht npm": after an order or a lasting word. */
const contrast = later(
  () => new RegExp(`[,;–—-]\\s*(?:und |y |et |e |a |i |и )?(?:${notWords})\\s+[\\p{L}\\p{N}\`"'@._/-]`, 'iu'),
);
/** A clause that says how something is to behave, not how anybody is to work. */
const subordinate = later(() =>
  whole(
    "que|qu(?='|’)|cuando|si|lorsque|quand|quando|se|che|dass|damit|wenn|ob|что|чтобы?|если|когда|że|żeby|jeśli|gdy|aby|když",
  ),
);
const consequence = later(() =>
  whole('así que|por eso|donc|alors|quindi|então|daher|deshalb|also|поэтому|więc|dlatego'),
);
/** Told of what happened, or how things stand. */
const told = later(
  () =>
    /(?<!\p{L})(?:noch immer|immer (?:noch|wieder)|wie immer|schon immer|come sempre|como siempre|como sempre|comme toujours|toujours pas|как всегда|я всегда|jak zawsze|jako vždy)(?!\p{L})/iu,
);

/** Most sentences hold none of these: looked for first, because it is cheap. English shares "use", "note", "execute" and leaves at once. */
const english = /\b(?:the|you|your|it's|don't|please|should|are|were|that|this|with|when|to be|and)\b/i;

/** True for a sentence of another language that gives an order, forbids, or sets one thing against another. */
export function ordersInTongue(text: string): boolean {
  if (spaceless.test(text))
    return (spacelessHence().test(text) || spacelessOrder.test(text)) && !spacelessFailure.test(text);
  if (english.test(text)) return false;
  if (orders().test(text) || hencePattern().test(text)) return true;
  return (
    lastingPattern().test(text) && [contrast, askingPattern, atTheEnd].some((pattern) => pattern().test(text))
  );
}

/** True where such a sentence is said as lasting: "immer", "siempre", "всегда", "以后". */
export const lastsInTongue = (text: string): boolean =>
  spaceless.test(text)
    ? spacelessHence().test(text) || spacelessLasting.test(text)
    : lastingPattern().test(text) && !told().test(text) && !english.test(text) && !describesOnly(text);

/** "Que siempre se muestre en el móvil": a product that always does something; "que siempre debe insertar" demands. */
function describesOnly(text: string): boolean {
  if (hencePattern().test(text)) return false;
  const clauses = text.split(/[,;:.!?]\s+/).filter((clause) => lastingPattern().test(clause));
  return (
    clauses.length > 0 &&
    clauses.every((clause) => {
      const [before = '', after = ''] = [
        clause.slice(0, clause.search(lastingPattern())),
        clause.slice(clause.search(lastingPattern())),
      ];
      return subordinate().test(before) && !consequence().test(before) && !demands().test(after);
    })
  );
}

/** "en vez de", "au lieu de": as one word that turns what follows down. */
export const withOneWordFor = (clause: string): string =>
  insteadHint.test(clause) ? clause.replace(everyInstead(), ' statt ') : clause;

/** Cheaper than the words themselves. */
const insteadHint = /stelle|vez|lugar|lieu|plut|invece|posto|plaats|ställe|stedet|yerine/i;

const usingSet: ReadonlySet<string> = new Set(using);
/** Little words of these languages, none of which is an English word that says something. */
const little: ReadonlySet<string> = new Set(
  wordsOf(
    'der das den dem ein eine einen einem einer und oder ist sind wir ihr ich mit für von auf bei im zum zur auch aber nur bitte wieder schon',
    'el la los las un una unos unas y o es son en de del al con por para que se lo le te me mi tu su pero solo favor otra vez ya',
    'le les une des du et ou est sont dans avec pour sur que qui ce cette ces il elle on nous vous je mon ton son mais encore faut',
    'os um uma uns umas e ou são em no na nos nas do da dos das com por para que se mas só já de novo',
    'il lo gli uno è sono nel nella con per di da che si ma solo ancora già',
    'и в во на с со по для из к от у за что это как мы вы я ты он она они но уже опять снова пожалуйста',
    'i w z na do po dla że to jest są się ale tylko znowu proszę v se je jsou pro že ale zase prosím',
    'het een en van voor met op is zijn wij maar weer och att det som för med är men på av til og er vi',
  ),
);

/** The word as it is compared: "use" for verbs of using, nothing for little words, undefined where it is neither. */
export const asCompared = (word: string): 'use' | '' | undefined =>
  usingSet.has(word) ? 'use' : little.has(word) ? '' : undefined;

/** Words of these languages that join, point or measure, and name nothing. */
export const joiningWords: readonly string[] = [
  ...little,
  ...wordsOf(
    'wenn dann dass daß nicht noch da so wie was wo wer man kann können wird werden wurde hat haben sein alle alles diese dieser dieses mehr sehr dort hier jetzt immer',
    'si sin cuando donde cada todo toda todos todas esto esta este estos estas ese esa eso está están hay más muy como cómo qué así ser tiene tengo quiero puede mismo también cual desde hasta entre sobre ahora aquí pero nada algo',
    'quand quoi comme aussi très plus moins tout toute tous toutes cela cette être avoir peut avant après sans sous vers chez donc alors ici là fait',
    'quando onde como mais muito também isso esta este essa esse está estão aqui agora cada todo todos toda todas ser ter pode sem sobre depois antes',
    'quando dove come anche molto più tutto tutti questa questo quello essere avere può senza dopo prima ogni qui adesso',
    'когда где если чтобы тоже также очень все всё весь быть есть может нет там тут здесь сейчас потом после перед этот эта эти того тоже',
    'kiedy gdzie jeśli żeby też bardzo wszystko być może nie tam tu teraz potem przed ten ta te tego jak',
  ),
];

/** Capital and full stop, as the script has them. */
export function finished(text: string): string {
  if (!spaceless.test(text)) return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return `${text}${/[\u3040-\u30ff\u4e00-\u9fff]/u.test(text) ? '。' : '.'}`;
}
