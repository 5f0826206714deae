/**
 * English function words: they say nothing about the topic, so neither index nor query carries them. Words of
 * instruction ("always", "please", "make sure") are here too: nearly every lesson has them.
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again all already also always am an and any anyway are as at be because been before being below
  both but by can cannot cant could did didn didnt do does doesn doesnt doing don done dont down during each either else
  ever every few for from further get gets getting go going gonna got had has hasn have haven having he hence her here
  hers him his how however i if in into is isn isnt it its itself just know let lets like lot made make makes may maybe
  me might mine more most much must my myself need needs never no nor not now of off ok okay on once one only onto or
  other our ours out over own per perhaps please quite rather really right same say see seem seems shall she should
  shouldn shouldnt since so some something still such sure than that thats the their theirs them then there theres these
  they thing things think this those though through thus to together too try under until up upon us very via want wants
  was wasn wasnt way we well were weren what whats when where whether which while who whom whose why will with within
  without won wont would wouldn wouldnt yeah yes yet you your yours yourself actually`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
