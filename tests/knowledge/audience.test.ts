import { describe, expect, it } from 'vitest'
import type { Passage } from '../../knowledge/answer.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'

const today = '2026-11-18'

function passage(id: string, part: Partial<Passage>): Passage {
  return {
    id,
    title: '停车证',
    heading: '停车证多少钱？',
    alsoAsked: [],
    text: '详见公告。',
    tags: [],
    ...part,
  }
}

const knowledge = createKnowledge([
  passage('梧桐#价', { region: '梧桐社区', text: '每月一百元。' }),
  passage('槐荫#价', { region: '槐荫社区', text: '每月八十元。' }),
  passage('街道#价', { region: '幸福街道', text: '街道统一规定。' }),
  passage('别街#价', { region: '临河街道', text: '临河的规定。' }),
  passage('全市#价', { region: '全市', text: '全市指导价。' }),
  passage('到处#价', { text: '没有写地方。' }),
  passage('两处#价', { region: '梧桐社区、枫林社区', text: '两处一样。' }),
  passage('值班#价', { tags: ['仅网格员群'], text: '网格员免费。' }),
])

function found(options: { places?: readonly string[]; groupTags?: readonly string[] }): Set<string> {
  const { sources } = knowledge.ask('停车证多少钱', { today, ...options })
  return new Set(sources.map(({ id }) => id.slice(0, 2)))
}

const chain = ['3号楼', '槐荫第一网格', '槐荫社区', '幸福街道']

describe('documents of other places', () => {
  it('are hidden from a group: another community, another street, two other communities', () => {
    expect(found({ places: chain })).toEqual(new Set(['槐荫', '街道', '全市', '到处', '值班']))
  })

  it('are hidden from that community, too, and not from its own', () => {
    expect(found({ places: ['枫林社区', '幸福街道'] })).toEqual(
      new Set(['街道', '全市', '到处', '两处', '值班']),
    )
  })

  it('are not hidden when it is not known where the group is', () => {
    expect(found({}).size).toBe(8)
    expect(found({ places: [] }).size).toBe(8)
  })

  it('are not hidden when the documents name none of the group’s places: such a base tells no places apart', () => {
    expect(found({ places: ['示例社区'] }).size).toBe(8)
  })

  it('are not hidden by a level that the group does not have', () => {
    expect(found({ places: ['幸福街道'] })).toEqual(
      new Set(['梧桐', '槐荫', '街道', '全市', '到处', '两处', '值班']),
    )
  })

  it('give way: the group’s own document answers', () => {
    const answer = knowledge.ask('停车证多少钱', { today, places: ['槐荫社区', '临河街道'] })
    expect(answer.sources.map(({ id }) => id)).not.toContain('梧桐#价')
    expect(answer.sources.map(({ id }) => id)).not.toContain('街道#价')
  })
})

describe('documents for certain groups', () => {
  it('are shown to groups with the tag and hidden from others', () => {
    expect(found({ groupTags: ['网格员群'] })).toContain('值班')
    expect(found({ groupTags: ['业主群'] })).not.toContain('值班')
    expect(found({ groupTags: [] })).not.toContain('值班')
    expect(found({})).toContain('值班')
  })
})
