import { type GroupSetting, type PlaceKind, placeKinds, type Role } from '../documents.ts'
import type { GridField, GridSheet } from './rows.ts'

/** How tables of the grid name things: the word that an export writes first, then others that mean the same. */

export const sheetWords: Readonly<Record<GridSheet, readonly string[]>> = {
  places: ['地点', 'places', '场所', '网格', '架构'],
  groups: ['群', 'groups', '微信群', '群组', '群聊'],
  people: ['人员', 'people', 'roster', '花名册', '名单', '队伍'],
}

export const columnWords: Readonly<
  Record<GridSheet, Readonly<Partial<Record<GridField, readonly string[]>>>>
> = {
  places: {
    name: ['名称', '地点', '地点名称', '网格名称', 'name', 'place'],
    kind: ['类型', '级别', '层级', 'kind', 'type'],
    parent: ['上级', '所属', '上级地点', '所属上级', 'parent', 'under'],
    id: ['编号', 'id'],
  },
  groups: {
    name: ['群名', '名称', '群名称', '群', '群聊名称', 'name', 'group'],
    places: ['地点', '所属地点', '所属网格', '所属社区', 'places', 'place'],
    tags: ['标签', '群类型', 'tags', 'tag'],
    setting: ['发言', '发言方式', 'setting'],
    id: ['编号', 'id'],
  },
  people: {
    name: ['姓名', '名字', '名称', 'name', 'person'],
    role: ['角色', '职务', '身份', '岗位', 'role'],
    places: ['负责地点', '地点', '片区', '所属网格', 'places', 'place'],
    skills: ['技能', '特长', '队伍', 'skills', 'skill'],
    department: ['部门', '单位', '所属部门', 'department'],
    id: ['编号', 'id'],
  },
}

export const kindWords: Readonly<Record<PlaceKind, readonly string[]>> = {
  street: ['街道', '镇', '乡', '乡镇', '街道办'],
  community: ['社区', '村', '居委会', '小区'],
  grid: ['网格', '基础网格'],
  micro_grid: ['微网格', '微格'],
  building: ['楼栋', '楼', '栋', '楼宇'],
}

export const roleWords: Readonly<Record<Exclude<Role, 'resident'>, readonly string[]>> = {
  volunteer: ['志愿者', '义工'],
  building_leader: ['楼栋长', '楼长', '楼组长'],
  grid_worker: ['网格员', '专职网格员'],
  grid_leader: ['网格长'],
  department: ['部门', '部门人员', '部门联系人', '职能部门'],
  admin: ['管理员'],
}

export const settingWords: Readonly<Record<GroupSetting, readonly string[]>> = {
  answer: ['正常', '有把握就答'],
  mentioned: ['被问才答', '点名才答'],
  listen: ['只听', '静默'],
}

/** The word that people read. */
export function kindWord(kind: PlaceKind): string {
  return kindWords[kind][0] ?? kind
}

/** From the top down. */
export function rankOfKind(kind: PlaceKind): number {
  return placeKinds.indexOf(kind)
}

/** Which of these is meant: by its own English name, or any of its words. */
export function meantBy<T extends string>(
  words: Readonly<Record<T, readonly string[]>>,
  said: string,
): T | undefined {
  const keys = Object.keys(words) as T[]
  const plain = said.toLowerCase().replaceAll(/[\s-]+/gu, '_')
  return keys.find((key) => key === plain || words[key].includes(said))
}
