import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { roleWord } from '../describe.ts'
import { dutyNext, dutyNow, type StaffedWatch } from '../duties/duty-roster.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { isStaffGroup } from '../sending/alert-route.ts'
import { reply, type Situation } from '../situation.ts'

/** 值班: who is on duty here, and who comes next. Names are for staff alone: a group of residents hears how many. */
export async function showDuty(situation: Situation): Promise<Outcome> {
  const { house, reading, group } = situation
  const withNames = group === undefined || isStaffGroup(group)
  const now = await dutyNow(house, reading, group)
  const [following] = await dutyNext(house, reading, group)
  const next = following
    ? house.texts.dutyNext({
        ...{ shift: following.watch.shift.name, people: peopleIn(house, following, withNames) },
        from: plainDateTime(following.watch.from),
      })
    : ''
  if (now.length === 0) {
    const role = roleWord(house.texts, house.duty.fallback)
    return reply(situation, house.texts.dutyNobody({ role, next }))
  }
  const lines = now.map((watch) =>
    house.texts.dutyLine({
      ...{ shift: watch.watch.shift.name, people: peopleIn(house, watch, withNames) },
      until: plainDateTime(watch.watch.to),
    }),
  )
  return reply(situation, house.texts.dutyNow({ lines: lines.join('\n'), next }))
}

function peopleIn({ texts }: House, { people, unknown, watch }: StaffedWatch, withNames: boolean): string {
  if (!withNames) return texts.dutyCount({ count: watch.shift.people.length })
  return [...people.map(({ name }) => name), ...unknown.map((name) => texts.dutyUnknown({ name }))].join('、')
}
