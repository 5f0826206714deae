/** Where things are in an installation of code-server. */
export interface CodeServerPlaces {
  readonly root: string;
  readonly node: string;
  readonly runtime: string;
  readonly entry: string;
  readonly server: string;
}

export interface Serving {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

export const codeServerVersion: string;
export function ensureCodeServer(say?: (line: string) => void): Promise<CodeServerPlaces>;
export function freePort(): Promise<number>;
export function startCodeServer(options: {
  readonly places: CodeServerPlaces;
  readonly userData: string;
  readonly extensions: string;
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}): Promise<Serving>;
export function startTestServer(options: {
  readonly places: CodeServerPlaces;
  readonly serverData: string;
  readonly extensions: string;
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Serving>;
export function installExtension(options: {
  readonly places: CodeServerPlaces;
  readonly vsix: string;
  readonly serverData: string;
  readonly extensions: string;
}): void;
