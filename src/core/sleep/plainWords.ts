/**
 * Everyday words a model may add to a lesson although nobody said them: nouns, qualities and harmless verbs of working
 * with code. No name of a tool, no command, and no verb that by itself does damage or lets something out (delete,
 * push, send, skip, disable, ignore …): such a word must come from the evidence. Function words are always free
 * (`core/text/stopWords.ts`).
 */
import { termsOf } from '../text/terms.ts';

const words = `
  use run keep prefer follow apply check verify confirm avoid choose ask explain mention describe state say tell write
  put place name call add create build edit change update work handle treat consider ensure remember respect rely
  stay leave wait stop start finish begin return give take pick find look read show expect require need support
  instead rather unless whenever wherever whichever alone together directly explicitly first last next previous
  existing current new old own other same different common usual default standard plain simple clear short long small
  whole single multiple separate individual specific general related relevant necessary unnecessary required correct
  wrong valid consistent automatic manual automatically manually never always everywhere anywhere anything nothing
  everything something someone anyone user users owner team project projects repository repo codebase code file files
  folder folders directory path paths line lines name names word words text sentence value values number numbers type
  types kind part parts place places step steps task tasks change changes version versions branch commit message
  request question answer decision reason rule rules convention conventions style format example examples detail
  details case cases time times day order list item items set group result results output input data content
  function functions method methods class classes module modules component components variable variables parameter
  parameters argument arguments option options setting settings configuration config comment comments documentation
  docs document error errors warning warnings exception problem issue failure test tests testing suite coverage check
  checks build builds tool tools tooling command commands script scripts package packages manager dependency
  dependencies library libraries import imports database query queries table column schema migration interface type
  page component screen server client service environment local remote shared public private internal external
  generated source sources copy original template language purpose thing things matter work help helpful sure
  possible available done ready already yet still again before after during while since because therefore otherwise
  however thus hence easily quickly carefully properly correctly exactly only both either neither each every within
  without against between among across along around behind beyond toward towards
  install installing installed adding writing using running keeping working changing editing naming
  avoid avoiding break breaks breaking broken cause causes lead leads mean means make makes making
  cent cents money amount date dates text string strings integer whole
  immer nie niemals nicht kein keine keinen statt sondern und oder der die das den dem ein eine im in für mit
  toujours jamais pas et ou le la les un une dans pour avec plutôt que siempre nunca no y o el los las en para con
  please perhaps likely similar likewise also lesson pattern habit both hold holds apply applies idea spirit
`;

/** Stems, as `termsOf` makes them. */
export const plainTerms: ReadonlySet<string> = new Set(termsOf(words));
