import { expect, test } from 'vitest'
import { claimLine } from '../../bot/accounts/hearing.ts'
import type { Documents } from '../../bot/documents.ts'
import type { InboundMessage } from '../../bot/ports/chat.ts'
import { startReading } from '../../bot/reading.ts'
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

test('whoever would stand in but did not hear the line itself leaves it to the next account that did', async () => {
  const stage = await openTwoAccounts()
  const { house, clock } = stage
  const accounts = ['east', 'north', 'south']
  const group = { id: 'g', owner: 'south' } as Documents['groups']
  for (const account of accounts) {
    const id = `${account}/r`
    await stage.put('rooms', { id, account, room: 'r', topic: '', group: 'g' } as Documents['rooms'])
  }
  const at = clock.now
  const link = (id: string, since: number) =>
    stage.put('accountLinks', { id, state: 'up', since, selves: [], name: '' })
  const claimedByNorth = async () => {
    const message: InboundMessage = {
      ...{
        account: 'north',
        id: 'm',
        sender: { id: 'wang', name: '王阿姨' },
        at,
        kind: 'text',
        text: '电梯坏了',
      },
      ...{ mentioned: false, own: false },
    }
    return claimLine(house, startReading(house.store), group, message)
  }
  for (const account of accounts) await link(account, at - 60_000)
  expect(await claimedByNorth()).toBe('left')
  // the owner and the first that would stand in were killed, and have come up elsewhere since
  await link('south', at + 9_000)
  expect(await claimedByNorth()).toBe('left')
  await link('east', at + 12_000)
  expect(await claimedByNorth()).toMatchObject([{ document: { account: 'north' } }])
})
