import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import { both } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { assertMay } from './authority.ts'
import { type Actor, byOf, type Command, commandSchema } from './command.ts'
import { decideCommand } from './decide-command.ts'
import type { CommandResult, Decided } from './decided.ts'

/**
 * The one door for changes that people ask for. The same `id` happens once: asked again, it gives the result
 * of the first time.
 * @throws RefusedError, ZodError
 */
export async function execute(
  house: House,
  actor: Actor,
  id: string,
  command: unknown,
): Promise<CommandResult> {
  const parsed = commandSchema.parse(command)
  let result: CommandResult = {}
  await decideAndCommit(house, async (reading) => {
    const before = await reading.get('audit', id)
    if (before) {
      // an id that was guessed must not give away what somebody else was told
      await assertMay(reading, actor, parsed.type)
      result = JSON.parse(before.result) as CommandResult
      return undefined
    }
    const decided = await audited(house, reading, actor, id, parsed)
    result = decided.result
    if (decided.unchanged) return undefined
    return { cause: { id, group: null, lines: [] }, outcome: decided.outcome }
  })
  return result
}

/** Authority, decision and audit of one command, for the door above and for what is said in chat. */
export async function audited(
  house: House,
  reading: Reading,
  actor: Actor,
  id: string,
  command: Command,
): Promise<Decided> {
  await assertMay(reading, actor, command.type)
  const decided = await decideCommand(house, reading, actor, command)
  const { outcome, result } = decided
  const entry = {
    id,
    at: house.now(),
    actor: byOf(actor),
    command: command.type,
    result: JSON.stringify(result),
  }
  return { ...decided, outcome: both(outcome, { puts: [{ collection: 'audit', document: entry }] }) }
}
