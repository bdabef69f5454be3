import type { Group } from '../documents.ts'
import type { Outcome } from '../outcome.ts'
import type { QuizScore } from '../quiz/quiz-documents.ts'
import { linesOfTeams, type Period, personLines, placeOf, teamsOf } from '../quiz/ranking.ts'
import type { QuizRequest } from '../quiz/requests.ts'
import { alone, communityOf, mondayOf } from '../quiz/scores.ts'
import { reply, type Situation } from '../situation.ts'

/** 排行榜, 本周排名, 上周排名, 社区排名, 楼栋排名, 我的积分. */

type RankingRequest = QuizRequest & { readonly want: 'ranking' }

export async function ranking(situation: Situation, { of, period }: RankingRequest): Promise<Outcome> {
  const { house, reading } = situation
  const group = situation.group ?? (await lastGroup(situation))
  if (!group) return reply(situation, house.texts.quizRankingEmpty())
  // in private nobody sees which group is meant
  const ofGroup = situation.group ? '' : group.name
  if (of === 'buildings') return reply(situation, await teamRanking(situation, group, period, ofGroup))
  const community = of === 'community' ? await communityOf(reading, group) : undefined
  const lines = await personLines(house, reading, community ?? group.id, period)
  if (lines === undefined) return reply(situation, emptyText(situation, period))
  const where = community ? (await reading.get('places', community))?.name : ofGroup
  return reply(situation, house.texts.quizRanking({ title: titleOf(situation, period, where), lines }))
}

function emptyText({ house }: Situation, period: Period): string {
  return period === 'lastWeek' ? house.texts.quizLastWeekEmpty() : house.texts.quizRankingEmpty()
}

/** 槐荫社区本周排名; the place only where it is not the group in which it is said. */
function titleOf({ house }: Situation, period: Period, where = ''): string {
  const titles = {
    all: house.texts.quizTitleAll,
    week: house.texts.quizTitleWeek,
    lastWeek: house.texts.quizTitleLastWeek,
  }
  return `${where}${titles[period]()}`
}

async function teamRanking(
  situation: Situation,
  group: Group,
  period: Period,
  where: string,
): Promise<string> {
  const { house, reading, now } = situation
  const teams = await teamsOf(reading, group.id, period, now)
  if (teams.length === 0) return house.texts.quizTeamsEmpty()
  const lines = linesOfTeams(house, teams)
  return house.texts.quizTeamRanking({ title: titleOf(situation, period, where), lines })
}

export async function myPoints(situation: Situation): Promise<Outcome> {
  const { house, reading, person, now } = situation
  const group = situation.group ?? (await lastGroup(situation))
  const score = group && (await reading.get('quizScores', `${group.id}/${person.id}`))
  const practised = situation.group
    ? undefined
    : await reading.get('quizScores', `${alone(person.id)}/${person.id}`)
  const practice =
    practised && house.texts.quizMinePractice({ right: practised.right, answered: practised.answered })
  if (!group || !score || score.points === 0) return reply(situation, practice ?? house.texts.quizMineEmpty())
  const mine = house.texts.quizMine({
    ...{ group: group.name, points: score.points, place: await placeOf(reading, score) },
    ...{ week: score.week === mondayOf(now) ? score.weekPoints : 0, team: teamText(situation, score) },
  })
  return reply(situation, practice === undefined ? mine : `${mine}\n${practice}`)
}

function teamText({ house }: Situation, { team }: QuizScore): string {
  return team === undefined ? '' : house.texts.quizMineTeam({ team })
}

/** In private: the group in which the person played last. */
async function lastGroup({ reading, person }: Situation): Promise<Group | undefined> {
  const { documents } = await reading.find('quizScores', { where: { person: person.id } })
  const latest = [...documents].sort((one, other) => other.lastAt - one.lastAt)
  for (const { scope } of latest) {
    const group = await reading.get('groups', scope)
    if (group) return group
  }
  return undefined
}
