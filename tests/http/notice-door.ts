import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openAttachments } from '../../adapters/storage/attachments.ts'
import { type Answered, type HttpStage, type HttpStageOptions, openHttpStage } from './http-stage.ts'

/**
 * The HTTP door before a small district: 幸福里社区 with two groups of owners and one of merchants, 和平社区 with one.
 * 小赵 works for 幸福里社区, 老钱 leads there; flood-platform holds a key with the scope `notices`.
 */
export interface NoticeDoor extends HttpStage {
  readonly platform: string
  /** Below /api/v1, with the key of the platform: a body is posted, unless `method` says otherwise. */
  api(path: string, json?: unknown, more?: ApiAsking): Promise<Answered>
  /** Files in the folder of attachments. */
  kept(): Promise<readonly string[]>
}

interface ApiAsking {
  readonly key?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const water = '明天上午8点到12点停水，请提前储水。'
export const owners = { places: ['幸福里社区'], tags: ['业主群'] }

const happy = { id: 'pl-happy', name: '幸福里社区', kind: 'community', parent: null } as const
const peace = { id: 'pl-peace', name: '和平社区', kind: 'community', parent: null } as const
const groups = [
  ['幸福里一期业主群', happy.id, '业主群'],
  ['幸福里二期业主群', happy.id, '业主群'],
  ['幸福里商户群', happy.id, '商户群'],
  ['和平家园业主群', peace.id, '业主群'],
] as const

export async function openNoticeDoor(options: HttpStageOptions = {}): Promise<NoticeDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-notices-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const door = await openHttpStage(options)
  const { stage } = door
  Object.assign(stage.house, { attachments: openAttachments(join(folder, 'attachments')) })
  for (const place of [happy, peace]) await stage.put('places', place)
  const { account } = stage.chat
  for (const [name, place, tag] of groups) {
    const [id, room] = [`g-${name}`, `r-${name}`]
    const bound = { places: [place], tags: [tag], setting: 'answer' as const, owner: account }
    await stage.put('groups', { id, name, ...bound })
    await stage.put('rooms', {
      id: `${account}/${room}`,
      account,
      room,
      topic: name,
      group: id,
      members: 100,
    })
  }
  await stage.hire('小赵', 'grid_worker', { places: [happy.id] })
  await stage.hire('老钱', 'grid_leader', { places: [happy.id] })
  const platform = await door.key('flood-platform', 'notices')
  return {
    ...{ ...door, platform },
    api: (path, json, { key = platform, ...more } = {}) =>
      door.ask(`/api/v1${path}`, { key, ...(json !== undefined && { json }), ...more }),
    kept: async () => (await readdir(folder, { recursive: true })).filter((name) => name.includes('.')),
  }
}
