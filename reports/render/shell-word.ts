// Makes text one word of a shell's command line, so that a reader may copy a line that names what a target said.

const PLAIN = /^[\w./:@%+,][\w./:@%+,-]*$/;

/** As it is where no shell reads anything into it, in single quotes otherwise. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
