import type { FaultField } from './verify.ts'

/** What to do about each kind of fault: the first line that an operator reads after the shock. */
const restoreIt =
  'keep a copy of the data folder, then compare with the newest backup that verifies (`linli ledger verify --data FOLDER`)'

export const remedies: Readonly<Record<FaultField, string>> = {
  facts: `the event was changed outside LinLi: ${restoreIt}`,
  words: `the words were changed outside LinLi: ${restoreIt}`,
  order: `events were removed or swapped outside LinLi: ${restoreIt}`,
  unlawful: `no command of LinLi writes this: ${restoreIt}`,
  ticket: `the ticket was changed outside LinLi, its events hold: ${restoreIt}`,
  anchor: `history was made anew after it was anchored: ${restoreIt}`,
  number: `a ticket was removed, or its day's counter changed: ${restoreIt}`,
  people: `the link between person and ticket was changed outside LinLi: ${restoreIt}`,
  messages: `the message that the ticket came from was removed outside LinLi: ${restoreIt}`,
  forgotten: `somebody may have hidden a removal behind the keeping rule: ${restoreIt}`,
}
