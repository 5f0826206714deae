declare module '*.svg' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: the shape of a bundled asset module
  export default text;
}
