/** WeChat readers lose long messages: cut at natural places, as near below the limit as there is one. */
const limit = 600
const naturalEnds = [/\n{2,}/gu, /\n/gu, /[。！？!?]/gu, /[；;]/gu, /[，,、 ]/gu]

export function splitText(text: string, most = limit): readonly string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > most) {
    const cut = bestCut(rest, most)
    parts.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest]
}

/** The last natural end in the second half, paragraphs before lines before sentences; else the limit itself. */
function bestCut(text: string, most: number): number {
  const window = text.slice(0, most)
  for (const end of naturalEnds) {
    const last = [...window.matchAll(end)].at(-1)
    if (last && last.index >= most / 2) return last.index + last[0].length
  }
  return isHighSurrogate(window.charCodeAt(most - 1)) ? most - 1 : most
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
