import { execute } from '../../bot/doors/execute.ts'
import type { Instant } from '../../bot/ports/chat.ts'
import { hour, isoShanghai, minute } from '../../tickets/shanghai-time.ts'
import { type Life, plan } from './life.ts'

/** Machines report as well: an alarm is raised, grows now and then, comes twice, and ends by its own id. */

const source = { kind: 'system', name: 'district-sensors' } as const
const kinds = ['fume', 'camera', 'water-level', 'smoke'] as const

/** An alarm now, and what becomes of it. */
export async function raiseAlarm(life: Life): Promise<void> {
  const { chance, stage } = life
  const id = `a-${Math.floor(chance.between(0, 1e12))}`
  const report = {
    ...{ id, kind: chance.one(kinds), level: chance.one(['blue', 'yellow', 'red']) },
    place: `${1 + Math.floor(chance.between(0, 18))}号楼`,
  }
  const { now } = stage.clock
  await tell(life, { ...report, state: 'raised' }, now)
  // a platform that is not sure tells again
  if (chance.percent(20)) await tell(life, { ...report, state: 'raised' }, now)
  if (chance.percent(25))
    later(life, { ...report, level: 'red', state: 'updated' }, chance.between(1, 60) * minute)
  if (chance.percent(85)) later(life, { ...report, state: 'ended' }, chance.between(0.1, 30) * hour)
}

interface Told {
  readonly id: string
  readonly kind: string
  readonly level: string
  readonly place: string
  readonly state: 'raised' | 'updated' | 'ended'
}

function later(life: Life, report: Told, delay: number): void {
  const at = life.stage.clock.now + delay
  plan(life, at, () => tell(life, report, at))
}

async function tell({ stage }: Life, report: Told, at: Instant): Promise<void> {
  await execute(stage.house, source, `${source.name}/${report.id}/${report.state}/${at}`, {
    ...{ type: 'alarm.report', ...report, at: isoShanghai(Math.floor(at)) },
  })
  await stage.engine.runDue()
}
