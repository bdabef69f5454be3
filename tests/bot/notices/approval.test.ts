import { describe, expect, test } from 'vitest'
import { realLore } from '../stage.ts'
import { openNoticeStage } from './notice-stage.ts'

const water = '明天上午8点到12点停水，请提前储水。'
const owners = { places: ['幸福里社区'], tags: ['业主群'] }

describe('a second person approves what the rules name', () => {
  const urgent = {
    type: 'notice.write',
    text: '河水上涨，请马上离开地下车库。',
    emergency: true,
    targets: owners,
  }

  test('it waits, whoever leads there is asked, and after 同意 it goes out', async () => {
    const { stage, run, notice } = await openNoticeStage()
    expect(await run('小赵', urgent)).toMatchObject({ needs: 'emergency' })
    expect(await run('小赵', { type: 'notice.submit', notice: 'N1' })).toMatchObject({
      state: 'awaiting',
      approvers: 1,
    })
    await stage.wait(60)
    expect(stage.toldTo('老钱').join()).toContain('同意通知1')
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    await stage.wait(60)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
    expect((await notice('N1')).approvedBy).toBe('p-老钱')
    expect(stage.toldTo('小赵').join()).toContain('老钱')
  })

  test('whoever wrote it cannot approve it, whatever their role', async () => {
    const { run } = await openNoticeStage()
    await run('老钱', urgent)
    await run('老钱', { type: 'notice.submit', notice: 'N1' })
    await expect(run('老钱', { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
      fault: { kind: 'own-approval' },
    })
  })

  test('a grid worker, a department and the leader of another place cannot approve it', async () => {
    const { stage, run } = await openNoticeStage()
    await stage.hire('老郑', 'grid_leader', { places: ['pl-peace'] })
    await stage.hire('城管小周', 'department', { department: '城管' })
    await run('小赵', urgent)
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    for (const who of ['小孙', '老郑', '城管小周'])
      await expect(run(who, { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
        code: 'authority',
      })
  })

  test('refused with a reason, its author hears it and nothing is sent', async () => {
    const { stage, run, notice } = await openNoticeStage()
    await run('小赵', urgent)
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('老钱', { type: 'notice.refuse', notice: 'N1', reason: '等街道统一发' })
    await stage.wait(60)
    expect(stage.toldTo('小赵').join()).toContain('等街道统一发')
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
    expect((await notice('N1')).state).toBe('refused')
  })

  test('what was changed after it was submitted has to be approved anew', async () => {
    const { run, notice } = await openNoticeStage()
    await run('小赵', urgent)
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('小赵', { type: 'notice.revise', notice: 'N1', text: '加微信领取补贴，手慢无。' })
    expect(await notice('N1')).toMatchObject({ state: 'draft', approval: ['emergency'] })
    await expect(run('老钱', { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
      fault: { kind: 'state', state: 'draft' },
    })
  })

  test('an approved notice that is changed loses its approval and does not go out', async () => {
    const { stage, run, notice } = await openNoticeStage()
    const at = stage.clock.now + 3_600_000
    await run('小赵', { ...urgent, sendAt: at })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    await run('小赵', { type: 'notice.revise', notice: 'N1', text: '加微信领取补贴，手慢无。' })
    await stage.wait(7_200)
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
    expect((await notice('N1')).approvedBy).toBeUndefined()
  })
})

describe('what was true when it was written is looked at again when it begins', () => {
  const later = { sendAt: Date.parse('2026-11-18T10:00:00+08:00') }

  test('groups that came under its targets since need a second person, when there are too many now', async () => {
    const { notices } = await realLore()
    const rules = { ...notices, approval: { ...notices.approval, moreGroupsThan: 2 } }
    const { stage, run, notice } = await openNoticeStage({ lore: { notices: rules } })
    expect(await run('小赵', { type: 'notice.write', text: water, targets: owners, ...later })).toMatchObject(
      {
        needs: '',
      },
    )
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.change('groups', 'g-幸福里商户群', { tags: ['商户群', '业主群'] })
    await stage.wait(3_700)
    expect(await notice('N1')).toMatchObject({ state: 'awaiting', approval: ['groups'], groups: 3 })
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
    expect(stage.toldTo('老钱').join()).toContain('同意通知1')
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    await stage.wait(60)
    expect(stage.saidTo('幸福里商户群')).toEqual([water])
  })

  test('the notice of somebody who has left the roster since waits for a second person', async () => {
    const { stage, run, notice } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners, ...later })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('operator', { type: 'roster.remove', person: 'p-小赵' })
    await stage.wait(3_700)
    expect(await notice('N1')).toMatchObject({ state: 'awaiting', approval: ['author'] })
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
  })

  test('what was approved goes out, whoever has left since', async () => {
    const { stage, run } = await openNoticeStage()
    const urgent = {
      type: 'notice.write',
      text: '河水上涨，请离开地下车库。',
      emergency: true,
      targets: owners,
    }
    await run('小赵', { ...urgent, ...later })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    await run('operator', { type: 'roster.remove', person: 'p-小赵' })
    await stage.wait(3_700)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
  })
})

describe('nobody approves their own words', () => {
  const urgent = {
    type: 'notice.write',
    text: '河水上涨，请马上离开地下车库。',
    emergency: true,
    targets: owners,
  }

  test('a leader who words the notice of somebody else answers for it, and cannot approve it', async () => {
    const { run, notice } = await openNoticeStage()
    await run('小赵', urgent)
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('老钱', { type: 'notice.revise', notice: 'N1', text: '加微信领取补贴，手慢无。' })
    await run('老钱', { type: 'notice.submit', notice: 'N1' })
    await expect(run('老钱', { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
      fault: { kind: 'own-approval' },
    })
    expect((await notice('N1')).author).toBe('p-老钱')
  })

  test('whoever sent the words of somebody else cannot approve them either', async () => {
    const { run } = await openNoticeStage()
    await run('小赵', urgent)
    await run('老钱', { type: 'notice.submit', notice: 'N1' })
    await expect(run('老钱', { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
      fault: { kind: 'own-approval' },
    })
  })

  test('同意 in the same moment as other words came is asked for again', async () => {
    const { stage, run, notice } = await openNoticeStage()
    await run('小赵', urgent)
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('小赵', { type: 'notice.revise', notice: 'N1', text: '到小李家领五百元。' })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(3)
    await expect(run('老钱', { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
      fault: { kind: 'changed-just-now' },
    })
    await stage.wait(60)
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    expect((await notice('N1')).state).not.toBe('awaiting')
  })

  test('with no group left to speak to, only who answers for all approves', async () => {
    const { stage, run } = await openNoticeStage()
    await stage.hire('老郑', 'grid_leader', { places: ['pl-peace'] })
    await run('小赵', urgent)
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    for (const group of ['g-幸福里一期业主群', 'g-幸福里二期业主群'])
      await stage.change('groups', group, { tags: [] })
    await expect(run('老郑', { type: 'notice.approve', notice: 'N1' })).rejects.toMatchObject({
      code: 'authority',
    })
  })
})

describe('no way around the rules', () => {
  test('a draft of the afternoon that is sent late in the evening needs a second person', async () => {
    const { stage, run, notice } = await openNoticeStage({ start: '2026-11-18 14:00' })
    const preview = await run('小赵', { type: 'notice.write', text: '周六上午大扫除。', targets: owners })
    expect(preview).toMatchObject({ needs: '' })
    await stage.wait(7 * 3_600)
    expect(await run('小赵', { type: 'notice.submit', notice: 'N1' })).toMatchObject({ state: 'awaiting' })
    expect((await notice('N1')).approval).toEqual(['hours'])
  })

  test('a scheduled notice that was paused and goes on at night waits for a second person', async () => {
    const { stage, run, notice } = await openNoticeStage({ start: '2026-11-18 14:00' })
    const sendAt = Date.parse('2026-11-18T19:30:00+08:00')
    await run('小赵', { type: 'notice.write', text: '周六上午大扫除。', targets: owners, sendAt })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('小赵', { type: 'notice.pause', notice: 'N1' })
    await stage.wait(7.5 * 3_600)
    await run('小赵', { type: 'notice.resume', notice: 'N1' })
    await stage.wait(60)
    expect((await notice('N1')).state).toBe('awaiting')
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
  })

  test('what was approved for two groups does not go to twenty', async () => {
    const { stage, run, notice } = await openNoticeStage()
    const sendAt = Date.parse('2026-11-18T10:00:00+08:00')
    await run('小赵', { type: 'notice.write', text: '河水上涨。', emergency: true, targets: owners, sendAt })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    for (let at = 0; at < 20; at++)
      await stage.put('groups', {
        ...{ id: `g-new-${at}`, name: `新群${at}`, places: ['pl-happy'], tags: ['业主群'] },
        ...{ setting: 'answer' as const, owner: 'main' },
      })
    await stage.wait(3_700)
    expect(await notice('N1')).toMatchObject({ state: 'awaiting', approval: ['groups'], groups: 22 })
    expect(stage.saidTo('幸福里一期业主群')).toEqual([])
  })

  test('a series whose author and approver have both left waits for somebody else', async () => {
    const { stage, run, notice } = await openNoticeStage()
    const repeat = { cron: '0 12 * * *', words: '每天12:00' }
    await run('小赵', { type: 'notice.write', text: '记得吃药。', targets: owners, repeat })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    await stage.wait(4 * 3_600)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
    await run('operator', { type: 'roster.remove', person: 'p-小赵' })
    await run('operator', { type: 'roster.remove', person: 'p-老钱' })
    await stage.wait(24 * 3_600)
    expect(stage.saidTo('幸福里一期业主群')).toHaveLength(1)
    expect(await notice('N3')).toMatchObject({ state: 'awaiting', approval: ['author'] })
  })

  test('a template that needs a second person is not left behind by other words, nor by a correction', async () => {
    const { stage, run } = await openNoticeStage()
    const fields = { 截止: '12月31日', 标准: '每人400元' }
    const [template] = stage.house.noticeTemplates.filter(({ name }) => name === '医保缴费')
    const needed = Object.fromEntries((template?.fields ?? []).map(({ name, example }) => [name, example]))
    const write = {
      type: 'notice.write',
      template: '医保缴费',
      fields: { ...needed, ...pick(fields, needed) },
      targets: owners,
    }
    expect(await run('小赵', write)).toMatchObject({ needs: 'template' })
    expect(
      await run('小赵', { type: 'notice.revise', notice: 'N1', text: '请把钱转到这个微信。' }),
    ).toMatchObject({ needs: 'template' })
    await run('小赵', { type: 'notice.revise', notice: 'N1', text: '医保缴费到12月31日截止。' })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    await run('老钱', { type: 'notice.approve', notice: 'N1' })
    await stage.wait(60)
    const follow = { type: 'notice.follow', notice: 'N1', as: 'correction', text: '请把钱转到这个微信。' }
    expect(await run('小赵', follow)).toMatchObject({ needs: 'template' })
    expect(await run('小赵', { type: 'notice.follow', notice: 'N1', as: 'retraction' })).toMatchObject({
      needs: '',
    })
  })

  test('a correction keeps its groups and its first line, whatever is changed', async () => {
    const { stage, run } = await openNoticeStage()
    await run('小赵', { type: 'notice.write', text: water, targets: owners })
    await run('小赵', { type: 'notice.submit', notice: 'N1' })
    await stage.wait(60)
    await run('小赵', { type: 'notice.follow', notice: 'N1', as: 'correction', text: '改到后天。' })
    const narrowed = { type: 'notice.revise', notice: 'N2', targets: { groups: ['幸福里一期业主群'] } }
    await expect(run('小赵', narrowed)).rejects.toMatchObject({ fault: { kind: 'targets-of-correction' } })
    const revised = await run('小赵', { type: 'notice.revise', notice: 'N2', text: '改到大后天。' })
    expect(String(revised['text'])).toMatch(/^【更正】[\s\S]*改到大后天。$/u)
    expect(revised).toMatchObject({ groups: 2 })
  })
})

function pick(from: Readonly<Record<string, string>>, known: object): Record<string, string> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name in known))
}
