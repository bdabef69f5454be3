import { maskPersonalData } from '../../intents/personal-data.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'

/** How somebody is called where others read it: people put phones and rooms into their names. */
export async function nameOf(house: House, reading: Reading, person: string): Promise<string> {
  if (person === 'operator') return house.texts.operator()
  if (person === 'bot') return house.settings.botName
  if (person.startsWith('system/')) return person.slice('system/'.length)
  return maskPersonalData((await reading.get('people', person))?.name ?? house.texts.someone())
}
