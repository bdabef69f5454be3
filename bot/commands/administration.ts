import type { Command } from 'commander'
import { addAccountCommands } from './account.ts'
import { addApiKeyCommands } from './api-key.ts'
import { addLearningCommands, type LearningOptions } from './corrections.ts'
import { addForwardCommands } from './forward.ts'
import { addGridCommands } from './grid.ts'
import { addGroupCommands } from './group.ts'
import { addLedgerCommands } from './ledger.ts'
import { addLedgerExport } from './ledger-export.ts'
import { addDataCommands } from './move-data.ts'
import { addNoticeCommands, type NoticeShell } from './notice.ts'
import { addPersonalDataCommands, type PersonalDataOptions } from './personal-data.ts'
import { addPlaceCommands } from './place.ts'
import { addQuestionCommands } from './questions.ts'
import { addReportCommands } from './report.ts'
import { addRosterCommands } from './roster.ts'
import { addSafekeepingCommands } from './safekeeping.ts'

/** The commands of whoever looks after an installation. */
export function addAdministration(
  program: Command,
  options: PersonalDataOptions & LearningOptions & NoticeShell,
): void {
  addRosterCommands(program, options)
  addGroupCommands(program, options)
  addGridCommands(program, options)
  addPlaceCommands(program, options)
  addQuestionCommands(program, options)
  addNoticeCommands(program, options)
  addAccountCommands(program, options)
  addForwardCommands(program, options)
  addSafekeepingCommands(program, options)
  addDataCommands(program, options)
  addPersonalDataCommands(program, options)
  addLearningCommands(program, options)
  addLedgerExport(addLedgerCommands(program, options), options)
  addReportCommands(program, options)
  addApiKeyCommands(program, options)
}
