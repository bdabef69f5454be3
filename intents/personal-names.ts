/**
 * Takes the names of people out of text that others will see: 王桂芳说漏水 → [姓名]说漏水. Which names, only the roster
 * knows; a name of one letter stands in too many words to be taken out.
 */
export function maskNames(text: string, names: readonly string[]): string {
  const known = [...new Set(names.flatMap(formsOf))].sort((one, other) => other.length - one.length)
  if (known.length === 0) return text
  const find = new RegExp(known.map((name) => patternOf(name)).join('|'), 'giu')
  return text.replace(find, '[姓名]')
}

/** 3号楼502王桂芳 is also called 王桂芳: people write where they live into their names. */
const dwelling = /(?:\d+|[a-z]|[东西南北])*(?:号楼|号院|楼|栋|幢|座|单元|室|号|院|-|－|#|\s|\d)+/giu

function formsOf(name: string): readonly string[] {
  const whole = name.trim()
  const bare = whole.replace(dwelling, ' ').trim()
  return [whole, ...bare.split(/\s+/u)].filter((form) => [...form].length >= 2 && !/^\d+$/u.test(form))
}

/** Anna does not stand in Annabel; spaces between given and family name come and go. */
function patternOf(name: string): string {
  const pieces = name.split(/\s+/u).map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&'))
  const pattern = pieces.join('\\s*')
  return /^[\p{Script=Latin}\s.'-]+$/u.test(name)
    ? `(?<!\\p{Script=Latin})${pattern}(?!\\p{Script=Latin})`
    : pattern
}
