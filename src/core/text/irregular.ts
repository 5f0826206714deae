/** Forms of one English word that no stemmer brings together: "buy" and "bought", "child" and "children". */
import { termsOf } from './terms.ts';

const groups = `begin began begun|break broke broken|bring brought|build built|buy bought|catch caught|choose chose chosen|come came|
   deal dealt|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|
   fight fought|find found|fly flew flown|forget forgot forgotten|freeze froze frozen|give gave given|go went gone|
   grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept|know knew known|lead led|leave left|lend lent|
   lose lost|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|sell sold|send sent|
   shake shook shaken|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sit sat|sleep slept|speak spoke spoken|
   spend spent|spin spun|stand stood|steal stole stolen|stick stuck|strike struck|swear swore sworn|sweep swept|
   swim swam swum|take took taken|teach taught|tear tore torn|tell told|throw threw thrown|understand understood|
   wake woke woken|wear wore worn|win won|write wrote written|overwrite overwrote overwritten|rewrite rewrote rewritten|
   rebuild rebuilt|bite bit bitten|blow blew blown|bend bent|seek sought|bind bound|unbind unbound|undo undone|redo redone|
   child children|person people|man men|woman women|wife wives|life lives|foot feet|tooth teeth|mouse mice|leaf leaves|
   knife knives|shelf shelves|half halves|index indices|vertex vertices|matrix matrices|criterion criteria|analysis analyses|
   colour color|favourite favorite|behaviour behavior|licence license|catalogue catalog|grey gray|centre center|
   photo photograph picture|mom mum mother|dad father|tv television|bike bicycle|fridge refrigerator|phone telephone|
   movie film|repo repository|config configuration|db database|env environment|dir directory folder|docs documentation|
   dependency dep|param parameter|arg argument|fn function|auth authentication`;

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** Made at the first question: most commands ask none. */
function formsOfTerms(): ReadonlyMap<string, readonly string[]> {
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>();
  for (const group of groups.split('|')) {
    const terms = [...new Set(group.trim().split(/\s+/).flatMap(termsOf))];
    for (const term of terms) {
      const others = found.get(term) ?? new Set<string>();
      for (const other of terms) if (other !== term) others.add(other);
      found.set(term, others);
    }
  }
  known = new Map([...found].map(([term, others]) => [term, [...others]]));
  return known;
}

const none: readonly string[] = [];

/** Other index terms that may stand for the same word; none for most. */
export const formsOf = (term: string): readonly string[] => formsOfTerms().get(term) ?? none;
