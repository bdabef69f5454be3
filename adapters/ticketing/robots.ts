import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { AlertChannel, ChannelAlertMessage } from '../../bot/ports/alert-channel.ts'
import { TicketSystemError } from '../../bot/ports/ticket-system.ts'
import { minute } from '../../tickets/shanghai-time.ts'
import { callJson, type JsonAnswer } from './call-json.ts'

/**
 * Robots of work groups: WeCom, DingTalk, Feishu. All answer 200 to what they did not do; the code in the answer
 * says so. Formats: developer.work.weixin.qq.com/document/path/91770, open.dingtalk.com (custom robots),
 * open.feishu.cn (custom bots).
 */
export interface RobotOptions {
  readonly name: string
  /** What stands in the robot's address behind key=, access_token= or hook/. */
  readonly key: string
  /** DingTalk 加签, Feishu 签名校验. */
  readonly secret?: string
  /** Of a server of one's own, without the key. */
  readonly url?: string
  readonly now: () => number
  readonly fetch?: typeof globalThis.fetch
}

/** All three lock out for minutes whoever sends more than 20 a minute; on its way one may catch up with another. */
export const robotGap = 3_300

/** Markdown in WeCom: 4,096 bytes of UTF-8. The others take more; nobody reads more. */
const mostBytes = 4_000

export function createWecomRobot(options: RobotOptions): AlertChannel {
  const { name, key, url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send' } = options
  return robot(
    options,
    (alert) => {
      const target = new URL(url)
      target.searchParams.set('key', key)
      const content = cutToBytes(`**${plain(alert.title)}**\n${plain(alert.text)}`, mostBytes)
      return { url: target, body: { msgtype: 'markdown', markdown: { content } } }
    },
    wecomFault(name),
  )
}

export function createDingtalkRobot(options: RobotOptions): AlertChannel {
  const { name, key, secret, now, url = 'https://oapi.dingtalk.com/robot/send' } = options
  return robot(
    options,
    (alert) => {
      const target = new URL(url)
      target.searchParams.set('access_token', key)
      if (secret !== undefined) {
        const timestamp = String(now())
        target.searchParams.set('timestamp', timestamp)
        target.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`))
      }
      const title = plain(alert.title)
      // one line break is none in their markdown
      const text = cutToBytes(`### ${title}\n\n${plain(alert.text).replaceAll('\n', '\n\n')}`, mostBytes)
      return { url: target, body: { msgtype: 'markdown', markdown: { title, text } } }
    },
    dingtalkFault(name),
  )
}

export function createFeishuRobot(options: RobotOptions): AlertChannel {
  const { name, key, secret, now, url = 'https://open.feishu.cn/open-apis/bot/v2/hook' } = options
  return robot(
    options,
    (alert) => {
      const target = new URL(`${url.replace(/\/+$/u, '')}/${encodeURIComponent(key)}`)
      const timestamp = String(Math.floor(now() / 1000))
      const lines = cutToBytes(plain(alert.text), mostBytes).split('\n')
      const post = { title: plain(alert.title), content: lines.map((text) => [{ tag: 'text', text }]) }
      const body = { msg_type: 'post', content: { post: { zh_cn: post } } }
      // the key of the HMAC is the text to be signed, and what is signed is nothing
      const sign = secret !== undefined && { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') }
      return { url: target, body: { ...sign, ...body } }
    },
    feishuFault(name),
  )
}

interface Message {
  readonly url: URL
  readonly body: object
}

function robot(
  { name, fetch = globalThis.fetch }: RobotOptions,
  messageOf: (alert: ChannelAlertMessage) => Message,
  faultOf: (answer: Coded) => TicketSystemError | undefined,
): AlertChannel {
  return {
    name,
    async tell(alert) {
      const { url, body } = messageOf(alert)
      const answer = await callJson({ method: 'POST', url, body: JSON.stringify(body) }, fetch)
      const fault = faultOf(codeOf(name, answer))
      if (fault) throw fault
    },
  }
}

interface Coded {
  readonly code: number
  readonly said: string
}

const codeSchema = z
  .looseObject({
    errcode: z.number().optional(),
    errmsg: z.string().optional(),
    code: z.number().optional(),
    msg: z.string().optional(),
  })
  .refine(({ errcode, code }) => errcode !== undefined || code !== undefined)

function codeOf(name: string, { status, value }: JsonAnswer): Coded {
  if (status === 404) throw new TicketSystemError('authority', `${name}: there is no such robot (404)`)
  const checked = codeSchema.safeParse(value)
  if (!checked.success)
    throw new TicketSystemError('nonsense', `${name}: an answer with errcode or code was expected`)
  const { errcode, errmsg, code, msg } = checked.data
  return { code: errcode ?? code ?? 0, said: errmsg ?? msg ?? '' }
}

interface Meanings {
  /** They ask to wait: code → ms. */
  readonly busy: Readonly<Record<number, number>>
  /** Key, signature, keyword or address are not what the robot was set up with. */
  readonly authority: readonly number[]
  /** Their own trouble. */
  readonly unreachable: readonly number[]
}

function faultBy(name: string, { busy, authority, unreachable }: Meanings) {
  return ({ code, said }: Coded): TicketSystemError | undefined => {
    if (code === 0) return undefined
    const message = `${name} answered ${code}: ${said.slice(0, 200)}`
    const retryAfter = busy[code]
    if (retryAfter !== undefined) return new TicketSystemError('busy', message, { retryAfter })
    if (authority.includes(code)) return new TicketSystemError('authority', message)
    return new TicketSystemError(unreachable.includes(code) ? 'unreachable' : 'refused', message)
  }
}

const wecomFault = (name: string) =>
  faultBy(name, { busy: { 45009: minute, 45033: minute }, authority: [93_000, 40_001], unreachable: [-1] })
/** Whoever sends more than 20 a minute is locked out for ten. */
const dingtalkFault = (name: string) =>
  faultBy(name, {
    busy: { 130101: 10 * minute, 410100: 10 * minute },
    authority: [300_001, 300_005, 310_000, 400_101, 400_102],
    unreachable: [-1],
  })
const feishuFault = (name: string) =>
  faultBy(name, {
    busy: { 11232: minute, 99991400: minute },
    authority: [19_001, 19_021, 19_022, 19_024],
    unreachable: [11_233, 19_007],
  })

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64')
}

/** No mention of everybody, no link, no markup: the words of a place or a thing cannot become one. */
function plain(text: string): string {
  const full: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', '@': '＠', '[': '［', ']': '］' }
  return text.replaceAll(/[<>@[\]]/gu, (sign) => full[sign] ?? '').replaceAll(/[*_`#\\]/gu, '')
}

function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  let cut = ''
  let size = 0
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (size > most - 3) return `${cut}…`
    cut += character
  }
  return cut
}
