import { takeRemoteStatus } from '../../forwarding/remote-status.ts'
import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import type { Actor, Command } from '../command.ts'
import type { Decided } from '../decided.ts'
import { decline, giveBack, reassign, reopen } from './dispatch.ts'
import { eraseReport } from './erase-report.ts'
import { askExtension, extend, refuseExtension } from './extension.ts'
import { openByCommand } from './open.ts'
import { reportForDuty, whistle } from './whistle.ts'
import { acknowledge, done, hold, resume } from './work.ts'

export type TicketCommand = Extract<Command, { readonly type: `ticket.${string}` }>

export function isTicketCommand(command: Command): command is TicketCommand {
  return command.type.startsWith('ticket.')
}

/** What is done to a ticket, by whoever answers for it. @throws RefusedError */
export async function decideTicket(
  house: House,
  reading: Reading,
  actor: Actor,
  command: TicketCommand,
): Promise<Decided> {
  switch (command.type) {
    case 'ticket.open':
      return openByCommand(house, reading, actor, command)
    case 'ticket.erase':
      return eraseReport(reading, actor, command.ticket)
    case 'ticket.acknowledge':
      return acknowledge(house, reading, actor, command.ticket)
    case 'ticket.done':
      return done(house, reading, actor, command)
    case 'ticket.reassign':
      return reassign(house, reading, actor, command)
    case 'ticket.return':
      return giveBack(house, reading, actor, command)
    case 'ticket.decline':
      return decline(house, reading, actor, command)
    case 'ticket.hold':
      return hold(house, reading, actor, command)
    case 'ticket.resume':
      return resume(house, reading, actor, command.ticket)
    case 'ticket.ask-extension':
      return askExtension(house, reading, actor, command)
    case 'ticket.extend':
      return extend(house, reading, actor, command.ticket)
    case 'ticket.refuse-extension':
      return refuseExtension(house, reading, actor, command)
    case 'ticket.whistle':
      return whistle(house, reading, actor, command)
    case 'ticket.report-for-duty':
      return reportForDuty(house, reading, actor, command)
    case 'ticket.system-status':
      return takeRemoteStatus(house, reading, actor, command)
    case 'ticket.reopen':
      return reopen(house, reading, actor, command)
  }
}
