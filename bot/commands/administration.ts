import type { Command } from 'commander'
import { addLearningCommands, type LearningOptions } from './corrections.ts'
import { addGroupCommands } from './group.ts'
import { addPersonalDataCommands, type PersonalDataOptions } from './personal-data.ts'
import { addPlaceCommands } from './place.ts'
import { addQuestionCommands } from './questions.ts'
import { addRosterCommands } from './roster.ts'
import { addSafekeepingCommands } from './safekeeping.ts'

/** The commands of whoever looks after an installation. */
export function addAdministration(program: Command, options: PersonalDataOptions & LearningOptions): void {
  addRosterCommands(program, options)
  addGroupCommands(program, options)
  addPlaceCommands(program, options)
  addQuestionCommands(program, options)
  addSafekeepingCommands(program, options)
  addPersonalDataCommands(program, options)
  addLearningCommands(program, options)
}
