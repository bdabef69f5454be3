import { addDays, hour as anHour, day, instantOf, localDate, minute } from '../../tickets/shanghai-time.ts'
import { speakerOf } from '../accounts/speaker.ts'
import type { Group } from '../documents.ts'
import type { House } from '../house.ts'
import { both, type Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { isQuiet } from '../sending/quiet-hours.ts'
import type { Timer } from '../timer.ts'
import { helpIsOnItsWay } from './break-off.ts'
import { beginGame, roundIn } from './game.ts'
import { besideEachOther, linesOfTeams, personLines, teamsOf } from './ranking.ts'
import { mondayOf } from './scores.ts'

/**
 * One question a day where staff have switched it on. Its timer is due at that hour every day; what was missed
 * by more than two hours is left out, and a day never has two.
 */
const notLaterThan = 2 * anHour
/** While a game runs, or the account is offline: tried again a little later. */
const again = 10 * minute

type DailyTimer = Timer & { readonly kind: 'quizDaily' }

const idOf = (group: string) => `quiz-daily/${group}`

/** The setting and its timer; what was asked today is not asked again. */
export async function switchDaily(
  reading: Reading,
  group: Group,
  hour: number | null,
  now: number,
): Promise<Outcome> {
  const { dailyQuiz: _, ...rest } = group
  const puts: Outcome['puts'] = [
    { collection: 'groups', document: hour === null ? rest : { ...rest, dailyQuiz: hour } },
  ]
  if (hour === null) return { puts, cancelled: [idOf(group.id)] }
  const deck = await reading.get('quizDecks', group.id)
  const askedToday = deck?.dailyOn === localDate(now)
  return { puts, timers: [timerAt(group.id, nextAt(hour, askedToday ? endOfDay(now) : now))] }
}

function timerAt(group: string, dueAt: number): DailyTimer {
  return { id: idOf(group), kind: 'quizDaily', group, dueAt }
}

/** That hour, today or tomorrow. */
function nextAt(hour: number, after: number): number {
  const today = instantOf(localDate(after), hour * anHour)
  return today >= after ? today : instantOf(addDays(localDate(after), 1), hour * anHour)
}

function endOfDay(now: number): number {
  return instantOf(localDate(now), 0) + day
}

export async function askDaily(house: House, reading: Reading, timer: DailyTimer): Promise<Outcome> {
  const group = await reading.get('groups', timer.group)
  if (group?.dailyQuiz === undefined) return { cancelled: [timer.id] }
  const now = house.now()
  const tomorrow = timerAt(group.id, nextAt(group.dailyQuiz, endOfDay(now)))
  const planned = instantOf(localDate(now), group.dailyQuiz * anHour)
  const deck = await reading.get('quizDecks', group.id)
  const missed = now - planned > notLaterThan || now < planned || isQuiet(now)
  const unwanted = group.setting === 'listen' || group.owner === '' || deck?.dailyOn === localDate(now)
  if (!house.settings.scheduledDuties || missed || unwanted) return { timers: [tomorrow] }
  const round = await roundIn(reading, group.id)
  const busy = round !== undefined && round.state !== 'over'
  const later = busy || !(await isUp(house, reading, group)) || (await helpIsOnItsWay(reading, group.id, now))
  if (later) return { timers: [timerAt(group.id, now + again)] }
  const question = await beginGame(house, reading, group.id, { of: 1, byBuilding: false })
  const news = mondayOf(now) === localDate(now) ? await lastWeek(house, reading, group) : {}
  return both(news, { ...both(question, { timers: [tomorrow] }), puts: withDay(question, localDate(now)) })
}

function withDay({ puts = [] }: Outcome, today: string): NonNullable<Outcome['puts']> {
  return puts.map((put) =>
    put.collection === 'quizDecks' ? { ...put, document: { ...put.document, dailyOn: today } } : put,
  )
}

async function isUp(house: House, reading: Reading, group: Group): Promise<boolean> {
  const speaker = await speakerOf(house, reading, group)
  const link = house.isHere && (await reading.get('accountLinks', speaker))
  if (link) return link.state === 'up'
  return house.chats.some((chat) => chat.account === speaker && chat.state().state === 'up')
}

/** On Monday: who led in the week before. */
async function lastWeek(house: House, reading: Reading, group: Group): Promise<Outcome> {
  const { texts } = house
  const teams = await teamsOf(reading, group.id, 'lastWeek', house.now())
  const most = teams.length > 1 ? besideEachOther : undefined
  const lines = await personLines(house, reading, group.id, 'lastWeek', most)
  if (lines === undefined) return {}
  const table = texts.quizRanking({ title: texts.quizTitleLastWeek(), lines })
  const ofTeams = texts.quizTeamTable({ lines: linesOfTeams(house, teams, most) })
  const text = teams.length > 1 ? `${table}\n${ofTeams}` : table
  return { sends: [{ kind: 'reply', to: { group: group.id }, text }] }
}
