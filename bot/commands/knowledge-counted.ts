/** 1 document, 2 documents. `word`: one whose plural ends in s. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
