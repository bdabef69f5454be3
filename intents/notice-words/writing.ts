import type { NoticeCommand } from '../notice-commands.ts'
import { numberIn } from './number.ts'
import { unclearNumber } from './worded-orders.ts'

/** A new notice, as it was said: whom it is for, when, and its words are still together in `words`. */
export type WritingOrder =
  | {
      readonly order: 'write'
      readonly words: string
      readonly emergency: boolean
      /** 停水通知 …: made from that template, if there is one. */
      readonly template?: string
      /** Nothing sets the words off: an order only when they begin with a place, a group or a tag. */
      readonly glued: boolean
    }
  /** The list of templates, or one of them. */
  | { readonly order: 'templates'; readonly template?: string }
  /** 通知12：…: to change that one, to correct it, or to write another. */
  | { readonly order: 'unclear'; readonly notice: string; readonly words: string }

const lead = '(?:请|麻烦|帮我|帮忙|小邻|你|您|给我|替我|我要|我想|想|要|马上|现在|[,，\\s])*'
const one = '(?:一?[个条份则下]|几句)?'
const urgent = '(?<urgent>(?:【|\\[)?(?:特急|紧急|加急|急)(?:】|\\])?[!！:：,，\\s]*)'
/** 通知, and what a thumb makes of it. */
const noun = '(?:通\\s?知|通告|公告|通之|通只|通值|通智|同知|通矢)'
const verb = `(?:(?:群?发(?:布|送|出)?|下发|写|拟|起草|编)${one}(?:新的?)?)`

/** 通知 …, 发通知：…, 紧急通知 …, 群发 … */
const plain = new RegExp(
  `^${lead}${urgent}?(?:${verb})?${urgent.replace('urgent', 'urgentLater')}?(?<noun>${noun})(?:一下|下)?(?<rest>[\\s\\S]*)$`,
  'u',
)
const broadcast = /^(?:请|帮我|麻烦)?群发(?:消息|信息|短信|一下|一条|个)?(?<rest>[\s:：,，][\s\S]*)$/u
/** 给幸福里业主群发通知：… */
const givenTo = new RegExp(
  `^${lead}(?:给|向|往|在|到|对|跟)(?<to>[^\\n]{2,80}?)(?:里面?|内)?(?:发(?:布|送)?|下发|下)${one}${urgent}?(?:${noun}|消息|信息)(?:一下|下)?(?<rest>[\\s\\S]*)$`,
  'u',
)
/** 在幸福里业主群通知一下：… */
const saidIn = new RegExp(
  `^${lead}(?:给|向|往|在|到|对|跟)(?<to>[^\\n]{2,60}?)(?:里面?|内)?(?:通知|说)(?:一下|下|一声)(?<rest>[\\s\\S]*)$`,
  'u',
)
/** 发到幸福里社区：… */
const sentTo =
  /^(?:请|麻烦|帮我)?(?:把)?(?:这个|这条|下面的?)?(?:通知|消息)?(?:群?发到|群?发给|转发?到|转发?给|群发)(?<to>[^\n:：]{2,60}?)[:：]\s*(?<rest>[\s\S]+)$/u
/** 停水通知 …: the name of a template first. */
const ofTemplate = new RegExp(
  `^${lead}${urgent}?(?:${verb})?(?<template>[\\p{Script=Han}\\d]{2,14}?)通知(?<rest>[\\s:：,，][\\s\\S]*)$`,
  'u',
)
const templates =
  /^(?:看看?|查看?|有(?:哪些|什么))?(?:通知)?(?:的)?模[板版](?:列表|清单|有哪些|有什么)?(?:(?:(?<=通知(?:的)?模[板版])|[\s:：])[\s:：]*(?<name>\p{Script=Han}{2,8}))?[。?？!！]?$/u
const templateNamed = /^(?<name>\p{Script=Han}{2,8}?)(?:通知)?(?:的)?模[板版](?:怎么[写用填])?[。?？!！]?$/u

/** What follows 通知 glued to it and says that somebody talks about one: 通知书在哪领, 通知了吗, 通知上写的. */
const talk =
  /^(?:[书单栏函件知]|[上里中]|[的了过是说我你他她您谁吗呢吧啊没有不也就才已被又还都怎咋哪几什为能会可]|到(?:了|没|位|我|人)|一下(?:我|你)|发(?:了|没|到|的|出|给我)|内容|时间|上面|里面|看到|收到|什么|啥|怎么)/u
