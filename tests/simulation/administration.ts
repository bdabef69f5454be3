import { execute } from '../../bot/doors/execute.ts'
import { shortHash } from '../../bot/people/directory.ts'
import { instantOf } from '../../tickets/shanghai-time.ts'
import { type Life, plan, say } from './life.ts'

/** What the operator does meanwhile: residents want to be forgotten, a grid worker leaves and another one comes. */

const operator = { kind: 'operator' } as const

export function planAdministration(life: Life, from: string): void {
  const { chance, ends } = life
  const begins = instantOf(from, 0)
  const sometime = () => chance.between(begins + (ends - begins) / 5, ends)
  for (let times = 0; times < 4; times++) plan(life, sometime(), () => forgetSomebody(life))
  for (let times = 0; times < 2; times++) plan(life, sometime(), () => replaceWorker(life))
}

/** Half of them speak again later, as somebody new. */
async function forgetSomebody(life: Life): Promise<void> {
  const { stage, chance, district } = life
  const group = chance.one(district.groups)
  const who = chance.one(group.residents)
  const person = `p-${shortHash(`${stage.chat.account}/c-${who}`)}`
  if (!(await stage.store.get('people', person))) return
  await execute(stage.house, operator, `erase/${person}/${stage.clock.now}`, { type: 'person.erase', person })
}

/** Whoever leaves keeps the telephone, and tries to go on; the new one says the code. */
async function replaceWorker(life: Life): Promise<void> {
  const { stage, chance, district, left } = life
  const { now } = stage.clock
  const workers = district.staff.filter(({ id, role }) => role === 'grid_worker' && !left.has(id))
  const old = chance.one(workers)
  left.set(old.id, now)
  await execute(stage.house, operator, `remove/${old.id}`, { type: 'roster.remove', person: old.id })
  const name = `${old.name}接班${left.size}`
  const added = { type: 'roster.add', name, role: 'grid_worker', places: old.places }
  const { person, code } = await execute(stage.house, operator, `add/${name}`, added)
  district.hire({ id: String(person), name, role: 'grid_worker', places: old.places })
  await say(life, undefined, { who: name, text: String(code) })
}
