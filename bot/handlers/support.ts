import { normalize } from '../../intents/normalize.ts'
import type { TicketFact } from '../../tickets/event.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import { type Ticket, takesPart } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Outcome } from '../outcome.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Handler, Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'

/** 我家也是 right after a ticket was opened here: one more who has the problem, not one more ticket. */
export const supportRightAfter: Handler = async (situation) => {
  const { groupState, reading, text, now, person, understanding } = situation
  const last = groupState?.lastTicket
  if (!last || now - last.at > rightAfter) return undefined
  const rest = restOf(normalize(text))
  if (rest === undefined) return undefined
  const ticket = await reading.get('tickets', last.ticket)
  if (!ticket || !isAllowed(ticket.state, 'supported')) return undefined
  // a quarrel or a household's need is not everybody's trouble
  if (takesPart(ticket, person.id) || isPrivateMatter(ticket)) return undefined
  if (!speaksOfSame(rest, ticket, situation)) return undefined
  if (comparePlaces(ticket.place, understanding.place ?? null) === 'different') return undefined
  return supportTicket(situation, ticket)
}

const rightAfter = 10 * 60_000
/** "Me too", with which the line begins. */
const meToo =
  /^(?:(?:(?:我|俺|咱|我们|俺们|咱们)(?:家|楼|单元|这|这边|这里|这儿|楼上|楼下)?|(?:[\da-z一二三四五六七八九十]+(?:号楼|栋|幢|单元|楼|层))+)也(?:是|一样|有|遇到|停|没|不|坏|漏|堵|黑|断)|同上|同$|同问|一样$|同求|附议|\+\s*1(?!\d)|加一|同感|一样一样|(?:同样|一样)的(?:问题|情况)|支持反映)/u

/** What follows "me too", without the words that add nothing; undefined: it is not said. */
function restOf(line: string): string | undefined {
  const said = meToo.exec(line)?.[0]
  if (said === undefined) return undefined
  const spoken = line.slice(said.length).replaceAll(/[\p{P}\p{S}\s]+/gu, '')
  return spoken.replaceAll(addsNothing, '')
}

const addsNothing =
  /这样|一样|同样|如此|的?(?:问题|情况|毛病|现象)|的|了|啊|呀|呢|哦|吧|哎|唉|家|户|这里|这边|这栋|这个|遇到|都|也|是|有|已经|早上|上午|中午|下午|晚上|昨[天晚]|今[天早]|前天|刚才|刚刚|现在|到|从|就|开始|好?[几\d一二两三四五六七八九十半]+(?:个)?(?:天|小时|钟头|星期|周|月|分钟|回|次)|急死|烦死|真|很|太|烦|急|麻烦|快|点|看看|处理|解决|谢谢|物业|啥时候|什么时候|能|好/gu

/** Nothing more is said, or more of the same trouble: its thing, or a word for what is wrong that stands in the report. */
function speaksOfSame(rest: string, ticket: Ticket, { house }: Situation): boolean {
  if (rest === '') return true
  if (house.things.some((thing) => mentions(rest, thing) && mentions(ticket.text, thing))) return true
  return [...rest].some((letter) => troubles.includes(letter) && ticket.text.includes(letter))
}

const troubles = '停坏漏堵黑断亮水电气响吵臭滴卡慢灯梯门热冷闪渗'

/** One short word to the first supporter; the others are counted without a word. */
export function supportTicket(situation: Situation, ticket: Ticket): Outcome {
  const { person, house, now, photos } = situation
  const by = person.id
  const done: Outcome = {
    facts: [
      { ticket: ticket.id, by, fact: supportFrom(situation.group?.id ?? null, ticket) },
      ...(photos.length > 0 ? [{ ticket: ticket.id, by, fact: { type: 'amended', photos } as const }] : []),
    ],
    memory: { lastTicket: { ticket: ticket.id, at: now } },
    why: `supports ${ticket.id}`,
  }
  const text = house.texts.ticketSupported(ticketWords(house, ticket, now))
  return sayIfFitting(situation, `support/${ticket.id}`, text, done)
}

/** Whoever joins in from another group, or in private, is told of the end there. */
export function supportFrom(group: string | null, ticket: Ticket): TicketFact {
  return { type: 'supported', ...(group !== ticket.group && { in: group }) }
}
