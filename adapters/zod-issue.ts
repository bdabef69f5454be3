import type { z } from 'zod'

/** A fault that a schema found, for people: which field, what was expected, what came. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown, whole = 'the value'): string {
  const name = issue.path.join('.')
  if (issue.code === 'unrecognized_keys')
    return `unknown field '${issue.keys.join("', '")}': remove it or correct its name`
  const field = name === '' ? whole : `'${name}'`
  const came = cameAt(value, issue.path)
  switch (issue.code) {
    case 'invalid_type':
      // the schema's own words know the field better
      if (!issue.message.startsWith('Invalid input')) return worded(name, issue.message)
      return `expected ${field} as ${typeWords[issue.expected] ?? issue.expected}, but ${came}`
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1)
        return issue.message.startsWith('Too small')
          ? `expected ${field} to have some text, but ${came}`
          : worded(name, issue.message)
      return worded(name, issue.message)
    case 'too_big':
      if (issue.origin !== 'string') return worded(name, issue.message)
      return `expected ${field} with at most ${issue.maximum} characters, but ${came}: shorten it`
    case 'invalid_value':
      return `expected ${field} as one of ${issue.values.join(', ')}, but ${came}`
    default:
      return worded(name, issue.message)
  }
}

const typeWords: Readonly<Record<string, string>> = {
  ...{ string: 'text, such as "3号楼"', number: 'a number', int: 'a whole number' },
  ...{ boolean: 'true or false', object: 'an object {…}', array: 'a list […]' },
}

const longestShown = 60

function cameAt(value: unknown, path: readonly PropertyKey[]): string {
  let found = value
  for (const key of path) {
    const inside = typeof found === 'object' && found !== null
    found = inside ? (found as Readonly<Record<PropertyKey, unknown>>)[key] : undefined
  }
  if (found === undefined) return 'it is missing'
  const text = JSON.stringify(found)
  return `${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text} came`
}

function worded(name: string, message: string): string {
  return name === '' ? message : `'${name}': ${message}`
}
