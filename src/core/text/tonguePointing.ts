/**
 * Words of languages other than English that point at what only those present can see: "nunca hagas esto a mano",
 * "das nie wieder", "不要再改这个". Small lists on purpose, as in `tongues.ts`; what names the project itself points nowhere.
 */
import { spaceless } from './tongues.ts';

const whole = (source: string) => `(?<![\\p{L}\\p{N}_-])(?:${source})(?![\\p{L}\\p{N}_])`;
/** "dieses Projekt", "este repositorio": known to whoever works there. */
const ofTheProject =
  '(?!\\s+(?:pro(?:j|y)e[ck]?t\\p{L}*|progett\\p{L}*|проект\\p{L}*|repo\\p{L}*|dépôt|репо\\p{L}*))';
const words = new RegExp(
  [
    whole('esto|eso|ello|aquello|(?:lo|el|la|los|las) mism[oa]s?(?=\\s*(?:$|[,.;:!?]))|hacerl[oa]s?'),
    `${whole('este|estos|estas|ese|esa|esos|esas|isto|isso|aquilo|esse|essa|estes|esses|essas')}${ofTheProject}`,
    `${whole('(?:en|de|con|a|por|para|uses?|usar|toques?|cambies?|borres?) esta')}${ofTheProject}`,
    `${whole('ça|cela|ceci|cel(?:ui|le)-(?:ci|là)|ces|cet|cette|ce(?! (?:que?|qui|n)(?!\\p{L}))')}${ofTheProject}`,
    `${whole('quest[oaie]|quell[oaie](?! che)|ciò(?! che)')}${ofTheProject}`,
    `${whole('dies|diese[rsmn]?|jene[rsmn]?')}${ofTheProject}`,
    `${whole('das')}(?=\\s*(?:$|[,.;:!?]|(?:nicht|nie|niemals|immer|so|hier|von|per|mit|bitte|wieder|auch|noch|jetzt)(?!\\p{L})))`,
    `${whole('это|этот|эт[аиу]|этого|эти[мх]|этом|этой')}${ofTheProject}`,
    `${whole('tego|tę|ten|te|tym|tamto')}${ofTheProject}`,
  ].join('|'),
  'iu',
);
const spacelessWords =
  /[这那這](?!个项目|個專案|个仓库)(?:个|個|些|里|裡|样|樣|边|邊|种|種|段|块|塊|张|張|条|條|次|一)|(?:它|他)们?(?!人)|上面|上述|如[下上]?图|[参參]考(?:图|圖|image)|これ(?!から|まで)|それ(?!ぞれ)|あれ|(?:この|その|あの)(?!プロジェクト|リポジトリ|まま|他|ほか)|ここ|そこ|(?:이|그|저)(?:거|것|렇게)|여기|거기/iu;

/** True if the sentence, said in a language other than English, leans on what was seen or said before. */
export const pointsInTongue = (text: string): boolean =>
  (spaceless.test(text) ? spacelessWords : words).test(text);
