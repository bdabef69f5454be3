import { commandSchema, RefusedError } from '../../doors/command.ts'
import type { CommandResult } from '../../doors/decided.ts'
import { audited } from '../../doors/execute.ts'
import type { NoticeFault } from '../../notices/refusal.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import type { Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { refusedWords } from './fault-words.ts'
import { type Addressees, addressees, placesOf } from './known-names.ts'

export type Done =
  | { readonly outcome: Outcome; readonly result: CommandResult }
  | { readonly refused: Outcome; readonly fault?: NoticeFault }

/** Hands a command about a notice to the door; what is refused is said in words. */
export async function atTheDoor(
  situation: Situation,
  command: object,
  /** 12 */
  number = '',
): Promise<Done> {
  const { house, reading, person, cause } = situation
  const parsed = commandSchema.safeParse(command)
  // what no command can hold (a thousand names) is no order that anybody types
  if (!parsed.success) return { refused: reply(situation, await howWords(situation)) }
  try {
    const actor = { kind: 'person', id: person.id } as const
    return await audited(house, reading, actor, `chat/${cause.id}`, parsed.data)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const known = await addressees(reading)
    const nameOf = (id: string) => fullName(known, id)
    const words = refusedWords(house, error, { number, nameOf, example: exampleFor(situation, known) })
    const fault = error instanceof NoticeRefusedError ? error.fault : undefined
    return { refused: reply(situation, words), ...(fault && { fault }) }
  }
}

/** How one is written, with an example of theirs. */
export async function howWords(situation: Situation): Promise<string> {
  const example = exampleFor(situation, await addressees(situation.reading))
  return situation.house.texts.noticeHow({ example })
}

/** 幸福里社区3号楼 */
function fullName({ tree, groups }: Addressees, id: string): string {
  const place = tree.places.find((each) => each.id === id)
  if (!place) return groups.find((group) => group.id === id)?.name ?? id
  const upper = tree.places.find((each) => each.id === place.parent)
  return `${upper?.name ?? ''}${place.name}`
}

/** Whom they could name: 幸福里社区 业主群 */
export function exampleFor({ person }: Pick<Situation, 'person'>, known: Addressees): string {
  const [place = '幸福里社区'] = placesOf(person, known)
  const tag = known.tags.find((each) => each === '业主群') ?? known.tags.find((each) => each.endsWith('群'))
  return [place, ...(tag === undefined ? [] : [tag])].join(' ')
}
