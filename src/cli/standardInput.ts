/** All of standard input as one text: for words that must not be arguments, which other processes could see. */
export async function readStandardInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text.trim();
}
