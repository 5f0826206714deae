/** A symmetric sparse matrix by rows: row `i` has its entries at `starts[i]` to `starts[i + 1]`. */
export interface SparseMatrix {
  readonly size: number;
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}
export function numbersFrom(seed: number): () => number;
export function positiveInformation(
  pairs: ReadonlyMap<number, number>,
  size: number,
  settings: { readonly least: number; readonly smoothing: number },
): SparseMatrix;
export function vectorsOf(
  matrix: SparseMatrix,
  dimensions: number,
  settings?: { readonly rounds?: number; readonly beside?: number },
): Float64Array;
