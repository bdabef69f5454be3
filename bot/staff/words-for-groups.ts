import { namesIllness, namesSomebodyAtHome } from '../../intents/neighbours-named.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { DeskCommand } from '../doors/tickets/ticket-commands.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Reading } from '../reading.ts'

/**
 * Notes and reasons are read by a whole group. Rooms and phones are masked wherever they are sent; a neighbour's name
 * or illness no pattern takes out of a sentence, so whoever wrote it is asked for other words.
 */
export async function mayNotBeSaidInGroup(
  reading: Reading,
  ticket: Ticket,
  command: DeskCommand,
): Promise<boolean> {
  const words = toldWords(command)
  if (words === undefined || !isToldInGroup(ticket)) return false
  if (namesIllness(words) || namesSomebodyAtHome(words)) return true
  const people = await Promise.all(
    [ticket.reporter, ...ticket.supporters].map((id) => reading.get('people', id)),
  )
  return people.some(
    (person) => person?.role === 'resident' && namesIn(person.name).some((name) => words.includes(name)),
  )
}

function toldWords(command: DeskCommand): string | undefined {
  switch (command.type) {
    case 'ticket.done':
      return command.note
    case 'ticket.ask-extension':
    case 'ticket.hold':
    case 'ticket.decline':
      return command.reason
    default:
      return undefined
  }
}

function isToldInGroup(ticket: Ticket): boolean {
  const { group, elsewhere = [] } = ticket
  return !isPrivateMatter(ticket) && (group !== null || elsewhere.some((to) => 'group' in to))
}

const everybody = /^(?:业主|住户|租户|租客|房东|邻居|居民|物业|小区|社区|师傅|群主|家园)$/u

/** 3-502王秀兰 calls herself so: her name is what is left without the door. */
function namesIn(displayName: string): readonly string[] {
  return displayName
    .split(/[^\p{L}]+|号楼|单元|[栋幢室户]/u)
    .filter((part) => part.length > 1 && !everybody.test(part))
}
