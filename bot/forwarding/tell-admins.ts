import { saidNumber } from '../../tickets/number.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { decideAndCommit } from '../commit.ts'
import type { Send } from '../outcome.ts'
import { alertRole } from '../sending/alert-role.ts'
import type { Texts } from '../texts.ts'
import { type Call, stateOf } from './call.ts'
import type { Delivery, SystemState } from './delivery.ts'
import { worryAfter } from './system-state.ts'

/** One message for all that went wrong with a system, at most one an hour, whatever the number of tickets. */
const mostShown = 5
const hour = 3_600_000

export async function tellAdmins(call: Call): Promise<void> {
  const { house, system } = call
  await decideAndCommit(house, async (reading) => {
    const state = await stateOf(reading, call)
    if (state.tellAt === null || state.tellAt > house.now()) return undefined
    const where = { system: system.name, untold: true }
    const untold = (await reading.find('deliveries', { where, limit: 5_000 })).documents
    const texts = linesOf(house.texts, state, untold, house.now())
    const sends: Send[] = []
    for (const text of texts) sends.push(...(await alertRole(reading, 'admin', undefined, text)))
    const told: SystemState = {
      ...{ ...state, toldAt: texts.length > 0 ? house.now() : state.toldAt },
      // a wrong key does not mend itself
      tellAt: state.trouble?.code === 'authority' ? house.now() + hour : null,
    }
    return {
      cause: { id: `tell/${system.name}/${house.now()}`, group: null, lines: [] },
      outcome: {
        sends,
        puts: [
          { collection: 'systemStates', document: told },
          ...untold.map((delivery) => {
            const document: Delivery = { ...delivery, untold: false }
            return { collection: 'deliveries', document } as const
          }),
        ],
      },
    }
  })
}

function linesOf(
  texts: Texts,
  { id: system, trouble }: SystemState,
  untold: readonly Delivery[],
  now: number,
): readonly string[] {
  const failed = untold.filter(({ state }) => state === 'failed')
  const different = untold.filter(({ state, differences }) => state !== 'failed' && differences.length > 0)
  const since = plainDateTime(trouble?.since ?? now)
  const away = trouble && trouble.code !== 'authority' && now >= trouble.since + worryAfter
  return [
    ...(trouble?.code === 'authority' ? [texts.otherSystemLocked({ system })] : []),
    ...(away ? [texts.otherSystemAway({ system, since })] : []),
    ...(failed.length > 0 ? [texts.otherSystemRefused({ system, tickets: shown(failed, refusal) })] : []),
    ...(different.length > 0
      ? [texts.otherSystemDiffers({ system, tickets: shown(different, difference) })]
      : []),
  ]
}

function shown(deliveries: readonly Delivery[], line: (delivery: Delivery) => string): string {
  const lines = deliveries.slice(0, mostShown).map(line)
  const left = deliveries.length - lines.length
  return [...lines, ...(left > 0 ? [`… +${left}`] : [])].join('\n')
}

function refusal({ ticket, error = '' }: Delivery): string {
  return `${saidNumber(ticket)} ${error.slice(0, 80)}`
}

function difference({ ticket, differences }: Delivery): string {
  const said = differences.map(({ field, ours, theirs }) => `${field}: ${short(ours)} ≠ ${short(theirs)}`)
  return `${saidNumber(ticket)} ${said.join('；')}`
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ')
  return line.length > 24 ? `${line.slice(0, 24)}…` : line
}
