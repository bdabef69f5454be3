import type { House, Lore } from '../house.ts'

/**
 * A house for the commands of an administrator while no bot runs: they need the data and none of the texts,
 * so that a mistake in a text keeps nobody from a backup. Whatever asks for lore all the same is told so.
 *
 * @param parts with such lore as was read all the same, because the command is about it
 */
export function houseWithoutLore(parts: Omit<House, keyof Lore> & Partial<Lore>): House {
  return new Proxy(parts as House, {
    get(house, name, receiver) {
      if (typeof name === 'symbol' || name in house || mayLack.includes(name))
        return Reflect.get(house, name, receiver)
      throw new Error(`${name} is known to a running bot only: start it, then try again`)
    },
  })
}

/** What also a running bot need not have, and what a promise would be asked for. */
const mayLack = [
  'model',
  'then',
  'forwarding',
  'otherSystems',
  'reportPress',
  'attachments',
  'accounts',
  'isHere',
]
