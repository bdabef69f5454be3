import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openStage, realLore, type Stage, Stage as StageClass } from './stage.ts'

/** Two hundred people read a group: no phone, no identity card, no room number ever comes out in it. */

const phone = fc
  .tuple(fc.constantFrom('138', '159', '186', '199'), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([head, rest]) => `${head}${String(rest).padStart(8, '0')}`)
const identity = fc
  .tuple(
    fc.constantFrom('410105', '330106'),
    fc.constantFrom('19800101', '19991231'),
    fc.integer({ max: 999, min: 0 }),
  )
  .map(([region, born, rest]) => `${region}${born}${String(rest).padStart(3, '0')}X`)
const room = fc
  .tuple(fc.integer({ min: 1, max: 29 }), fc.integer({ min: 1, max: 4 }))
  .map(([floor, door]) => `${floor}0${door}`)
const place = fc.record({
  building: fc.integer({ min: 1, max: 12 }),
  unit: fc.integer({ min: 1, max: 4 }),
  room,
})

const secrets = fc.record({ phone, identity, place })
type Secrets = (typeof secrets)['generate'] extends (...args: never[]) => { readonly value: infer V }
  ? V
  : never

const reports = [
  (s: Secrets) => `${where(s)}电梯坏了，我电话${s.phone}`,
  (s: Secrets) => `我是${s.place.building}号楼${s.place.unit}单元${s.place.room}室的，停水了，打我${s.phone}`,
  (s: Secrets) => `${s.place.building}-${s.place.unit}-${s.place.room}门口路灯不亮，身份证${s.identity}`,
  (s: Secrets) => `${where(s)}楼下垃圾桶满了三天没人清运，${s.phone}王姐`,
]
const questions = [
  (s: Secrets) => `低保怎么申请，我电话${s.phone}，身份证${s.identity}`,
  (s: Secrets) => `我住${where(s)}，居民医保怎么交`,
  (s: Secrets) => `旧沙发怎么扔，我在${where(s)}，电话${s.phone}`,
]

function where({ place: { building, unit, room: number } }: Secrets): string {
  return `${building}号楼${unit}单元${number}`
}

function expectClean(stage: Stage, { phone: number, identity: card, place: { room: door } }: Secrets): void {
  const said = stage.saidTo().join('\n')
  expect(said).not.toContain(number)
  expect(said).not.toContain(card)
  // numbers of tickets, dates and times are digits as well
  const rest = said.replaceAll(/\d{4}-\d{3}/gu, '').replaceAll(/\d+月\d+日\d+:\d+/gu, '')
  expect(rest).not.toMatch(new RegExp(`(?<!\\d)${door}(?!\\d)`, 'u'))
}

describe('personal data never comes out in a group', () => {
  test('not of reports, supporters, progress, lists and lists of staff', async () => {
    const lore = await realLore()
    await fc.assert(
      fc.asyncProperty(secrets, fc.constantFrom(...reports), async (secret, report) => {
        const stage = new StageClass(lore, {})
        await stage.hire('网格员小赵', 'grid_worker')
        await stage.hear('石女士', `@小邻 ${report(secret)}`)
        await stage.hear('马叔', report(secret))
        await stage.hear('石女士', '@小邻 我的单子怎么样了')
        await stage.hear('网格员小赵', '#工单')
        await stage.hear('网格员小赵', `#办结 1118-001 已联系${secret.phone}，${where(secret)}已修好`)
        expect(stage.saidTo().length).toBeGreaterThan(2)
        expectClean(stage, secret)
      }),
      { numRuns: 30 },
    )
  })

  test('not of questions, nor in the list of open questions', async () => {
    const lore = await realLore()
    await fc.assert(
      fc.asyncProperty(secrets, fc.constantFrom(...questions), async (secret, question) => {
        const stage = new StageClass(lore, {})
        await stage.hear('小谢', `@小邻 ${question(secret)}`)
        expect(stage.saidTo()).toHaveLength(1)
        expectClean(stage, secret)
        const listed = JSON.stringify(await stage.all('questions'))
        expect(listed).not.toContain(secret.phone)
        expect(listed).not.toContain(secret.identity)
      }),
      { numRuns: 30 },
    )
  })

  test('not of names, which people fill with rooms and phones', async () => {
    const lore = await realLore()
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        const stage = new StageClass(lore, {})
        const name = `${where(secret)} 王姐${secret.phone}`
        await stage.hear('小谢', '@小邻 来一题')
        for (const letter of ['A', 'B', 'C', 'D']) await stage.hear(`${letter} ${name}`, letter)
        await stage.wait(240)
        await stage.hear('小谢', '@小邻 排行榜')
        expect(stage.saidTo().join('\n')).toContain('王姐')
        expectClean(stage, secret)
      }),
      { numRuns: 10 },
    )
  })

  test('not of emergencies: staff get what was said, the group gets what to do', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', '3号楼2单元501着火了，快来人，我电话13812345678')
    expect(stage.toldTo('网格员小赵')[0]).toContain('13812345678')
    expect(stage.saidTo().join('\n')).not.toMatch(/501|13812345678/u)
  })
})
