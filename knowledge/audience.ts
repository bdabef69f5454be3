import type { Passage } from './answer.ts'

/** Whom an answer is for. */
export interface Audience {
  /** Names of the group's places, building first, street last: 槐荫小区3号楼, 槐荫社区, 幸福街道. Unknown when absent. */
  readonly places?: readonly string[]
  /** 网格员群, 业主群. */
  readonly groupTags?: readonly string[]
}

/** Whole cities and larger are everybody's, whatever the group is bound to. */
const everywhere = /^(?:全|本)[市区县省国]|[市省国]$/u
const levels = ['微网格', '网格', '社区', '小区', '街道', '镇', '乡', '村', '楼'] as const
/** 仅网格员群: a document with this tag is for groups with the tag 网格员群 only. */
const onlyMark = '仅'

/**
 * By passage: 1 when it is not for this audience; undefined when nothing is hidden. A document is hidden when its
 * region is of a level that the group has as well, by another name. A base that has no document of the group's
 * own places cannot be meant to tell places apart (a sample, a replay): then regions hide nothing.
 */
export function hiddenFrom(passages: readonly Passage[], audience: Audience): Uint8Array | undefined {
  const { places = [], groupTags } = audience
  const known = places.length > 0 && passages.some(({ region }) => regionsOf(region).some(isOneOf(places)))
  const verdicts = new Map<string | undefined, boolean>()
  const isElsewhere = (region: string | undefined): boolean => {
    const verdict = verdicts.get(region) ?? (known && isForeign(region, places))
    verdicts.set(region, verdict)
    return verdict
  }
  const hidden = Uint8Array.from(passages, ({ region, tags }) =>
    Number(isElsewhere(region) || (groupTags !== undefined && isForOthers(tags, groupTags))),
  )
  return hidden.includes(1) ? hidden : undefined
}

/** Several may be named: 槐荫社区、梧桐社区. */
function regionsOf(region = ''): string[] {
  return region.split(/[、，,;；\s]+/u).filter((part) => part !== '')
}

function isForeign(region: string | undefined, places: readonly string[]): boolean {
  const regions = regionsOf(region)
  return regions.length > 0 && regions.every((each) => isElsewhereFor(each, places))
}

function isElsewhereFor(region: string, places: readonly string[]): boolean {
  if (everywhere.test(region) || isOneOf(places)(region)) {
    return false
  }
  const level = levelOf(region)
  return level !== undefined && places.some((place) => levelOf(place) === level)
}

/** 幸福街道槐荫社区 is 槐荫社区, too. */
function isOneOf(places: readonly string[]): (region: string) => boolean {
  return (region) => places.some((place) => region.endsWith(place) || place.endsWith(region))
}

function levelOf(place: string): (typeof levels)[number] | undefined {
  return levels.find((level) => place.endsWith(level))
}

function isForOthers(tags: readonly string[], groupTags: readonly string[]): boolean {
  const only = tags.filter((tag) => tag.startsWith(onlyMark)).map((tag) => tag.slice(onlyMark.length))
  return only.length > 0 && !only.some((tag) => groupTags.includes(tag))
}