const everybody = /^(?:一下|下)?(?:大家|各位|所有人|全体)(?:居民|业主|邻居|村民|住户)?(?:们)?[:：,，\s]*/u

/** 通知明早停水, 通知12号楼停水: nobody is talked about. */
const saysWhat =
  /^(?:\d{1,3}(?:[号#]?楼|[号#]?栋|单元|幢)|[今明后]天|[今明后][早晚]|下?周[一二三四五六日天]|因)/u

/** @param line as `said`, with narrow digits */
export function readWriting(said: string, line: string): NoticeCommand | undefined {
  return (
    readTemplates(line) ??
    readUnclear(said, line) ??
    readPlain(said, line) ??
    readGiven(said, line) ??
    readOfTemplate(said, line)
  )
}

function readTemplates(line: string): NoticeCommand | undefined {
  if (line.length > 24) return undefined
  const named = templates.exec(line)?.groups ?? templateNamed.exec(line)?.groups
  if (!named) return undefined
  const template = named['name']
  return {
    command: 'notice',
    order: { order: 'templates', ...(template !== undefined && { template }) },
    sure: line.includes('通知'),
  }
}

function readUnclear(said: string, line: string): NoticeCommand | undefined {
  const match = unclearNumber.exec(line)
  const { notice } = numberIn(match?.groups)
  if (!match || notice === undefined) return undefined
  return { command: 'notice', order: { order: 'unclear', notice, words: tail(said, match) }, sure: true }
}

function readPlain(said: string, line: string): NoticeCommand | undefined {
  const match = plain.exec(line) ?? broadcast.exec(line)
  if (!match) return undefined
  const rest = tail(said, match)
  const setOff = /^[\s:：,，!！】]/u.test(rest)
  if (!setOff && (rest === '' || talk.test(rest))) return undefined
  // a question that begins with 通知 is no order: 通知明天开会吗
  if (!setOff && /[?？吗么呢]$/u.test(rest)) return undefined
  const toAll = everybody.test(rest)
  const words = rest
    .replace(everybody, '')
    .replace(/^[\s:：,，!！】]+/u, '')
    .trim()
  if (words === '') return undefined
  const { urgent: before, urgentLater } = match.groups ?? {}
  const emergency = before !== undefined || urgentLater !== undefined
  // one letter behind 通知 is no notice
  if ([...words].length < 2) return undefined
  const glued = !setOff && !toAll && !saysWhat.test(words)
  return { command: 'notice', order: { order: 'write', words, emergency, glued }, sure: setOff }
}

function readGiven(said: string, line: string): NoticeCommand | undefined {
  const match = givenTo.exec(line) ?? saidIn.exec(line) ?? sentTo.exec(line)
  const { to, urgent: hurry } = match?.groups ?? {}
  if (!match || to === undefined) return undefined
  const rest = tail(said, match)
  const text = rest.replace(/^[\s:：,，]+/u, '').trim()
  if (text === '' || /^[了过的吗没]/u.test(rest) || /[?？吗么呢]$/u.test(rest)) return undefined
  const words = `${said.slice(line.indexOf(to), line.indexOf(to) + to.length)}：${text}`
  return {
    command: 'notice',
    order: { order: 'write', words, emergency: hurry !== undefined, glued: true },
    sure: false,
  }
}

function readOfTemplate(said: string, line: string): NoticeCommand | undefined {
  const match = ofTemplate.exec(line)
  const { template, urgent: hurry } = match?.groups ?? {}
  if (!match || template === undefined) return undefined
  const words = tail(said, match)
    .replace(/^[\s:：,，]+/u, '')
    .trim()
  if (words === '') return undefined
  return {
    command: 'notice',
    order: { order: 'write', words, emergency: hurry !== undefined, template, glued: true },
    sure: false,
  }
}

function tail(said: string, match: RegExpExecArray): string {
  const length = match.groups?.['rest']?.length ?? 0
  return length === 0 ? '' : said.slice(said.length - length)
}
