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

const isQuoted = (said: string) => said.startsWith('通知里写着：')

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
  expect(missed.length / asked.length, missed.join('\n')).toBeLessThanOrEqual(0.06)
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
