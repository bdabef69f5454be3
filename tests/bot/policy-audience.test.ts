import { describe, expect, test } from 'vitest'
import type { Passage } from '../../knowledge/answer.ts'
import { defaultGroup, openStage, realLore, type Stage } from './stage.ts'

const other = '桂花园业主群'

function passage(id: string, part: Partial<Passage>): Passage {
  return {
    ...{ id, title: '社区食堂', heading: '社区食堂午饭几点开？', alsoAsked: [], text: '', tags: [] },
    ...part,
  }
}

const passages = [
  passage('槐荫#几点', { region: '槐荫社区', text: '槐荫食堂十一点开。' }),
  passage('桂花#几点', { region: '桂花社区', text: '桂花食堂十二点开。' }),
]

async function twoCommunities(): Promise<Stage> {
  const { knowledgeOf } = await realLore()
  const stage = await openStage({ lore: { knowledge: knowledgeOf(passages) } })
  for (const [group, community] of [
    [defaultGroup, '槐荫社区'],
    [other, '桂花社区'],
  ] as const) {
    await stage.say('白阿姨', '早', { group })
    const place = `place-${community}`
    await stage.put('places', { id: place, name: community, kind: 'community', parent: null })
    await stage.put('places', { id: `${place}-1`, name: '一网格', kind: 'grid', parent: place })
    await stage.change('groups', (await stage.groupNamed(group)).id, { places: [`${place}-1`] })
  }
  await stage.wait(20)
  return stage
}

const ask = async (stage: Stage, group: string, question = '社区食堂午饭几点开') =>
  (await stage.hear('何姐', `@小邻 ${question}`, { group })).map(({ text }) => text).join('\n')

describe('an answer from the documents', () => {
  test('is the group’s own community’s, never another’s', async () => {
    const stage = await twoCommunities()
    expect(await ask(stage, defaultGroup)).toContain('槐荫食堂十一点开。')
    expect(await ask(stage, other)).toContain('桂花食堂十二点开。')
  })

  test('comes from any community where the group’s place is not among the documents’', async () => {
    const { knowledgeOf } = await realLore()
    const stage = await openStage({ lore: { knowledge: knowledgeOf(passages.slice(0, 1)) } })
    expect(await ask(stage, defaultGroup)).toContain('槐荫食堂十一点开。')
  })

  test('has a second opinion by vectors, which hears masked words and may silence a doubtful answer', async () => {
    const { knowledgeOf } = await realLore()
    const doubtful = '食堂午饭啥时候开'
    const heard: string[] = []
    let liked = '槐荫#几点'
    const stage = await openStage({
      lore: {
        knowledge: knowledgeOf([...passages, passage('桂花#停车', { heading: '停车多少钱？' })]),
        likenessTo: async (question) => {
          heard.push(question)
          return ({ id }) => (id === liked ? 1 : 0)
        },
      },
    })
    expect(await ask(stage, defaultGroup, doubtful)).toContain('槐荫食堂十一点开。')
    liked = '桂花#停车'
    await stage.wait(3600)
    expect(await ask(stage, other, doubtful)).not.toContain('食堂十')
    await stage.hear('何姐', '@小邻 社区食堂几点开，打13800138000问吗')
    expect(heard.at(-1)).toContain('食堂')
    expect(heard.join()).not.toContain('13800138000')
  })
})
