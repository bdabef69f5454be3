import { saidNumber } from '../../tickets/number.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { isOpen } from '../../tickets/ticket.ts'
import { decideAndCommit } from '../commit.ts'
import { lightWord, whatOf } from '../describe.ts'
import type { Role, Timer } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { speakUp } from '../pipeline.ts'
import { tellAskers } from '../questions/tell-askers.ts'
import { askDaily } from '../quiz/daily.ts'
import type { Reading } from '../reading.ts'
import { alertRole } from '../sending/alert-role.ts'
import { forgetSome } from './forget.ts'
import { climbLadder } from './ladder.ts'
import { moveQuiz } from './quiz.ts'

/** What a due timer sets in motion. A timer that is gone, or was put off, does nothing: it happened already. */
export async function fire(house: House, timer: Timer): Promise<void> {
  if (timer.kind === 'burst') return speakUp(house, timer.id)
  await decideAndCommit(house, async (reading) => {
    const current = await reading.get('timers', timer.id)
    if (!current || current.dueAt > house.now()) return undefined
    const cause = { id: `${current.id}@${current.dueAt}`, group: null, lines: [] }
    return { cause, outcome: await consequence(house, reading, current) }
  })
}

async function consequence(house: House, reading: Reading, timer: Timer): Promise<Outcome> {
  switch (timer.kind) {
    case 'burst':
      return { cancelled: [timer.id] }
    case 'light':
      return turnLight(house, reading, timer)
    case 'ladder':
      return climbLadder(house, reading, timer)
    case 'quiz':
    case 'quizNext':
      return moveQuiz(house, reading, timer)
    case 'quizDaily':
      return askDaily(house, reading, timer)
    case 'tell':
      return tellAskers(house, reading, timer)
    case 'forget':
      return forgetSome(house, reading, timer)
  }
}

/** Yellow goes to the grid worker, red one level higher; whoever took the ticket is told in any case. */
async function turnLight(house: House, reading: Reading, timer: Timer & { kind: 'light' }): Promise<Outcome> {
  const ticket = await reading.get('tickets', timer.ticket)
  if (!ticket || !isOpen(ticket) || ticket.state === 'done') return { cancelled: [timer.id] }
  const group = ticket.group ? await reading.get('groups', ticket.group) : undefined
  const role: Role = timer.light === 'yellow' ? 'grid_worker' : 'grid_leader'
  const at = timer.light === 'red' ? ticket.deadline + 1 : ticket.yellowAt
  const text = house.texts.lightAlert({
    ...{
      light: lightWord(house.texts, ticket, at),
      number: saidNumber(ticket.id),
      department: ticket.department,
    },
    ...{ what: whatOf(house, ticket), deadline: plainDateTime(ticket.deadline) },
  })
  const red: Timer = {
    id: timer.id,
    kind: 'light',
    ticket: ticket.id,
    light: 'red',
    dueAt: ticket.deadline + 1,
  }
  return {
    sends: await alertRole(reading, role, group, text, { also: ticket.responsible }),
    ...(timer.light === 'yellow' ? { timers: [red] } : { cancelled: [timer.id] }),
    why: `${ticket.id} turned ${timer.light}`,
  }
}
