import type { OutboxEntry } from './outbox-documents.ts'

/**
 * Our own words come back: the proof for messengers that return no id. An echo may come while its sending is still under
 * way, or a little later; what a restart forgets stays `sent`.
 */
export interface Echoes {
  /** It is about to be sent: from here on its echo is known. */
  expect(entry: OutboxEntry): void
  /** No echo is waited for any more. @returns the id of one that came already */
  take(entry: OutboxEntry): string | undefined
  /** Something is waited for that reads like this. */
  mayBe(text: string): boolean
  /**
   * @param group undefined in private
   * @returns the entry that this is the echo of; undefined when it is none, or its sending is still under way
   */
  heard(group: string | undefined, text: string, messageId: string): OutboxEntry | undefined
  /** It is on disk as sent. @returns the id of an echo that came before that */
  sent(entry: OutboxEntry): string | undefined
}

/** Echoes follow within seconds; those of more sends ago are not waited for any more. */
const most = 2_000

interface Expected {
  readonly entry: OutboxEntry
  readonly text: string
  isSent: boolean
  messageId?: string
}

export function createEchoes(): Echoes {
  const expected = new Map<string, Expected>()
  const take = (entry: OutboxEntry) => {
    const found = expected.get(entry.id)
    expected.delete(entry.id)
    return found?.messageId
  }
  return {
    take,
    expect(entry) {
      expected.set(entry.id, { entry, text: echoOf(entry), isSent: false })
      const [oldest] = expected.keys()
      if (expected.size > most && oldest !== undefined) expected.delete(oldest)
    },
    mayBe: (text) => [...expected.values()].some((each) => each.text === text.trim()),
    heard(group, text, messageId) {
      const found = [...expected.values()].find(
        (each) => each.text === text.trim() && isIn(each.entry, group) && each.messageId === undefined,
      )
      if (!found) return undefined
      found.messageId = messageId
      if (!found.isSent) return undefined
      expected.delete(found.entry.id)
      return found.entry
    },
    sent(entry) {
      const found = expected.get(entry.id)
      if (!found) return undefined
      found.isSent = true
      if (found.messageId !== undefined) expected.delete(entry.id)
      return found.messageId
    },
  }
}

/** Pictures and files come back without words. */
function echoOf({ text, picture, attachment }: OutboxEntry): string {
  return picture || attachment ? '' : text.trim()
}

function isIn({ to }: OutboxEntry, group: string | undefined): boolean {
  return ('group' in to ? to.group : undefined) === group
}
