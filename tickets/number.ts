import { localDate } from './shanghai-time.ts'
import type { TicketNumber } from './ticket.ts'

/** 20261118-001; past 999 a day the count simply grows a digit. */
export function ticketNumber(openedAt: number, count: number): TicketNumber {
  return `${localDate(openedAt).replaceAll('-', '')}-${String(count).padStart(3, '0')}`
}

/** As said in a group: 1118-001. */
export function saidNumber(ticket: TicketNumber): string {
  return ticket.slice(4)
}

/** Month and day must exist: 0371-6666 8888 is a telephone. */
const written =
  /(?<![\d-])(?:(20\d{2})?((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])))\s*[-—–]\s*(\d{3,4})(?!\d)/u

/** The first ticket number in a text, whole or as said; undefined when there is none. */
export function findNumber(
  text: string,
): { readonly full?: TicketNumber; readonly said: string } | undefined {
  const match = written.exec(text.normalize('NFKC'))
  if (!match) return undefined
  const [, year, monthDay = '', count = ''] = match
  const said = `${monthDay}-${count}`
  return year ? { full: `${year}${said}`, said } : { said }
}
