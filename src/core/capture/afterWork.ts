/** What the assistant had said just before, and what a message is that answers it. */
import type { StrippedMessage } from './strip.ts';

const prevClaims =
  /\b(?:i(?:'ve| have)|i) (?:just |now |also |successfully )?(?:updated|created|added|fixed|implemented|changed|removed|made|refactored|moved|completed|committed|modified|renamed|deleted|edited|pushed|merged|run|ran|verified|written|wrote|applied|replaced)\b|successfully|✅|\b(?:is|are|has been|have been) now\b|\bdone\b|\bcomplete[d]?\b|all set|🎉|🚀|\b(?:listo|he (?:\p{L}+ado|\p{L}+ido|hecho|puesto)|ahora (?:est[aá]|puedes|funciona)|completad[oa]|corregid[oa]|actualizad[oa]|j'ai \p{L}+é|terminée?|fonctionne maintenant|fertig|angepasst|hinzugefügt|erledigt|aktualisiert|pronto|corrigid[oa]|atualizad[oa]|adicionad[oa])(?!\p{L})|готово|обновил|исправ|добавил|тепер|完成|已经|已修|しました|완료|đã /u;
/** The assistant left it to the user to try what it did or advised. */
const prevOffersTest =
  /\b(?:try (?:it|this|that|again|running|these|the)|you can (?:now )?(?:test|try|run|see|use)|should (?:now |all )?(?:work|be (?:able|fixed|resolved|working)|fix|resolve|solve|pass|load|see)|(?:re-?)?(?:run|start|load|build|test|deploy)\w* (?:it|this|the|your)\b[^.]{0,60}(?:again|and|now)|let me know (?:if|what|how|whether)|please (?:test|try)|test (?:it|this|now)|prueba|pruébalo|teste[rz]?\b|essaie|réessaie|versuche?|probiere?|попробуй|проверь|thử)/iu;
const prevAsks =
  /\b(?:would you like|do you want|shall i|should i|let me know|would you prefer|which (?:one|option|approach)|please (?:confirm|specify|provide|clarify))\b|\?\s*$/i;
/** The assistant wants to be shown what happened. */
const prevWantsOutput =
  /\b(?:share|send|paste|post|show|provide|give|copy)\b[^.?!\n]{0,60}\b(?:logs?|output|console|error messages?|errors|stack ?trace|screenshot|results?|what you (?:see|get))\b|\b(?:tell me|let me know) what (?:you (?:see|get)|(?:it|the \w+) (?:says?|shows?|prints?))\b/i;
const prevWillDo = /\b(?:i'?ll|i will|let me|i'm going to|now i|next,? i)\b/i;
const prevOptions = /(?:^|\n)\s*(?:\*\*)?(?:option )?(?:[1-4a-d])[.):]/i;

/** So much of the end of what the assistant had said is read, characters. */
const tailLength = 700;
/** It asks in its last words. */
const askingLength = 350;

/** Answers in turn begin with the first, after a few words at most: a heading of more opens a task. */
const opensWithAnswer = /^\s*(?:[^\s\d]\S*\s+){0,4}(?:\d+[.)]|[-*•])\s/;

/** So many words beside what was pasted only introduce it. */
const fewWords = 14;
/** Cues that something does not work. */
export const broken = ['notWorking', 'notWorkingCjk', 'foreignNot', 'foreignNotCjk'] as const;
/** Speaks of something that went wrong. */
export const failing =
  /(?<![\w`/.-])(?:errors?(?! (?:handling|feedback|messages?|boundar\w+|states?|pages?|reporting|toasts?))|exceptions?|bugs?|crash\w*|fehler|errore[s]?|erreurs?|erro|ошибк\S+|помилк\S+|chyb\S+|lỗi)(?![\w`/-])|错误|报错|エラー|에러/u;

/** What of the assistant's last message is read. */
export const tailOf = (prev: string): string => prev.slice(-tailLength);

/** The same in lower case, as the patterns without `i` want it: `i` beside `u` takes the engine four times as long. */
const lowerTailOf = (prev: string): string => tailOf(prev).toLowerCase();

/** The assistant had just claimed work. */
export const claimsWork = (prev: string): boolean => prev !== '' && prevClaims.test(lowerTailOf(prev));

/**
 * Adds what the assistant had said, and what the message is for coming after it.
 *
 * @param text the user's own words in lower case
 * @param words how many they are
 */
export function setAnswered(
  features: Map<string, number>,
  answered: {
    readonly prev: string;
    readonly text: string;
    readonly words: number;
    readonly claims: boolean;
  },
  stripped: StrippedMessage,
): void {
  const tail = tailOf(answered.prev);
  const has = (name: string): boolean => features.has(name);
  if (answered.claims) features.set('prevClaims', 1);
  if (prevAsks.test(tail.slice(-askingLength))) features.set('prevAsks', 1);
  if (prevWillDo.test(tail)) features.set('prevWillDo', 1);
  if (prevOptions.test(tail)) features.set('prevOptions', 1);
  if (prevOffersTest.test(tail)) features.set('prevOffersTest', 1);
  const supplies = stripped.pasted.size > 0 && answered.words <= fewWords && prevWantsOutput.test(tail);
  if (supplies) features.set('suppliesAsked', 1);
  if (has('pastedFailure') && !supplies) features.set('failureAfterWork', 1);
  if (has('didYouAsk') && has('prevClaims')) features.set('doubtsClaim', 1);
  const worked = ['prevClaims', 'prevOffersTest'].some(has);
  const works = worked || has('prevWillDo');
  const requests = ['taskStart', 'whQuestion', 'foreignTask', 'foreignQuestion'].some(has);
  if (broken.some(has) && worked && !requests) features.set('failsAfterClaim', 1);
  if (failing.test(answered.text) && works && !requests && !has('endsQuestion'))
    features.set('errorAfterWork', 1);
  if (
    stripped.pasted.size > 0 &&
    !stripped.pasted.has('document') &&
    answered.words <= fewWords &&
    works &&
    !requests &&
    !supplies
  )
    features.set('showsOutput', 1);
  const offered = has('prevAsks') || has('prevOptions');
  if (has('settles') && offered) features.set('settlesOption', 1);
  if (has('steps') && offered && opensWithAnswer.test(answered.text)) {
    features.set('answersInTurn', 1);
    features.delete('steps');
  }
}
