/** What was asked for lately is asked for again. */

/**
 * What `make` answers for a key, kept for the latest `most` keys that were asked for and as many before them. `make` is a
 * pure function of its key.
 */
export function keepLatest<K, V extends object | string>(most: number, make: (key: K) => V): (key: K) => V {
  let latest = new Map<K, V>();
  let earlier = new Map<K, V>();
  return (key) => {
    const known = latest.get(key);
    if (known !== undefined) return known;
    const value = earlier.get(key) ?? make(key);
    if (latest.size >= most) {
      earlier = latest;
      latest = new Map();
    }
    latest.set(key, value);
    return value;
  };
}
