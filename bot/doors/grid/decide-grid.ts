import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import type { Decided } from '../decided.ts'
import type { GridCommand } from './grid-commands.ts'
import { gridCommands } from './grid-commands.ts'
import { bindGroup, tagGroup } from './groups.ts'
import { importGrid } from './import-grid.ts'
import { addPlace } from './places.ts'
import { rebindGroup, settleMatch } from './rebind.ts'
import { addPerson, codeForPerson, removePerson, setPerson } from './roster.ts'

const types: ReadonlySet<string> = new Set(gridCommands.map(({ shape }) => shape.type.value))

export function isGridCommand(command: { readonly type: string }): command is GridCommand {
  return types.has(command.type)
}

/** What a lawful command about the grid leads to. `by`: as in an event. @throws RefusedError */
export async function decideGrid(
  house: House,
  reading: Reading,
  by: string,
  command: GridCommand,
): Promise<Decided> {
  switch (command.type) {
    case 'group.bind':
      return bindGroup(house, reading, command)
    case 'group.tag':
      return tagGroup(house, reading, command)
    case 'group.rebind':
      return rebindGroup(reading, command)
    case 'match.confirm':
    case 'match.refuse':
      return settleMatch(house, reading, by, command)
    case 'roster.add':
      return addPerson(house, reading, command)
    case 'roster.set':
      return setPerson(house, reading, by, command)
    case 'roster.code':
      return codeForPerson(house, reading, command)
    case 'roster.remove':
      return removePerson(house, reading, by, command.person)
    case 'place.add':
      return addPlace(reading, command)
    case 'grid.import':
      return importGrid(house, reading, by, command.rows)
  }
}
