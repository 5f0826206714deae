export const codeServerPackages: readonly string[];
export function ensureDebianPackages(names: readonly string[], say: (line: string) => void): void;
export function findChromium(): string | undefined;
export function ensureChromium(say?: (line: string) => void): string;
