/** Keeps the words as written (notes and notices are shown to people), folds only width and spaces. */
export function spaced(text: string): string {
  return text
    .replace(/[\s\u2005]+/g, ' ')
    .replace(/[０-９＃－：]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('—', '-')
    .trim()
}
