/** One step of the schema. A step that was ever released is never changed. */
export interface Migration {
  /** The `user_version` after it: one more than the step before. */
  readonly version: number;
  /** What it brings, for the log. */
  readonly name: string;
  readonly statements: readonly string[];
}
