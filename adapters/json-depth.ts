/** Nobody who means well nests deeper; what does, breaks whoever walks through it step by step. */
export const deepestJson = 32

const [quote, backslash] = ['"'.charCodeAt(0), '\\'.charCodeAt(0)]
const opening = new Set(['[', '{'].map((sign) => sign.charCodeAt(0)))
const closing = new Set([']', '}'].map((sign) => sign.charCodeAt(0)))

/** Whether JSON is nested deeper than that: counted in its text, before anything is made of it. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at)
    if (inString && sign === backslash) at++
    else if (sign === quote) inString = !inString
    else if (!inString && opening.has(sign) && ++depth > deepestJson) return true
    else if (!inString && closing.has(sign)) depth--
  }
  return false
}
