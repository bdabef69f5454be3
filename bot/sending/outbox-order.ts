import type { OutboxEntry } from '../documents.ts'

/** Emergencies before replies, replies before summaries, summaries before notices; inside a class first come, first served. */
const classes = { urgent: 0, reply: 1, alert: 1, afterAnswers: 3, notice: 5 } as const
/** Larger than any instant in ms, and 9 times it is still an exact integer. */
const classWidth = 1e14

export function rankOf(
  kind: OutboxEntry['kind'] | 'afterAnswers',
  urgent: boolean,
  queuedAt: number,
): number {
  return (urgent ? classes.urgent : classes[kind]) * classWidth + queuedAt
}
