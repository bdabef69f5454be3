import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import type { Actor, Command } from '../command.ts'
import type { Decided } from '../decided.ts'
import { waitedFor } from './awaiting.ts'
import { followNotice } from './follow.ts'
import { noticeFor } from './notice-rows.ts'
import { remindReaders } from './remind.ts'
import { runAccount, runNotice } from './run.ts'
import { approveNotice, discardNotice, refuseNotice, submitNotice } from './submit.ts'
import { reviseNotice, writeNotice } from './write.ts'

type NoticeCommand = Extract<Command, { readonly type: `notice.${string}` | `account.${string}` }>

export function isNoticeCommand(command: Command): command is NoticeCommand {
  return command.type.startsWith('notice.') || command.type.startsWith('account.')
}

/** What is done to a notice, by whoever may. @throws RefusedError */
export async function decideNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  command: NoticeCommand,
): Promise<Decided> {
  // a system learns nothing of what others wrote, not even that it is there
  if (actor.kind === 'system' && 'notice' in command) {
    const decides = command.type === 'notice.approve' || command.type === 'notice.refuse'
    await (decides ? waitedFor(reading, actor, command.notice) : noticeFor(reading, actor, command.notice))
  }
  switch (command.type) {
    case 'notice.write':
      return printed(command, await writeNotice(house, reading, actor, command))
    case 'notice.revise':
      return printed(command, await reviseNotice(house, reading, actor, command))
    case 'notice.follow':
      return printed(command, await followNotice(house, reading, actor, command))
    case 'notice.submit':
      return submitNotice(house, reading, actor, command.notice)
    case 'notice.approve':
      return printed(command, await approveNotice(house, reading, actor, command))
    case 'notice.refuse':
      return printed(command, await refuseNotice(house, reading, actor, command))
    case 'notice.discard':
      return discardNotice(house, reading, actor, command.notice)
    case 'notice.pause':
    case 'notice.resume':
    case 'notice.stop':
    case 'notice.settle':
      return runNotice(house, reading, actor, command)
    case 'notice.remind':
      return remindReaders(house, reading, actor, command.notice)
    case 'account.pause':
    case 'account.resume':
      return runAccount(house, reading, command)
  }
}

/** Whoever comes again under the same id, but with something else, is found out by it. */
function printed({ print }: { readonly print?: string }, decided: Decided): Decided {
  return print === undefined ? decided : { ...decided, result: { ...decided.result, print } }
}
