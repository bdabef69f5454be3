import type { OutboxEntry } from './outbox-documents.ts'

/**
 * Emergencies before replies, replies before summaries, summaries before notices, of which those about an emergency go
 * first; inside a class first come, first served.
 */
const classes = { urgent: 0, reply: 1, alert: 1, afterAnswers: 3, emergencyNotice: 4, notice: 5 } as const
/** Larger than any instant in ms, and 9 times it is still an exact integer. */
const classWidth = 1e14

export function rankOf(
  kind: OutboxEntry['kind'] | 'afterAnswers' | 'emergencyNotice',
  urgent: boolean,
  queuedAt: number,
): number {
  return (urgent ? classes.urgent : classes[kind]) * classWidth + queuedAt
}

/** From this rank on there are only notices. */
export const noticesFrom = classes.emergencyNotice * classWidth

/** A notice that keeps quiet hours. */
export function mayNotDisturb({ rank }: Pick<OutboxEntry, 'rank'>): boolean {
  return rank >= classes.notice * classWidth
}
