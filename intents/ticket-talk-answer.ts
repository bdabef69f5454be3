import { oneOf } from './signs.ts'
import { type FollowUpAnswer, followUpVerdicts, followUpWeights, type TicketTalk } from './understanding.ts'

/** `answer` of rules/ticket-talk.yaml. */
export interface FollowUpRules {
  /** What speaks of something else. */
  readonly not: readonly string[]
  readonly unsatisfied: Weighed
  readonly later: Weighed
  /** Only as the whole line, with `around` before, between and behind. */
  readonly satisfied: Weighed & { readonly around: readonly string[] }
  readonly doubtful: Weighed
}

type Weighed = { readonly [weight in FollowUpAnswer['weight']]?: readonly string[] | undefined }

/** `own` of rules/ticket-talk.yaml, in the order in which they are tried. */
export type OwnTalkRules = Readonly<Record<OwnTalk, readonly string[]>>
type OwnTalk = Extract<TicketTalk, 'withdraw' | 'amend' | 'urge' | 'progress'>

/** Longer than this somebody tells a story; ten words suffice to answer. */
const longestAnswer = 60
const longestPraise = 30

/** Reads a normalised text as an answer to 您看满意吗; undefined: it is none. */
export function createFollowUpReader(
  rules: FollowUpRules,
): (normalized: string) => FollowUpAnswer | undefined {
  const elsewhere = oneOf(rules.not)
  const readings = followUpVerdicts.flatMap((verdict) =>
    followUpWeights.flatMap((weight) => {
      const patterns = rules[verdict][weight]
      if (!patterns) return []
      const fits = verdict === 'satisfied' ? wholeLine(patterns, rules.satisfied.around) : anywhere(patterns)
      return [{ verdict, weight, fits }]
    }),
  )
  return (normalized) => {
    const line = withoutSpaces(normalized)
    if (line.length > longestAnswer || elsewhere.test(line)) return undefined
    const found = readings.find(({ fits }) => fits(line))
    return found && { verdict: found.verdict, weight: found.weight }
  }
}

function anywhere(patterns: readonly string[]): (line: string) => boolean {
  const words = oneOf(patterns)
  return (line) => words.test(line)
}

/** Nothing but such words and what stands `around` them, at least one of them: piece by piece from the left. */
function wholeLine(patterns: readonly string[], around: readonly string[]): (line: string) => boolean {
  const words = oneOf(patterns)
  const [core, filler] = [patterns, around].map((parts) => new RegExp(`^(?:${parts.join('|')})$`, 'u'))
  const gainOf = (piece: string) => (core?.test(piece) ? praised : filler?.test(piece) ? polite : nothing)
  return (line) => line.length <= longestPraise && words.test(line) && farthest(line, gainOf) === praised
}

/** How a place in the line is reached: not at all, by fillers alone, with one of the words. */
const [nothing, polite, praised] = [0, 1, 2] as const

function farthest(line: string, gainOf: (piece: string) => number): number {
  const reached: number[] = [polite, ...Array<number>(line.length).fill(nothing)]
  for (let from = 0; from < line.length; from++) {
    const before = reached[from] ?? nothing
    for (let to = from + 1; before !== nothing && to <= line.length; to++) {
      const gained = gainOf(line.slice(from, to))
      if (gained !== nothing) reached[to] = Math.max(reached[to] ?? nothing, before, gained)
    }
  }
  return reached[line.length] ?? nothing
}

/** Reads what somebody wants of a ticket of their own; whether they have one that it names is for others to see. */
export function createOwnTalkReader(rules: OwnTalkRules): (normalized: string) => TicketTalk | undefined {
  const kinds = Object.entries(rules).map(([kind, patterns]) => ({
    kind: kind as OwnTalk,
    words: oneOf(patterns),
  }))
  return (normalized) => {
    const line = withoutSpaces(normalized)
    return line.length > longestAnswer ? undefined : kinds.find(({ words }) => words.test(line))?.kind
  }
}

/** Both: what a text would be from somebody who was asked, or who has a ticket. */
export function createParticipantReader({
  answer,
  own,
}: {
  readonly answer: FollowUpRules
  readonly own: OwnTalkRules
}): (normalized: string) => { readonly followUp?: FollowUpAnswer; readonly ofOwn?: TicketTalk } {
  const [followUpOf, ownTalkOf] = [createFollowUpReader(answer), createOwnTalkReader(own)]
  return (normalized) => {
    const [followUp, ofOwn] = [followUpOf(normalized), ownTalkOf(normalized)]
    return { ...(followUp && { followUp }), ...(ofOwn && { ofOwn }) }
  }
}

/** 不 满 意 is one word; a new line begins a new sentence; the number of a ticket says nothing about how it was. */
function withoutSpaces(normalized: string): string {
  return normalized
    .replaceAll(/\n+/g, ',')
    .replaceAll(' ', '')
    .replaceAll(ticketNumber, '')
    .replaceAll(/^[,。!~]+/g, '')
}

const ticketNumber =
  /(?:单号|工单|编号)?(?<!\d)(?:20\d{2})?\d{4}[-—–]\d{3,4}(?!\d)号?(?:工单|单子|单)?[的:]?/gu
