/** All of standard input as one text: for words that must not be arguments, which other processes could see. */
export function readStandardInput(): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    process.stdin
      .setEncoding('utf8')
      .on('data', (chunk) => {
        text += String(chunk);
      })
      .on('end', () => resolve(text.trim()))
      .on('error', reject);
  });
}
