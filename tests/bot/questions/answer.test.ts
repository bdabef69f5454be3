import { describe, expect, test } from 'vitest'
import { defaultGroup, instant, realLore, type Stage } from '../stage.ts'
import { hours, openWithWorker, pigeons, rows, worker } from './asking.ts'

/** Two groups, each of a community of its own. */
async function bindCommunities(stage: Stage): Promise<void> {
  for (const [group, community] of [
    [defaultGroup, '槐荫社区'],
    ['桂花园业主群', '桂花社区'],
  ] as const) {
    await stage.say('白阿姨', '早', { group })
    const place = `place-${community}`
    await stage.put('places', { id: place, name: community, kind: 'community', parent: null })
    await stage.put('places', { id: `${place}-1`, name: '一网格', kind: 'grid', parent: place })
    await stage.change('groups', (await stage.groupNamed(group)).id, { places: [`${place}-1`] })
  }
  await stage.wait(20)
}

describe('an answer', () => {
  const answerAs = (stage: Stage, text: string) => stage.hear(worker, text, { group: '' })
  const ask = async (stage: Stage, group = defaultGroup) =>
    (await stage.hear('何姐', `@小邻 ${pigeons}`, { group })).map(({ text }) => text).join('\n')

  test('can be worded anew and taken back, and every wording is kept with who and when', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    await answerAs(stage, `回答 Q1 ${hours}`)
    expect((await answerAs(stage, '改答 Q1 现在不用办证了。'))[0]?.text).toContain('改好了')
    expect(await ask(stage)).toContain('现在不用办证了。')
    expect((await answerAs(stage, '撤答 Q1'))[0]?.text).toContain('收回')
    expect(await ask(stage)).not.toContain('不用办证')
    expect(await rows(stage)).toMatchObject([{ id: 'Q1', state: 'open' }])
    const by = `p-${worker}`
    expect(await stage.all('staffAnswers')).toMatchObject([
      { id: 'Q1/1', text: hours, state: 'superseded', by, ended: { by } },
      { id: 'Q1/2', text: '现在不用办证了。', state: 'withdrawn', by, ended: { by } },
    ])
    await answerAs(stage, '回答 Q1 第三次的答复。')
    expect(await ask(stage)).toContain('第三次的答复。')
  })

  test('holds until its last day; afterwards the question is open anew', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    const [done] = await answerAs(stage, `回答 Q1 ${hours} 至2026-11-20`)
    expect(done?.text).toContain('到2026-11-20为止')
    stage.clock.now = instant('2026-11-20 21:00')
    expect(await ask(stage)).toContain(hours)
    stage.clock.now = instant('2026-11-21 09:00')
    expect(await ask(stage)).not.toContain(hours)
    expect(await rows(stage)).toMatchObject([{ id: 'Q2' }])
  })

  test('holds in the community in which it was asked, and everywhere only when it is said', async () => {
    const stage = await openWithWorker()
    await bindCommunities(stage)
    await stage.hear('小谢', pigeons)
    const [here] = await answerAs(stage, `回答 Q1 ${hours}`)
    expect(here?.text).toContain('（槐荫社区有效）')
    expect(await ask(stage)).toContain(hours)
    expect(await ask(stage, '桂花园业主群')).not.toContain(hours)
    const [row] = await rows(stage)
    expect(row).toMatchObject({ id: 'Q2', place: '桂花社区' })

    await answerAs(stage, '改答 Q1 全区 都要先登记。')
    expect(await ask(stage, '桂花园业主群')).toContain('都要先登记。')
    // in private they are where they spoke lately: both answer, and nobody is left without
    expect(await ask(stage, '')).toContain('都要先登记。')
  })

  test('comes before what a document says', async () => {
    const { knowledge } = await realLore()
    const stage = await openWithWorker({ lore: { knowledge } })
    const text = '居民医保怎么交'
    const [fromDocument] = await stage.hear('小谢', `@小邻 ${text}`)
    expect(fromDocument?.text).not.toContain('社区工作人员答复')
    await stage.hear('小谢', pigeons)
    const [topic] = await stage.all('questionTopics')
    await stage.change('questionTopics', 'Q1', {
      phrasings: [{ question: '', text, terms: [] }],
      askers: topic?.askers ?? 1,
    })
    await answerAs(stage, '回答 Q1 今年到服务站一楼交。')
    const [next] = await stage.hear('何姐', `@小邻 ${text}`)
    expect(next?.text).toMatch(/今年到服务站一楼交。\n——社区工作人员答复/u)
  })

  test('is given unasked to who asks the same, though the words alone would not be evidence enough', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', '请问社区理发店几点开门')
    const quiet = await stage.hear('何姐', '理发店几点开门啊')
    expect(quiet).toEqual([])
    await answerAs(stage, '回答 Q1 每天九点开门。')
    await stage.wait(3600)
    const [said] = await stage.hear('何姐', '理发店几点开门啊')
    expect(said?.text).toMatch(/^每天九点开门。\n——社区工作人员答复/u)
  })

  test.each([
    ['公租房怎么申请', '廉租房退租怎么申请'],
    ['公租房怎么申请', '公租房换房怎么申请'],
    ['三楼以上能不能加装电梯', '一楼不同意能加装电梯吗'],
    ['3号楼什么时候装电梯', '什么时候装电梯'],
    ['居住证怎么办', '居住证丢了怎么办'],
    ['舞蹈队怎么加入', '合唱队怎么加入'],
  ])('to %j is not given to who asks %j', async (asked, other) => {
    const stage = await openWithWorker()
    await stage.hear('小谢', `@小邻 请问${asked}`)
    expect(await rows(stage)).toHaveLength(1)
    await answerAs(stage, '回答 Q1 照这样办。')
    const [said] = await stage.hear('何姐', `@小邻 请问${other}`)
    expect(said?.text).not.toContain('照这样办')
    const [again] = await stage.hear('马叔', `@小邻 ${asked}呀`)
    expect(again?.text).toContain('照这样办')
  })

  test('is given only to what is asked, not to whatever shares a word with it', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    await answerAs(stage, `回答 Q1 ${hours}`)
    for (const text of ['养狗要办什么证', '老年证怎么办', '社区服务站几点上班', '居民医保怎么交']) {
      const [said] = await stage.hear('何姐', `@小邻 ${text}`)
      expect(said?.text, text).not.toContain('养鸽子')
    }
  })
})
