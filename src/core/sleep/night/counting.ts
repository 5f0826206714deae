/** `1 rule`, `3 rules`, `0 memories`: as a person would write it. */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
