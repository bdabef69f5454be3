import { maskPersonalData } from '../../intents/personal-data.ts'
import { parseStaffCommand } from '../../intents/staff-commands.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Person } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome, TicketChange } from '../outcome.ts'
import { isStaff } from '../people/directory.ts'
import { alertPeople } from '../sending/alert-department.ts'
import { ladderId } from './promises-over.ts'

/** 误报, 火灭了 没事了: whoever was alerted hears of it, and nobody else is woken. The ticket stays: staff look, and say 办结. */

const over =
  /误报|误触|虚惊|看错了|搞错了|弄错了|听错了|闻错了|报错了|(?:火|烟|明火|已经?|都|全|给|自己)(?:也|都|已经|全)?(?:被)?(?:扑|浇|熄)?灭了|^(?:扑|浇|熄)?灭了|没(?:什么|啥|多大)?事(?:了|啦|儿了)|(?<![是怕该莫可])不是.{0,3}(?:着火|失火|起火|漏气|煤气|燃气|打架)|没(?:有)?(?:着火|起火|失火|漏气|漏煤气)|是(?:人家|别人|邻居|楼[上下]|隔壁|谁家|有人)?(?:在)?(?:放(?:烟花|炮|鞭炮)|烧烤|做饭|炒菜|演练|拍戏)|(?:人|孩子|老人|娃|儿子|女儿|孙子|孙女|我[妈爸]).{0,6}(?:找到了|找着了|救出来了|救上来了|救下来了|回来了|下来了)|^找[到着]了|警报解除|解除了/u
const doubtful = /[?？]|[吗么]$|还没|还在|没灭|又|但是?|可是|不过|没有?找到|有没有|是不是|万一|等/u

/** A line that says it is over; an order about a ticket (办结 …) is read as an order. */
export function isCalledOff(text: string): boolean {
  const line = text.trim()
  return line.length <= 40 && over.test(line) && !doubtful.test(line) && parseStaffCommand(line) === undefined
}

/** @param told person ids of those who were alerted */
export function callOff(
  house: House,
  ticket: Ticket,
  {
    person,
    text,
    told,
  }: { readonly person: Person; readonly text: string; readonly told: readonly string[] },
): Outcome {
  const said = house.texts.emergencyCalledOff({
    ...{ number: saidNumber(ticket.id), name: person.name, text: maskPersonalData(text) },
  })
  const about = { ticket: ticket.id, by: person.id } as const
  const facts: TicketChange[] = [{ ...about, fact: { type: 'amended', text } }]
  if (isStaff(person) && isAllowed(ticket.state, 'acknowledged'))
    facts.unshift({ ...about, fact: { type: 'acknowledged' } })
  return {
    sends: alertPeople(
      told.filter((id) => id !== person.id),
      said,
      { urgent: true },
    ),
    facts,
    cancelled: [ladderId(ticket.id)],
    why: 'an emergency is called off: staff look and close',
  }
}
