/** A reason as it is shown: "because it breaks", but "so that it is read", "otherwise it breaks". */
export const reasonWords = (why: string): string =>
  /^(?:so that|otherwise|in order to) /i.test(why) ? why : `because ${why}`;
