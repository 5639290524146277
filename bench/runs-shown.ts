// How a table says over how many runs a line is, when not each of them came to a verdict.

export function runsShown(runs: number, judged: number): string {
  return judged === runs ? String(runs) : `${runs}, ${runs - judged} without a verdict`;
}
