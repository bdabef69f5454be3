import { describe, expect, test } from 'vitest'
import type { CollectionName } from '../../bot/documents.ts'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { schema } from '../../bot/schema.ts'
import { answers, roundIn } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

const operator = { kind: 'operator' } as const

/** 白阿姨 began a series in which two people answered, and practised in private. */
async function midGame(): Promise<{ stage: Stage; person: string }> {
  const stage = await openStage()
  await stage.hear('白阿姨', '来3题')
  await stage.say('白阿姨', '我是3号楼的')
  await answers(stage, '白阿姨')
  await answers(stage, '马叔')
  await stage.hear('白阿姨', '来一题', { group: '' })
  return { stage, person: (await stage.personNamed('白阿姨')).id }
}

async function documentsWith(stage: Stage, word: string): Promise<readonly string[]> {
  const names = Object.keys(schema) as CollectionName[]
  const found = await Promise.all(
    names.map(async (name) => (await stage.all(name)).some((each) => JSON.stringify(each).includes(word))),
  )
  return names.filter((_, at) => found[at])
}

describe('what the quiz keeps of a person', () => {
  test('is in the export: scores, the running answer, private play; and nothing of others', async () => {
    const { stage, person } = await midGame()
    const rows = (await query(stage.house, operator, { type: 'person.export', person })) as readonly {
      readonly collection: string
    }[]
    const quiz = rows.filter(({ collection }) => collection.startsWith('quiz'))
    expect(quiz.map(({ collection }) => collection)).toEqual(['quizScores', 'quizRounds', 'quizRounds'])
    expect(quiz[0]).toMatchObject({ team: '3号楼', points: 1 })
    expect(quiz[1]).toMatchObject({ begun: true, points: 1 })
    expect(JSON.stringify(quiz)).not.toContain((await stage.personNamed('马叔')).id)
  })

  test('goes when they are erased, in the middle of a game that others go on with', async () => {
    const { stage, person } = await midGame()
    await execute(stage.house, operator, 'cli/1', { type: 'person.erase', person })
    const left = await documentsWith(stage, person)
    // who ordered what stays in the audit; what was sent goes after a week
    expect(left.filter((name) => name.startsWith('quiz'))).toEqual([])
    const round = await roundIn(stage)
    expect(round.state).toBe('asking')
    expect(Object.keys(round.answers)).toEqual([(await stage.personNamed('马叔')).id])
    await stage.wait(100)
    expect(stage.saidTo().find((text) => text.startsWith('时间到'))).toContain('答对：马叔。')
  })

  test('is only the score once a question is over', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    await answers(stage, '白阿姨')
    await stage.wait(200)
    const { id } = await stage.personNamed('白阿姨')
    const left = await documentsWith(stage, id)
    expect(left.filter((name) => name.startsWith('quiz'))).toEqual(['quizScores'])
  })
})
