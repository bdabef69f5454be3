import type { Documents } from '../../bot/documents.ts'
import { execute } from '../../bot/doors/execute.ts'
import type { Instant } from '../../bot/ports/chat.ts'
import { day, hour, isoShanghai, minute } from '../../tickets/shanghai-time.ts'
import { instant } from '../bot/stage.ts'
import { everything } from './everything.ts'
import { type Life, plan } from './life.ts'
import type { Lived } from './month.ts'

/** Notices to the whole district: in the morning every third day, and once just before people go to bed. */

const author = { kind: 'person', id: 'p-区管理员1' } as const
const second = { kind: 'person', id: 'p-区管理员2' } as const

export function planNotices(life: Life, from: string): void {
  const first = instant(`${from} 00:00`)
  for (let at = first + day; at < life.ends - day; at += 3 * day)
    planNotice(life, at + 9 * hour + 10 * minute)
  planNotice(life, first + 2 * day + 22 * hour - minute)
}

function planNotice(life: Life, at: Instant): void {
  const { house } = life.stage
  plan(life, at, async () => {
    const text = `各位邻居：小区消防演练安排在${isoShanghai(at + day).slice(0, 10)}，请留出通道。`
    const targets = { everywhere: true, places: [], tags: [], groups: [] }
    const write = { type: 'notice.write', text, targets, expiresAt: at + day }
    const { notice = '' } = await execute(house, author, `notice-${at}/write`, write)
    const submit = { type: 'notice.submit', notice }
    const { state } = await execute(house, author, `notice-${at}/submit`, submit)
    if (state === 'awaiting')
      await execute(house, second, `notice-${at}/approve`, { type: 'notice.approve', notice })
  })
}

/** Every group once, with the record that says so. One sentence for each fault. */
export async function faultsOfNotices(lived: Lived): Promise<readonly string[]> {
  const notices = await everything(lived.stage.store, 'notices')
  const over = notices.filter(({ expiresAt }) => expiresAt <= lived.ends)
  if (over.length === 0) return ['no notice had its time']
  const faults: string[] = []
  for (const notice of over) faults.push(...(await faultsOf(lived, notice)))
  return faults
}

async function faultsOf(
  { stage, district }: Lived,
  { id, text, state }: Documents['notices'],
): Promise<readonly string[]> {
  const times = new Map<string, number>()
  for (const { to, text: said } of stage.chat.sent)
    if ('room' in to && said === text) times.set(to.room, (times.get(to.room) ?? 0) + 1)
  const record = await stage.store.get<Documents['noticeRecords'] & { version: number }>('noticeRecords', id)
  const sure = record?.copies.filter((copy) => copy.state === 'confirmed').length ?? 0
  const counts = district.groups.map(({ name }) => ({ name, count: times.get(`r-${name}`) ?? 0 }))
  return [
    ...(state === 'finished' ? [] : [`${id} is ${state}, and its time is over`]),
    ...(sure === district.groups.length ? [] : [`${id}: the record knows of ${sure} groups`]),
    ...counts
      .filter(({ count }) => count !== 1)
      .map(({ name, count }) => `${id}: ${name} got it ${count} times`),
  ]
}
