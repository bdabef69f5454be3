import { expect, test } from 'vitest'
import { openTwoAccounts, type TwoAccounts } from '../bot/several-accounts-stage.ts'

function tickets(stage: TwoAccounts) {
  return stage.all('tickets')
}

test('what is said before anybody has noticed that the owner’s process is gone is answered by the other account', async () => {
  const stage = await openTwoAccounts()
  await stage.say('wang', '大家早上好')
  stage.silence('north')
  expect(await stage.say('wang', '3号楼2单元电梯坏了')).toEqual([])
  await stage.breakLink('north')
  await stage.wait(20)
  expect(stage.said.map(({ account }) => account)).toEqual(['south'])
  expect(await tickets(stage)).toHaveLength(1)
  // the owner is back: nothing is said twice
  await stage.mendLink('north')
  await stage.wait(120)
  expect(stage.said).toHaveLength(1)
})

test('what was said before the owner’s link came up again elsewhere is answered as well', async () => {
  const stage = await openTwoAccounts()
  await stage.say('wang', '大家早上好')
  stage.silence('north')
  expect(await stage.say('wang', '3号楼2单元电梯坏了')).toEqual([])
  await stage.mendLink('north')
  await stage.wait(20)
  expect(stage.said.map(({ account }) => account)).toEqual(['south'])
})

test('what the owner has heard is not answered by another account when its link breaks a moment later', async () => {
  const stage = await openTwoAccounts()
  expect(await stage.say('wang', '3号楼2单元电梯坏了')).toHaveLength(1)
  await stage.breakLink('north')
  await stage.wait(60)
  expect(stage.said.map(({ account }) => account)).toEqual(['north'])
  expect(await tickets(stage)).toHaveLength(1)
})

test('what was said long ago is not taken up any more', async () => {
  const stage = await openTwoAccounts()
  await stage.say('wang', '大家早上好')
  stage.silence('north')
  await stage.say('wang', '3号楼2单元电梯坏了')
  await stage.wait(60)
  await stage.breakLink('north')
  await stage.wait(60)
  expect(stage.said).toEqual([])
})
