import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { ticketStates } from '../../tickets/ticket.ts'
import { stateWord } from '../describe.ts'
import type { Difference } from '../ports/ticket-system.ts'
import type { Texts } from '../texts.ts'

/** What another system says otherwise, for admins: the fields by our names, whatever they are called over there. */
export function differenceWords(texts: Texts, { field, ours, theirs }: Difference): string {
  return texts.otherSystemDifference({
    field: fieldWord(texts, field),
    ours: valueWord(texts, field === 'status' ? ourState(texts, ours) : ours),
    theirs: valueWord(texts, theirs),
  })
}

/** Fields as the adapters name them, by what they mean here. */
function fieldWord(texts: Texts, field: string): string {
  const words: Readonly<Record<string, () => string>> = {
    ...{ title: texts.fieldTitle, text: texts.fieldText, description: texts.fieldText },
    ...{ place: texts.fieldPlace, address: texts.fieldPlace, department: texts.fieldDepartment },
    ...{ dueDate: texts.fieldDeadline, expected_datetime: texts.fieldDeadline },
    ...{ status: texts.fieldState, note: texts.fieldNote, service_code: texts.fieldCategory },
    ...{ ticket: texts.fieldTicket, request: texts.fieldTicket, requests: texts.fieldTicket },
    issues: texts.fieldTicket,
  }
  return (Object.hasOwn(words, field) ? words[field] : undefined)?.() ?? texts.fieldOther()
}

/** Open311 knows two states only; Redmine has words of its own, which stay. */
function ourState(texts: Texts, word: string): string {
  const state = ticketStates.find((each) => each === word)
  if (state) return stateWord(texts, state)
  return word === 'open' ? texts.stateHandling() : word
}

const longest = 24

function valueWord(texts: Texts, value: string): string {
  const line = value.replaceAll(/\s+/gu, ' ').trim()
  if (line === '') return texts.notSaid()
  const at = /^\d{4}-\d{2}-\d{2}T/u.test(line) ? Date.parse(line) : Number.NaN
  if (!Number.isNaN(at)) return plainDateTime(at)
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
