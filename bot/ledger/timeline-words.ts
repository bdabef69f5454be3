import { formatPlace } from '../../intents/places.ts'
import type { Place } from '../../intents/understanding.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { type Role, roles } from '../documents.ts'

/**
 * What happened to a ticket, a sentence an event, for staff. They stand here and not in bot/texts.yaml, because the
 * ledger must be readable while no bot runs, and with a texts.yaml that somebody broke.
 */

export interface Telling {
  /** Who did it, as shown: 王阿姨, 网格员小赵. */
  readonly who: string
  /** Who should take it: （网格员小赵）, or nothing. */
  readonly assigned: string
  /** 电梯困人 is told in other words than a broken lamp. */
  readonly emergency: boolean
  /** How often staff were alerted by now, with this event. */
  readonly alerts: number
  /** Names of those who were told, with how it went: 小赵（已送达）. */
  readonly told: string
  /** What was said and where exactly may be read by whoever asks. */
  readonly open: boolean
}

/** Levels of the ladder that are no role: tickets/supervision.yaml. */
const levelNames: Readonly<Record<string, string>> = { community: '社区', street: '街道' }

/** With the roles, the words that chat has as well: a test holds them to those of bot/texts.yaml. */
export const operatorName = '系统管理员'
export const unknownPlace = '地点未说明'

export const roleNames: Readonly<Record<Role, string>> = {
  ...{ resident: '居民', volunteer: '志愿者', building_leader: '楼栋长', grid_worker: '网格员' },
  ...{ grid_leader: '网格长', department: '部门', admin: '管理员' },
}

const hidden = '内容仅本辖区工作人员可看'

export function eventInWords(event: TicketEvent, telling: Telling): string {
  return ofResidents(event, telling) ?? ofStaff(event, telling) ?? ofTheHouse(event, telling)
}

function ofResidents(event: TicketEvent, { who, emergency, open }: Telling): string | undefined {
  switch (event.type) {
    case 'opened':
      return opened(event, who, emergency, open)
    case 'amended':
      return `${who}补充：${amended(event, open).join('，')}`
    case 'supported':
      return `${who}：我家也是`
    case 'urged':
      return `${who}催办`
    case 'withdrawn':
      return `${who}撤销${because(event.remark, open)}`
    case 'rated':
      return `${who}：${event.satisfied ? '满意' : '不满意'}`
    default:
      return undefined
  }
}

function opened(event: TicketEvent & { type: 'opened' }, who: string, emergency: boolean, open: boolean) {
  const said = open ? quoted(event.text) : hidden
  const where = placeOf(event.place, open)
  return `${who}${emergency ? '报急' : '报'}：${said}（${where}，${event.department}${photos(event)}）`
}

function amended(event: TicketEvent & { type: 'amended' }, open: boolean): readonly string[] {
  const { text, place, category, department } = event
  return [
    ...(text === undefined ? [] : [open ? quoted(text) : hidden]),
    ...(place === undefined ? [] : [`地点${placeOf(place, open)}`]),
    ...(event.photos?.length ? [`照片${event.photos.length}张`] : []),
    ...(category === undefined ? [] : ['类别改正']),
    ...(department === undefined ? [] : [`部门${department}`]),
  ]
}

function photos({ photos: taken }: { readonly photos?: readonly unknown[] }): string {
  return taken?.length ? `，照片${taken.length}张` : ''
}

function ofStaff(event: TicketEvent, { who, assigned, open }: Telling): string | undefined {
  switch (event.type) {
    case 'acknowledged':
      return `${who}接单`
    case 'handling':
      return `${who}开始处理`
    case 'reassigned':
      return `${who}改派${event.department}${assigned}${because(event.reason, open)}`
    case 'returned':
      return `${who}退单，转${event.department}${assigned}${because(event.reason, open)}`
    case 'declined':
      return `${who}不予受理${because(event.reason, open)}`
    case 'on_hold':
      return `${who}挂起，到${plainDateTime(event.until)}${because(event.reason, open)}`
    case 'extension_asked':
      return `${who}申请延期${event.days}天${because(event.reason, open)}`
    case 'extension_refused':
      return `${who}没有同意延期${because(event.reason, open)}`
    case 'extended':
      return `${who}同意延期${event.days}天，新期限${plainDateTime(event.deadline)}`
    case 'whistled':
      return `${who}吹哨：${event.departments.join('、')}，${plainDateTime(event.dueAt)}前报到`
    case 'reported_for_duty':
      return `${who}报到（${event.department}）`
    case 'done':
      return `${who}办结${because(event.note, open)}${photos(event)}`
    case 'supervised':
      return `${who}已知道，督办中`
    default:
      return undefined
  }
}

function ofTheHouse(event: TicketEvent, telling: Telling): string {
  const { who, assigned, emergency, alerts, told, open } = telling
  switch (event.type) {
    case 'dispatched':
      return `派给${event.department}${assigned}`
    case 'resumed':
      return `${who}恢复办理，期限${plainDateTime(event.deadline)}`
    case 'closed':
      return `销号${because(event.remark, open)}`
    case 'reopened':
      return `重办，新期限${plainDateTime(event.deadline)}`
    case 'escalated': {
      const to = told || (roleNames[asRole(event.to)] ?? levelNames[event.to] ?? event.to)
      // the house writes these reasons: nobody's words stand in them
      return `${emergency ? `第${alerts}次通知` : '上报'}${to}${because(reasonOf(event.reason), true)}`
    }
    case 'recurred':
      return `又是${event.earlier}的老问题`
    case 'forwarded':
      return `转到${event.system}，对方编号${event.remoteId}`
    case 'erased':
      return `${who}按本人意愿删除了${event.sequences.length}条记录里的内容`
    default:
      return event.type
  }
}

/** The house writes its own reasons in English, for the audit. */
function reasonOf(reason: string): string {
  const known: Readonly<Record<string, string>> = {
    ...{ 'no answer': '没有人应答', 'not satisfied': '居民不满意', 'passed on': '本人不在，转给他人' },
    ...{ overdue: '红灯没有人过问', recurring: '问题反复' },
  }
  return known[reason] ?? reason
}

function asRole(word: string): Role {
  return roles.find((role) => role === word) ?? (word as Role)
}

function placeOf(place: Place | null, open: boolean): string {
  return (place && formatPlace(place, { withRoom: open })) || unknownPlace
}

function because(words: string | undefined, open: boolean): string {
  if (words === undefined || words === '') return ''
  return `：${open ? oneLine(words) : hidden}`
}

function quoted(words: string): string {
  return `“${oneLine(words)}”`
}

/** A line of the timeline is a line, whatever was said. */
function oneLine(words: string): string {
  return words.replaceAll(/\s+/gu, ' ').trim()
}
