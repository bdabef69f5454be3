/**
 * The JSON in what a model wrote: bare, in a code fence, after its thinking, or among other words.
 * @returns undefined when there is none, or when it was cut off
 */
export function jsonIn(content: string): unknown {
  const said = content.replace(/<think>[\s\S]*?<\/think>/g, '').trim()
  return parse(said) ?? parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1))
}

function parse(text: string): unknown {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
