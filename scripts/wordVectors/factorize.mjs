/**
 * Word vectors from counts of words that stand near each other: positive pointwise mutual information, factorized by a
 * truncated singular value decomposition (Levy & Goldberg, NIPS 2014; Levy, Goldberg & Dagan, TACL 2015). The
 * decomposition is found by subspace iteration from a fixed start (Halko, Martinsson & Tropp 2011), so that the same text
 * always gives the same vectors.
 */

/** Numbers that look random and are the same in every run (xorshift32), −1..1. */
export function numbersFrom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  };
}

/**
 * A symmetric sparse matrix by rows: row `i` has its entries at `starts[i]` to `starts[i + 1]`.
 * @param {Map<number, number>} pairs how often two of `size` words stood near each other, by `smaller * size + larger`
 * @param {{ least: number, smoothing: number }} settings pairs seen more seldom are left out; frequencies are raised to
 *   the power of `smoothing` (≤ 1), which keeps rare words from being near to everything they ever met
 */
export function positiveInformation(pairs, size, { least, smoothing }) {
  const totals = new Float64Array(size);
  for (const [pair, count] of pairs) {
    totals[Math.floor(pair / size)] += count;
    totals[pair % size] += count;
  }
  const raised = totals.map((total) => total ** smoothing);
  const raisedWhole = raised.reduce((sum, total) => sum + total, 0);
  const rows = Array.from({ length: size }, () => []);
  for (const [pair, count] of pairs) {
    if (count < least) continue;
    const [a, b] = [Math.floor(pair / size), pair % size];
    const expected = (totals[a] * raised[b] + totals[b] * raised[a]) / 2 / raisedWhole;
    const information = Math.log(count / expected);
    if (information <= 0) continue;
    rows[a].push([b, information]);
    if (a !== b) rows[b].push([a, information]);
  }
  const entries = rows.reduce((sum, row) => sum + row.length, 0);
  const matrix = {
    size,
    starts: new Uint32Array(size + 1),
    columns: new Uint32Array(entries),
    values: new Float64Array(entries),
  };
  let at = 0;
  for (const [index, row] of rows.entries()) {
    row.sort(([a], [b]) => a - b);
    for (const [column, value] of row) {
      matrix.columns[at] = column;
      matrix.values[at] = value;
      at += 1;
    }
    matrix.starts[index + 1] = at;
  }
  return matrix;
}

function times({ size, starts, columns, values }, basis, width) {
  const product = new Float64Array(size * width);
  for (let row = 0; row < size; row += 1)
    for (let at = starts[row]; at < starts[row + 1]; at += 1) {
      const from = columns[at] * width;
      const value = values[at];
      for (let k = 0; k < width; k += 1) product[row * width + k] += value * basis[from + k];
    }
  return product;
}

/** Makes the columns orthonormal in place (Gram–Schmidt, twice for its rounding). */
function orthonormalize(basis, size, width) {
  const shared = (one, other) => {
    let sum = 0;
    for (let row = 0; row < size; row += 1) sum += basis[row * width + one] * basis[row * width + other];
    return sum;
  };
  for (let k = 0; k < width; k += 1) {
    for (let round = 0; round < 2; round += 1)
      for (let before = 0; before < k; before += 1) {
        const part = shared(k, before);
        for (let row = 0; row < size; row += 1) basis[row * width + k] -= part * basis[row * width + before];
      }
    const length = Math.sqrt(shared(k, k)) || 1;
    for (let row = 0; row < size; row += 1) basis[row * width + k] /= length;
  }
}

/** Eigenvalues and eigenvectors (columns) of a small symmetric matrix, by Jacobi rotations. */
function eigen(matrix, n) {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let off = 0;
    for (let p = 0; p < n; p += 1) for (let q = p + 1; q < n; q += 1) off += a[p * n + q] ** 2;
    if (off < 1e-18) break;
    for (let p = 0; p < n; p += 1)
      for (let q = p + 1; q < n; q += 1) {
        const value = a[p * n + q];
        if (Math.abs(value) < 1e-15) continue;
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * value);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k += 1) {
          const [x, y] = [a[k * n + p], a[k * n + q]];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        for (let k = 0; k < n; k += 1) {
          const [x, y] = [a[p * n + k], a[q * n + k]];
          a[p * n + k] = c * x - s * y;
          a[q * n + k] = s * x + c * y;
          const [u, v] = [vectors[k * n + p], vectors[k * n + q]];
          vectors[k * n + p] = c * u - s * v;
          vectors[k * n + q] = s * u + c * v;
        }
      }
  }
  return { values: Array.from({ length: n }, (_, i) => a[i * n + i]), vectors };
}

/**
 * The rows as vectors of `dimensions` numbers, of length 1 and without what is common to all of them. Singular values count
 * by their square root.
 */
export function vectorsOf(matrix, dimensions, { rounds = 12, beside = 12 } = {}) {
  const { size } = matrix;
  const width = dimensions + beside;
  const next = numbersFrom(0x9e3779b9);
  let basis = Float64Array.from({ length: size * width }, next);
  orthonormalize(basis, size, width);
  for (let round = 0; round < rounds; round += 1) {
    basis = times(matrix, basis, width);
    orthonormalize(basis, size, width);
  }
  const image = times(matrix, basis, width);
  const small = new Float64Array(width * width);
  for (let row = 0; row < size; row += 1)
    for (let a = 0; a < width; a += 1)
      for (let b = 0; b < width; b += 1)
        small[a * width + b] += basis[row * width + a] * image[row * width + b];
  const { values, vectors } = eigen(small, width);
  const order = [...values.keys()]
    .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
    .slice(0, dimensions);
  const found = new Float64Array(size * dimensions);
  for (let row = 0; row < size; row += 1)
    for (const [k, from] of order.entries()) {
      let sum = 0;
      for (let j = 0; j < width; j += 1) sum += basis[row * width + j] * vectors[j * width + from];
      found[row * dimensions + k] = sum * Math.sqrt(Math.abs(values[from]));
    }
  const mean = new Float64Array(dimensions);
  for (let at = 0; at < found.length; at += 1) mean[at % dimensions] += found[at] / size;
  for (let row = 0; row < size; row += 1) {
    let square = 0;
    for (let k = 0; k < dimensions; k += 1) {
      found[row * dimensions + k] -= mean[k];
      square += found[row * dimensions + k] ** 2;
    }
    for (let k = 0; k < dimensions; k += 1) found[row * dimensions + k] /= Math.sqrt(square) || 1;
  }
  return found;
}
