import { expect, test } from 'vitest'
import { openAfterStage } from './after-stage.ts'
import { asked, type NoticeName, notAsked, notices } from './known-cases.ts'

/** What the bot says in the group half an hour after the notice. */
async function heardAfter(name: NoticeName, text: string): Promise<string> {
  const { stage, publish, hear } = await openAfterStage()
  await publish(notices[name])
  await stage.wait(1800)
  return (await hear('周婶', text)).join('\n')
}

const isQuoted = (said: string) => said.includes('通知里写着：')

test('of questions about a notice, nearly all are answered with its words, and none wrongly', async () => {
  const missed: string[] = []
  const wrong: string[] = []
  for (const [name, text, words] of asked) {
    const said = await heardAfter(name, text)
    if (!isQuoted(said)) missed.push(`${name}: ${text} → ${said}`)
    else if (!said.includes(words)) wrong.push(`${name}: ${text} → ${said}`)
  }
  expect(asked.length).toBeGreaterThanOrEqual(150)
  expect(wrong).toEqual([])
  expect(missed.length / asked.length, missed.join('\n')).toBeLessThanOrEqual(0.07)
}, 60_000)

test('of what else is said after a notice, next to nothing is answered from it', async () => {
  const fired: string[] = []
  for (const [name, text] of notAsked) {
    const said = await heardAfter(name, text)
    if (isQuoted(said)) fired.push(`${name}: ${text} → ${said}`)
  }
  expect(notAsked.length).toBeGreaterThanOrEqual(200)
  expect(fired.length, fired.join('\n')).toBeLessThanOrEqual(1)
}, 60_000)

test('asked of the bot itself, what is about something else is answered from no notice either', async () => {
  const fired: string[] = []
  for (const [name, text] of notAsked) {
    const said = await heardAfter(name, `@小邻 ${text}`)
    if (isQuoted(said) || said.startsWith('通知里没写')) fired.push(`${name}: ${text} → ${said}`)
  }
  expect(fired.length / notAsked.length, fired.join('\n')).toBeLessThanOrEqual(0.02)
}, 60_000)

test.each([
  ['power', '停电的时候电梯能用吗', '停电时电梯会停'],
  ['power', '家里有呼吸机怎么办', '请马上告诉网格员'],
  ['vaccine', '以前过敏能打吗', '先问医生'],
  ['medicare', '不会用手机怎么交医保', '2号窗口'],
  ['flood', '阳台上的花盆要收吗', '收起阳台上的花盆'],
  ['talk', '讲座有礼品吗', '有小礼品'],
] as const)('after the notice on %s, @小邻 %s is answered with its sentence', async (name, text, words) => {
  expect(await heardAfter(name, `@小邻 ${text}`)).toContain(words)
})
