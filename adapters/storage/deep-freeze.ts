/** Readers of a store share its documents, and cannot change them. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) {
      deepFreeze(member)
    }
    Object.freeze(value)
  }
  return value
}
