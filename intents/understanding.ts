/** The words in which the whole house speaks about a message. */

export const intents = ['policy', 'complaint', 'garbage', 'quiz', 'ticket', 'chatter'] as const
export type Intent = (typeof intents)[number]

export const categories = [
  'utilities',
  'facilities',
  'sanitation',
  'noise',
  'environment',
  'traffic',
  'construction',
  'streetscape',
  'safety',
  'pets',
  'consumer',
  'property',
  'neighbours',
  'welfare',
  'conduct',
  'other',
] as const
export type Category = (typeof categories)[number]

/**
 * In whose voice a text is written, when not in that of neighbours who talk: citizens write to officials, newspapers
 * have headlines, customers review what they bought, shops describe apps. Only the first want something of us.
 */
export const registers = ['letter', 'headline', 'review', 'description'] as const
export type Register = (typeof registers)[number]

export const urgencies = ['normal', 'high', 'emergency'] as const
export type Urgency = (typeof urgencies)[number]

/** Where: each part as normalised text, absent when not said. */
export interface Place {
  /** 11 for 11号楼; letters and names stay as they are: A, 三 becomes 3. */
  readonly building?: string
  readonly unit?: string
  readonly floor?: string
  /** Personal: never in a group reply. */
  readonly room?: string
  /** 中山路, 幸福街 88号. */
  readonly road?: string
  /** 南门, 小广场, 地下车库B2. */
  readonly landmark?: string
}

export const emergencyKinds = [
  /** Somebody who says of themselves that they do not want to live. */
  'despair',
  'electric',
  'fire',
  'gas',
  'drowning',
  'collapse',
  'violence',
  'trapped',
  'medical',
  'falling',
  /** A person who is lost: never a pet or a thing. */
  'missing',
] as const
export type KnownEmergency = (typeof emergencyKinds)[number]
/** `unclear`: certainly an emergency, but which number is the right one the words do not tell. */
export type EmergencyKind = KnownEmergency | 'unclear'

/** What the ticket talk wants; `amend` adds or corrects something (a place, a photo, a time), `progress` also asks who and which number. */
export type TicketTalk = 'progress' | 'urge' | 'withdraw' | 'amend' | 'satisfied' | 'unsatisfied'

/** What somebody who was asked whether they are satisfied says to it; `later`: they want to look first. */
export const followUpVerdicts = ['unsatisfied', 'later', 'satisfied', 'doubtful'] as const
export type FollowUpVerdict = (typeof followUpVerdicts)[number]

/**
 * `sure`: an answer as long as the question is open; `rightAfter`: only as the next thing that is said; `alone`: only
 * between the two of them, in private or with a mention of the bot.
 */
export const followUpWeights = ['sure', 'rightAfter', 'alone'] as const
export interface FollowUpAnswer {
  readonly verdict: FollowUpVerdict
  readonly weight: (typeof followUpWeights)[number]
}

export interface Understanding {
  readonly intent: Intent
  /** 0 to 1, of the intent. */
  readonly confidence: number
  /** Present with complaint. */
  readonly category?: Category
  readonly urgency: Urgency
  /** Present with urgency emergency. */
  readonly emergency?: EmergencyKind
  /** Present with intent ticket. */
  readonly ticketTalk?: TicketTalk
  /** What it would be as an answer to 您看满意吗: says nothing about whether anybody was asked. */
  readonly followUp?: FollowUpAnswer
  /** What it would want of a ticket of the speaker's own whose thing it names: 我的灯呢. */
  readonly ofOwn?: TicketTalk
  readonly place?: Place
  /** As said: 昨晚, 半个月. */
  readonly since?: string
  /** As said: 每天晚上, 第三次了. */
  readonly howOften?: string
  /**
   * Positive evidence for speaking unasked: policy, a question form; complaint, a thing, place or time and
   * something wrong with it; the others, what their intent asks for. Without it the bot keeps quiet.
   */
  readonly evidence: boolean
  /** Of an unsure message without evidence: what else it may be, when its words give ground for that. */
  readonly perhaps?: Intent
  /** The features or the rule that decided, for people to read. */
  readonly why: string
}

export interface Understander {
  /** `text` as written, several lines separated by \n, mentions of the bot already taken out. */
  understand(text: string): Understanding
}
