import { maskPersonalData } from '../../intents/personal-data.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { House } from '../house.ts'
import type { Send } from '../outcome.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from './alert-owner.ts'

/**
 * A word to all who wait for a ticket: in the group where it was reported, and wherever else somebody joined in. What
 * is nobody else's business goes to them alone; where the bot has no way to the reporter, staff are told to call.
 * @param text for the groups: no name, no room, nothing as it was said
 */
export async function tellWaiting(
  house: House,
  reading: Reading,
  ticket: Ticket,
  text: string,
): Promise<readonly Send[]> {
  const isPrivate = isPrivateMatter(ticket)
  const elsewhere = (ticket.elsewhere ?? [])
    .filter((to) => !(isPrivate && 'group' in to))
    .map(
      (to) => ({ kind: 'reply', to, text: maskPersonalData(text), canWait: true, about: ticket.id }) as const,
    )
  return [...(await tellReporter(house, reading, ticket, text)), ...elsewhere]
}

async function tellReporter(
  house: House,
  reading: Reading,
  ticket: Ticket,
  text: string,
): Promise<readonly Send[]> {
  if (ticket.reporter.startsWith('system/')) return []
  if (ticket.group !== null && !isPrivateMatter(ticket))
    return [
      {
        kind: 'reply',
        to: { group: ticket.group },
        text: maskPersonalData(text),
        canWait: true,
        about: ticket.id,
      },
    ]
  return tellAlone(house, reading, ticket, text)
}

/** To the reporter and nobody else; staff call where there is no friendship. */
export async function tellAlone(
  house: House,
  reading: Reading,
  ticket: Ticket,
  text: string,
): Promise<readonly Send[]> {
  const reporter = await reading.get('people', ticket.reporter)
  if (!reporter) return []
  if (reporter.friend || ticket.group === null)
    return [{ kind: 'reply', to: { person: reporter.id }, text, canWait: true, about: ticket.id }]
  const words = { ...ticketWords(house, ticket, house.now()), person: reporter.name, text }
  const call = house.texts.callReporter(words)
  return alertOwner(reading, ticket, call)
}
