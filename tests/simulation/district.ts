import type { Documents, PlaceNode, Role } from '../../bot/documents.ts'
import type { Stage } from '../bot/stage.ts'

/** A district: streets, communities, grids and groups, and the staff who answer for them. */
export interface District {
  readonly groups: readonly Neighbourhood[]
  readonly staff: readonly Staff[]
  readonly places: readonly PlaceNode[]
  staffById(id: string): Staff | undefined
  groupById(id: string | null): Neighbourhood | undefined
  hire(staff: Staff): void
}

export interface Neighbourhood {
  readonly id: string
  readonly name: string
  readonly grid: string
  readonly residents: readonly string[]
}

export interface Staff {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly places: readonly string[]
  readonly department?: string
}

const groupsPerGrid = 3
const gridsPerCommunity = 7
const communitiesPerStreet = 5
const residentsPerGroup = 9

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'.split('')
const titles = ['阿姨', '大爷', '女士', '先生', '奶奶', '师傅', '姐', '哥', '老师']

/** @param departments as tickets are routed to them; each has two people here */
export function buildDistrict(groupCount: number, departments: readonly string[]): District {
  const places = new Map<string, PlaceNode>()
  const groups = Array.from({ length: groupCount }, (_, at) => neighbourhood(at, places))
  const staff = [...places.values()].flatMap(staffOfPlace)
  departments.forEach((department, at) => {
    for (const hand of ['甲', '乙'])
      staff.push(person(`${department}${hand}${at}`, 'department', [], department))
  })
  for (const at of [1, 2]) staff.push(person(`区管理员${at}`, 'admin', []))
  const ids = new Map(staff.map((each) => [each.id, each]))
  const groupIds = new Map(groups.map((each) => [each.id, each]))
  return {
    ...{ groups, staff, places: [...places.values()] },
    staffById: (id) => ids.get(id),
    hire(fresh) {
      staff.push(fresh)
      ids.set(fresh.id, fresh)
    },
    groupById: (id) => (id === null ? undefined : groupIds.get(id)),
  }
}

function neighbourhood(at: number, places: Map<string, PlaceNode>): Neighbourhood {
  const grid = Math.floor(at / groupsPerGrid)
  const community = Math.floor(grid / gridsPerCommunity)
  const street = Math.floor(community / communitiesPerStreet)
  const add = (id: string, name: string, kind: PlaceNode['kind'], parent: string | null) => {
    if (!places.has(id)) places.set(id, { id, name, kind, parent })
    return id
  }
  const streetId = add(`street-${street}`, `第${street + 1}街道`, 'street', null)
  const communityId = add(`community-${community}`, `第${community + 1}社区`, 'community', streetId)
  const gridId = add(`grid-${grid}`, `第${grid + 1}网格`, 'grid', communityId)
  const residents = Array.from({ length: residentsPerGroup }, (_, each) => {
    const surname = surnames[(at * 7 + each * 5) % surnames.length]
    return `${surname}${titles[each % titles.length]}${at + 1}-${each + 1}`
  })
  return { id: `g-${at + 1}`, name: `第${at + 1}业主群`, grid: gridId, residents }
}

function staffOfPlace({ id, name, kind }: PlaceNode): readonly Staff[] {
  switch (kind) {
    case 'grid':
      return [person(`${name}小何`, 'grid_worker', [id]), ...helpers(name, id)]
    case 'community':
      return [person(`${name}老钱`, 'grid_leader', [id])]
    case 'street':
    case 'micro_grid':
    case 'building':
      return []
  }
}

/** Two grids of three have a building leader. */
function helpers(name: string, id: string): readonly Staff[] {
  return id.endsWith('0') || Number(id.slice(-1)) % 3 === 1
    ? []
    : [person(`${name}楼长`, 'building_leader', [id])]
}

function person(name: string, role: Role, places: readonly string[], department?: string): Staff {
  return { id: `p-${name}`, name, role, places, ...(department !== undefined && { department }) }
}

/** Everybody on the roster, every group bound to its grid. */
export async function settle(stage: Stage, { groups, staff, places }: District): Promise<void> {
  const { account } = stage.chat
  for (const place of places) await stage.put('places', place)
  for (const { id, name, role, places: own, department } of staff) {
    const person: Documents['people'] = {
      ...{ id, name, role, places: own, friend: true },
      ...(department !== undefined && { department }),
    }
    await stage.put('people', person)
    await stage.put('contacts', { id: `${account}/c-${name}`, account, contact: `c-${name}`, person: id })
  }
  for (const { id, name, grid } of groups) {
    await stage.put('groups', { id, name, places: [grid], tags: [], setting: 'answer', owner: account })
    const room = `r-${name}`
    await stage.put('rooms', { id: `${account}/${room}`, account, room, topic: name, group: id })
  }
}
