import type { Change } from '../../bot/ports/store.ts'

export interface Watchers {
  add(listener: (changes: readonly Change[]) => void): () => void
  tell(changes: readonly Change[]): void
}

/**
 * Those who watch a store. A listener that throws has found a bug of its own: the commit stands and the
 * other listeners are told, so the error goes to `onWarning` instead of up to whoever committed.
 */
export function createWatchers(onWarning: (warning: string) => void): Watchers {
  const listeners = new Set<(changes: readonly Change[]) => void>()
  return {
    add(listener) {
      // Wrapped, so that the same function added twice can be stopped singly.
      const own = (changes: readonly Change[]) => listener(changes)
      listeners.add(own)
      return () => listeners.delete(own)
    },
    tell(changes) {
      for (const listener of [...listeners]) {
        try {
          listener(changes)
        } catch (error) {
          onWarning(`a listener of the store failed: ${error instanceof Error ? error.stack : String(error)}`)
        }
      }
    },
  }
}
