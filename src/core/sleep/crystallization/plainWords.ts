/**
 * Everyday words a model may add to a lesson although nobody said them: nouns, qualities and harmless verbs of working
 * with code. No name of a tool, no command, and no verb that by itself does damage or lets something out (delete,
 * push, send, skip, disable, ignore …), nor one that has an opposite (new, old, short, local, first …): such a word must
 * come from the evidence. Function words are always free
 * (`core/text/stopWords.ts`).
 */
import { termsOf } from '../../text/terms.ts';

const words = `
  use run keep prefer follow apply check verify confirm avoid choose ask explain mention describe state say tell
  write put place name call add build edit change update work handle treat consider ensure remember respect rely
  stay give take pick find look read show expect require need support instead rather unless whenever wherever
  whichever usual related relevant something someone anyone user users owner team project projects repository repo
  codebase code file files folder folders directory path paths line lines names word words text sentence value
  values number numbers type types kind part parts places step steps task tasks changes version versions branch
  commit message request question answer decision reason rule rules convention conventions style format example
  examples detail details case cases time times day order list item items set group result results data content
  function functions method methods class classes module modules component components variable variables parameter
  parameters argument arguments option options setting settings configuration config comment comments
  documentation docs document error errors warning warnings exception test tests testing suite coverage checks
  builds tool tools tooling command commands script scripts package packages manager dependency dependencies
  library libraries import imports database query queries table column schema migration interface page screen
  service environment template language purpose thing things matter help helpful since because therefore otherwise
  however thus hence easily carefully properly correctly exactly each every between among across along around
  behind toward towards install installing installed adding writing using running keeping working changing editing
  naming avoiding cause causes lead leads mean means make makes making cent cents money amount date dates string
  strings integer immer nie niemals nicht kein keine keinen statt sondern und oder der die das den dem ein eine im
  in für mit toujours jamais pas et ou le la les un une dans pour avec plutôt que siempre nunca no y o el los las
  en para con please perhaps likely similar likewise also lesson pattern habit hold holds applies idea spirit
`;

/** Stems, as `termsOf` makes them. */
export const plainTerms: ReadonlySet<string> = new Set(termsOf(words));
