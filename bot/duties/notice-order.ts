import { parseNoticeCommand } from '../../intents/notice-commands.ts'
import { readNotice } from '../../intents/notice-words/reading.ts'
import { isNobody } from '../../intents/notice-words/whom.ts'
import { localDate, minute, timeOfDay } from '../../tickets/shanghai-time.ts'
import type { InboxEntry } from '../documents.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'
import { withoutMention } from '../situation.ts'
import { stillAsked } from '../staff/notices/asked.ts'
import { addressees } from '../staff/notices/known-names.ts'

/**
 * Staff who go on with their notices while it burns (通知 业主群 明天义诊, 发送, 通知进度, and what the bot has just asked about
 * one) have not said that they have heard of the fire. When in doubt it is a notice: one alert too many does less harm
 * than one too few.
 */
export async function isAboutNotices(house: House, reading: Reading, entry: InboxEntry): Promise<boolean> {
  if (await isOrder(house, reading, entry)) return true
  if (entry.group !== null && !isForBot(entry)) return false
  const memory = await reading.get('memories', `${entry.conversation}/${entry.person}`)
  return stillAsked(memory?.noticeAsked, house.now()) !== undefined || goesOn(house, reading, entry)
}

/** The words of a notice in the same breath as its head: nobody has looked at either yet. */
async function goesOn(house: House, reading: Reading, entry: InboxEntry): Promise<boolean> {
  const { documents } = await reading.find('inbox', {
    where: { conversation: entry.conversation },
    order: 'at',
    descending: true,
    limit: 20,
  })
  const before = documents.filter(
    ({ id, person, state }) => state === 'waiting' && person === entry.person && id !== entry.id,
  )
  for (const line of before) if (await isOrder(house, reading, line)) return true
  return false
}

async function isOrder(house: House, reading: Reading, entry: InboxEntry): Promise<boolean> {
  const text = withoutMention(entry.text, house.settings.botName)
  const command = entry.group === null || isForBot(entry) ? parseNoticeCommand(text) : undefined
  if (command?.order.order !== 'write' || command.sure) return command !== undefined
  // 通知消防了 is done, and 通知乙群明天义诊 is written for somebody
  const now = house.now()
  const known = {
    names: (await addressees(reading)).names.filter(({ kind }) => kind !== 'place'),
    templates: house.noticeTemplates.flatMap(({ name, also }) => [name, ...also]),
    now: { date: localDate(now), minutes: Math.floor(timeOfDay(now) / minute) },
  }
  return !isNobody(readNotice(command.order.words, known).whom)
}

function isForBot({ mentioned, text }: InboxEntry): boolean {
  return mentioned || /^\s*[#＃]/u.test(text)
}
