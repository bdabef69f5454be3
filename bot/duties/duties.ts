import { closeQuietAlarm } from '../alarms/end-alarm.ts'
import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import { lookAtAccount } from '../notices/accounts/health.ts'
import { beginNotice } from '../notices/copies/begin.ts'
import { endNotice } from '../notices/copies/expire.ts'
import type { Outcome } from '../outcome.ts'
import { speakUp } from '../pipeline.ts'
import { tellAskers } from '../questions/tell-askers.ts'
import { askDaily } from '../quiz/daily.ts'
import type { Reading } from '../reading.ts'
import { makeReports } from '../reports/make-reports.ts'
import type { Timer } from '../timer.ts'
import { anchorLedger } from './anchor.ts'
import { forgetSome } from './forget.ts'
import { climbLadder } from './ladder.ts'
import { turnLights } from './lights.ts'
import { moveQuiz } from './quiz.ts'
import { climbRedLadders } from './red-ladder.ts'
import { tellSummaries } from './summary.ts'
import { keepPromise } from './ticket-timers.ts'

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
      return turnLights(house, reading)
    case 'supervision':
      return climbRedLadders(house, reading)
    case 'summary':
      return tellSummaries(house, reading, timer)
    case 'ladder':
      return climbLadder(house, reading, timer)
    case 'hold':
    case 'followUp':
    case 'whistle':
    case 'firstHands':
      return keepPromise(house, reading, timer)
    case 'quiz':
    case 'quizNext':
      return moveQuiz(house, reading, timer)
    case 'quizDaily':
      return askDaily(house, reading, timer)
    case 'tell':
      return tellAskers(house, reading, timer)
    case 'notice':
      return beginNotice(house, reading, timer)
    case 'noticeExpiry':
      return endNotice(house, reading, timer)
    case 'account':
      return lookAtAccount(house, reading, timer)
    case 'forget':
      return forgetSome(house, reading, timer)
    case 'alarm':
      return closeQuietAlarm(house, reading, timer)
    case 'anchor':
      return anchorLedger(house, reading, timer)
    case 'report':
      return makeReports(house, reading, timer)
  }
}
