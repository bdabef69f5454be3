import type { Urgency } from '../../intents/understanding.ts'
import { saidNumber } from '../../tickets/number.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { stateWord, whatOf } from '../describe.ts'
import type { Lore } from '../house.ts'
import type { ChannelAlertMessage } from '../ports/alert-channel.ts'
import type { ForwardedTicket } from '../ports/ticket-system.ts'
import type { Texts } from '../texts.ts'
import type { ChannelAlert } from './delivery.ts'
import type { AlertEvent } from './rules.ts'

/** What work groups and mailboxes read. Nothing as it was said: people outside the street read along. */
export function channelWords(
  lore: Pick<Lore, 'texts' | 'categories' | 'things'>,
  { id, event }: ChannelAlert,
  ticket: Ticket,
  nameless: (words: string) => string,
): ChannelAlertMessage {
  const { texts } = lore
  return {
    id,
    title: texts.channelTitle({
      ...{
        event: eventWord(texts, event),
        number: saidNumber(ticket.id),
        what: nameless(whatOf(lore, ticket)),
      },
    }),
    text: texts.channelText({
      ...{ category: lore.categories[ticket.category].name, department: ticket.department },
      ...{ deadline: plainDateTime(ticket.deadline), state: stateWord(texts, ticket.state) },
    }),
  }
}

export interface MailWords {
  readonly subject: string
  readonly text: string
}

/** A ticket for people who have a mailbox and no system. */
export function mailWords(texts: Texts, ticket: ForwardedTicket): MailWords {
  const { title: what, categoryName: category, stateName: state, department } = ticket
  const number = saidNumber(ticket.id)
  return {
    subject: texts.mailSubject({ number, what: urgent(texts, ticket.urgency) + what, state }),
    text: texts.mailText({
      ...{ number, what, state, category, department },
      ...{ place: ticket.place || texts.placeUnknown(), text: ticket.text || texts.notSaid() },
      ...{ opened: plainDateTime(ticket.openedAt), deadline: plainDateTime(ticket.deadline) },
      note: ticket.note ?? texts.notSaid(),
    }),
  }
}

function urgent(texts: Texts, urgency: Urgency): string {
  return urgency === 'emergency' ? `${texts.eventEmergency()} ` : ''
}

function eventWord(texts: Texts, event: AlertEvent): string {
  const words: Readonly<Record<AlertEvent, () => string>> = {
    ...{ opened: texts.eventOpened, emergency: texts.eventEmergency, red: texts.eventRed },
    ...{ escalated: texts.eventEscalated, whistled: texts.eventWhistled, returned: texts.eventReturned },
    ...{ reopened: texts.eventReopened, done: texts.eventDone, closed: texts.eventClosed },
  }
  return words[event]()
}
