import type { Happening } from '../../bot/happening.ts'

/** What the house did since it was started, counted for /metrics. */
export interface Activity {
  /** To be told by the house. */
  observe(happening: Happening): void
  counts(): ActivityCounts
}

export interface ActivityCounts {
  /** Lines that were thought about. */
  readonly heard: number
  /** Of what was sent: answers in groups and in private, alerts to staff, notices. */
  readonly replies: number
  readonly alerts: number
  readonly notices: number
  readonly undeliverable: number
  readonly troubles: number
}

export function createActivity(): Activity {
  const counts = { heard: 0, replies: 0, alerts: 0, notices: 0, undeliverable: 0, troubles: 0 }
  const sent = { reply: 'replies', alert: 'alerts', notice: 'notices' } as const
  return {
    observe(happening) {
      if (happening.type === 'decided') counts.heard += happening.lines.length
      else if (happening.type === 'sent') counts[sent[happening.entry.kind]] += 1
      else if (happening.type === 'undeliverable') counts.undeliverable += 1
      else if (happening.type === 'trouble') counts.troubles += 1
    },
    counts: () => ({ ...counts }),
  }
}
