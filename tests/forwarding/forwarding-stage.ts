import { forwardingSchema, rulesOf } from '../../adapters/ticketing/settings.ts'
import { openSystems } from '../../adapters/ticketing/systems.ts'
import type { Delivery } from '../../bot/forwarding/delivery.ts'
import { realLore, Stage, type StageOptions } from '../bot/stage.ts'
import { type City, citySecret } from './city.ts'

/** The whole bot on virtual time, with systems that are made from a forwarding.yaml as an admin writes it. */

export interface ForwardingOptions extends StageOptions {
  readonly secrets?: Readonly<Record<string, string>>
}

export async function openForwardingStage(yaml: unknown, options: ForwardingOptions = {}): Promise<Stage> {
  const lore = await realLore()
  const settings = forwardingSchema.parse(yaml)
  // the systems are made before the stage whose clock they read
  const clock: { now(): number } = { now: () => Date.now() }
  const otherSystems = await openSystems(settings, {
    secrets: { LINLI_SECRET_CITY: citySecret, ...options.secrets },
    ...{ texts: lore.texts, now: () => clock.now(), sleep: async () => undefined, guarded: false },
  })
  const stage = new Stage(lore, { ...options, forwarding: { forwarding: rulesOf(settings), otherSystems } })
  clock.now = () => stage.clock.now
  return stage
}

/** Everything that concerns equipment goes to the city, which is asked every ten minutes. */
export function toCity(city: City, more: object = {}) {
  const system = {
    ...{ kind: 'webhook', url: `${city.url}/tickets`, secretEnv: 'LINLI_SECRET_CITY' },
    readUrl: `${city.url}/tickets/{id}`,
    states: { 已派单: 'open', 处理中: 'handling', 已办结: 'done', 已退回: 'declined' },
    ...more,
  }
  return { systems: { city: system }, rules: [{ category: 'facilities', to: ['city'] }] }
}

export async function deliveryTo(stage: Stage, id = 'city/20261118-001'): Promise<Delivery | undefined> {
  return stage.store.get<Delivery>('deliveries', id)
}
