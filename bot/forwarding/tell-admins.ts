import { saidNumber } from '../../tickets/number.ts'
import { hour, plainDateTime } from '../../tickets/shanghai-time.ts'
import { decideAndCommit } from '../commit.ts'
import type { Send } from '../outcome.ts'
import { alertRole } from '../sending/alert-role.ts'
import type { Texts } from '../texts.ts'
import { type Call, stateOf } from './call.ts'
import type { Delivery, SystemState } from './delivery.ts'
import { differenceWords } from './difference-words.ts'
import { worryAfter } from './system-state.ts'

/** One message for all that went wrong with a system, at most one an hour, whatever the number of tickets. */
const mostShown = 5

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
    ...(failed.length > 0
      ? [texts.otherSystemRefused({ system, tickets: shown(texts, failed, refusal) })]
      : []),
    ...(different.length > 0
      ? [texts.otherSystemDiffers({ system, tickets: shown(texts, different, difference) })]
      : []),
  ]
}

function shown(
  texts: Texts,
  deliveries: readonly Delivery[],
  line: (texts: Texts, delivery: Delivery) => string,
): string {
  const lines = deliveries.slice(0, mostShown).map((delivery) => line(texts, delivery))
  const count = deliveries.length - lines.length
  return [...lines, ...(count > 0 ? [texts.otherSystemMore({ count })] : [])].join('\n')
}

/** Their own words, in whatever language, are for `linli forward`. */
function refusal(texts: Texts, { ticket, errorCode }: Delivery): string {
  const why = errorCode === 'nonsense' ? texts.otherSystemNotUnderstood() : texts.otherSystemRefusedThis()
  return texts.otherSystemRefusedLine({ number: saidNumber(ticket), why })
}

function difference(texts: Texts, { ticket, differences }: Delivery): string {
  const said = differences.map((each) => differenceWords(texts, each)).join('；')
  return texts.otherSystemDiffersLine({ number: saidNumber(ticket), differences: said })
}
