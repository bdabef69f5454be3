import { reportAlarm } from '../alarms/report-alarm.ts'
import { retry } from '../forwarding/forward-command.ts'
import type { House } from '../house.ts'
import { addCorrection, withdrawCorrection } from '../learning/correct.ts'
import { anchorNow } from '../ledger/anchor-now.ts'
import { decideQuestion } from '../questions/decide-question.ts'
import { switchDaily } from '../quiz/daily.ts'
import type { Reading } from '../reading.ts'
import { addApiKey, revokeApiKey } from './api-keys.ts'
import { type Actor, byOf, type Command, RefusedError } from './command.ts'
import type { Decided } from './decided.ts'
import { erasure } from './erasure.ts'
import { decideGrid, isGridCommand } from './grid/decide-grid.ts'
import { giveGroup } from './group-owner.ts'
import { decideNotice, isNoticeCommand } from './notices/decide-notice.ts'
import { decideTicket, isTicketCommand } from './tickets/decide-ticket.ts'

/** What a lawful command leads to. @throws RefusedError */
export async function decideCommand(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Command,
): Promise<Decided> {
  if (isTicketCommand(command)) return decideTicket(house, reading, actor, command)
  if (isGridCommand(command)) return decideGrid(house, reading, byOf(actor), command)
  if (isNoticeCommand(command)) return decideNotice(house, reading, actor, command)
  switch (command.type) {
    case 'group.set':
      return setGroup(reading, command)
    case 'group.quiz':
      return switchQuiz(house, reading, command)
    case 'group.owner':
      return giveGroup(house, reading, command)
    case 'person.erase':
      return erasure(reading, byOf(actor), command.person)
    case 'ledger.anchor':
      return anchorNow(house, reading)
    case 'question.answer':
    case 'question.revise':
    case 'question.withdraw':
    case 'question.dismiss':
      return decideQuestion(reading, byOf(actor), command, house.now())
    case 'correction.add':
      return addCorrection(house, reading, byOf(actor), command)
    case 'ledger.unmask': {
      const { type: _, ...filter } = command
      return { outcome: {}, result: filter }
    }
    case 'correction.withdraw':
      return withdrawCorrection(reading, command.correction)
    case 'forward.retry':
      return retry(reading, command, house.now())
    case 'alarm.report':
      return reportAlarm(house, reading, actor, command)
    case 'apikey.add':
      return addApiKey(reading, command, house.now())
    case 'apikey.revoke':
      return revokeApiKey(reading, command.key)
  }
}

async function setGroup(
  reading: Reading,
  { group: id, setting }: Command & { type: 'group.set' },
): Promise<Decided> {
  const group = await reading.get('groups', id)
  if (!group) throw new RefusedError('unknown', `no group ${id}: see linli group list`)
  return {
    outcome: { puts: [{ collection: 'groups', document: { ...group, setting } }] },
    result: { group: id, setting },
  }
}

async function switchQuiz(
  house: House,
  reading: Reading,
  { group: id, hour }: Command & { type: 'group.quiz' },
): Promise<Decided> {
  const group = await reading.get('groups', id)
  if (!group) throw new RefusedError('unknown', `no group ${id}: see linli group list`)
  return { outcome: await switchDaily(reading, group, hour, house.now()), result: { group: id, hour } }
}
