import type { Texts } from '../texts.ts'
import type { Match } from './match.ts'

/** One message can be read on a phone. */
const mostListed = 20

/** For admins: what is likely what, and what to answer. */
export function matchList(texts: Texts, matches: readonly Match[]): string {
  const [first] = matches
  const lines = matches.slice(0, mostListed).map((match) => matchLine(texts, match))
  if (matches.length > mostListed) lines.push(texts.matchMore({ count: matches.length - mostListed }))
  const groups = matches.filter(({ kind }) => kind === 'group').length
  const example = first?.number ?? 1
  const what = groups > 0 ? texts.matchGroups({ count: groups }) : ''
  const people = matches.length - groups
  const who = people > 0 ? texts.matchPeople({ count: people }) : ''
  return texts.matchList({ what: [what, who].filter(Boolean).join('、'), lines: lines.join('\n'), example })
}

function matchLine(texts: Texts, match: Match): string {
  const { number, name, sure, shared, of } = match
  const now = match.kind === 'group' ? match.topic : match.alias
  const how = sure ? texts.matchVeryLikely() : texts.matchPerhaps()
  if (match.kind === 'person') return texts.matchPersonLine({ number, name, how, now, count: of })
  const why = of === 0 ? texts.matchByName() : texts.matchByMembers({ shared, of })
  return texts.matchGroupLine({ number, name, how, now, why })
}
