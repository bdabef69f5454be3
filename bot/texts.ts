import { z } from 'zod'
import { alarmSentences } from './alarms/alarm-sentences.ts'
import { open311Sentences } from './doors/published/open311-sentences.ts'
import { forwardingSentences } from './forwarding/forwarding-sentences.ts'
import { gridSentences } from './grid/grid-sentences.ts'
import { noticeSentences } from './notices/notice-sentences.ts'
import { quizSentences } from './quiz/quiz-sentences.ts'
import { deskSentences } from './staff/desk-sentences.ts'
import { staffNoticeSentences } from './staff/notices/staff-notice-sentences.ts'
import { supervisionSentences } from './supervision/supervision-sentences.ts'

/**
 * The sentences of bot/texts.yaml. The file is read at start; here stands only what each sentence needs to be
 * filled with, so that a missing word is an error at start and not a hole in a message.
 */
const noWords = [] as const
const ticketOpened = ['what', 'number', 'department', 'deadline'] as const
const progress = ['department', 'deadline'] as const

const placeholders = {
  ticketOpened,
  ticketOpenedAskPlace: ticketOpened,
  ticketOpenedPrivately: ['number', 'deadline'],
  placeNoted: ['place', 'number'],
  photoNoted: ['number'],
  photoAlone: noWords,
  fileAlone: ['name'],
  ticketSupported: ['number', 'deadline'],
  ticketAlreadyOpen: ['number', 'progress'],
  ticketUrged: ['number', 'progress'],
  ticketWithdrawn: ['number'],
  ticketKeptForOthers: ['number', 'progress'],
  ticketNotYours: ['number'],
  ticketClosedThanks: ['number'],
  satisfiedOrNot: noWords,
  satisfiedLater: noWords,
  ticketClosedLongAgo: ['number', 'what'],
  ticketReopened: ['number', 'deadline'],
  ticketProgress: ['number', 'what', 'progress'],
  ticketLine: ['number', 'what', 'progress'],
  ticketLines: ['lines'],
  ticketWhich: ['lines'],
  ticketUnknown: noWords,
  ticketNone: noWords,
  ticketSettled: ['number', 'progress'],
  progressAccepted: ['deadline'],
  progressDispatched: progress,
  progressHandling: progress,
  progressOverdue: ['department'],
  progressDone: ['department'],
  progressClosed: noWords,
  progressDeclined: noWords,
  progressOnHold: noWords,
  progressOnHoldWhy: ['reason', 'day'],
  progressWithdrawn: noWords,
  askSatisfied: ['number', 'what', 'note'],
  emergencyFire: noWords,
  emergencyGas: noWords,
  emergencyDrowning: noWords,
  emergencyCollapse: noWords,
  emergencyViolence: noWords,
  emergencyTrapped: noWords,
  emergencyMedical: noWords,
  emergencyFalling: noWords,
  emergencyElectric: noWords,
  emergencyDespair: noWords,
  emergencyMissing: noWords,
  emergencyUnclear: noWords,
  emergencyAskPlace: noWords,
  emergencyAlert: ['group', 'person', 'text', 'place', 'number'],
  emergencyAlertAgain: ['step', 'number', 'group', 'place', 'text'],
  emergencySupported: noWords,
  emergencyPlaceOfFirst: ['place'],
  emergencyCalledOff: ['number', 'name', 'text'],
  emergencyCallOffHeard: noWords,
  emergencyWhichOver: ['count', 'number'],
  emergencyHeard: ['number'],
  emergencyPassUnknown: ['name'],
  policyUnknown: noWords,
  policyMaybe: ['titles'],
  policyUnknownAskCommunity: noWords,
  policyMaybeAskCommunity: ['titles'],
  answerDoubted: noWords,
  answerDoubtedWhich: noWords,
  garbageAnswer: ['item', 'category', 'hint'],
  garbageAnswerPlain: ['item', 'category'],
  garbageNamedCity: ['item', 'city'],
  garbageElsewhere: ['cities'],
  garbageCity: ['city', 'category'],
  garbageEach: ['items', 'category'],
  garbageEachHint: ['items', 'category', 'hint'],
  garbageSame: ['items', 'category'],
  garbageSeveral: ['answers'],
  garbageSeveralInCity: ['city', 'answers'],
  garbageSeveralElsewhere: noWords,
  garbageUnknown: noWords,
  garbageUnknownAskSite: noWords,
  askedToday: ['question'],
  askedYesterday: ['question'],
  askedEarlier: ['question'],
  staffAnswerSource: ['date'],
  staffOnly: noWords,
  staffTickets: ['count', 'lines'],
  staffTicketsNone: noWords,
  staffTicketLine: ['number', 'light', 'what', 'department', 'deadline'],
  staffTicketsMore: ['count'],
  staffAcknowledged: ['number', 'what', 'deadline'],
  staffHandled: ['number', 'what'],
  staffWhich: ['lines'],
  staffNoTicket: noWords,
  staffUnlawful: ['number', 'state'],
  staffNoteMissing: ['number'],
  staffHelp: noWords,
  correctionKept: ['text', 'right'],
  correctionMoved: ['number', 'right', 'department'],
  correctionPlaced: ['number', 'place'],
  correctionPlacedPrivately: ['number'],
  correctionTicketStays: ['number', 'right'],
  correctionTicketOver: ['number', 'right'],
  correctionSoAlready: ['number', 'right'],
  correctionPlaceUnclear: ['place'],
  correctionAnswerWrong: ['text', 'question'],
  correctionAnswerListed: ['text', 'question'],
  correctionNoAnswer: noWords,
  correctionHelp: ['categories'],
  correctionWhich: noWords,
  questionList: ['count', 'lines', 'example'],
  questionLine: ['number', 'text', 'askers', 'last'],
  questionMore: ['count'],
  questionListNone: noWords,
  questionAnswered: ['number', 'scope'],
  questionRevised: ['number', 'scope'],
  questionWithdrawn: ['number'],
  questionDismissed: ['number'],
  questionScope: ['place', 'until'],
  questionEverywhere: noWords,
  questionUntil: ['date'],
  questionUnknown: ['number'],
  questionWhich: ['example'],
  questionWhichDismiss: ['example'],
  questionWhichRevise: ['example'],
  questionWhichWithdraw: ['example'],
  questionShown: ['number', 'text', 'askers', 'last', 'otherwise'],
  questionOtherwise: ['text'],
  questionNotHere: ['number'],
  questionElsewhere: ['number', 'place'],
  questionNotEverywhere: noWords,
  questionOfAll: ['number'],
  questionEmpty: ['number'],
  questionTooLong: ['most', 'count'],
  questionPersonal: noWords,
  questionPersonalReason: noWords,
  questionContact: noWords,
  questionPast: ['date'],
  questionDateUnread: ['date'],
  questionAlready: ['number', 'who', 'at', 'answer'],
  questionDismissedAlready: ['number', 'who', 'at'],
  questionNotAnswered: ['number'],
  questionOneAtATime: noWords,
  operator: noWords,
  reportPlaceUnknown: ['place'],
  reportPlaceOthers: ['place'],
  staffGroupSetting: ['setting'],
  settingAnswer: noWords,
  settingMentioned: noWords,
  settingListen: noWords,
  lightAlert: ['light', 'number', 'what', 'department', 'deadline'],
  ...supervisionSentences,
  ...alarmSentences,
  urgeAlert: ['number', 'what', 'deadline'],
  reopenedAlert: ['number', 'what', 'deadline'],
  kickedAlert: ['group'],
  lightBlue: noWords,
  lightYellow: noWords,
  lightRed: noWords,
  introduction: ['bot'],
  codeAccepted: ['name', 'role'],
  groupBound: ['group'],
  codeUnknown: noWords,
  codeStaffOnly: noWords,
  friendWelcome: ['bot'],
  voiceKindly: noWords,
  fallback: noWords,
  aboutMe: ['bot'],
  emergencyNumbers: noWords,
  tellMe: noWords,
  thanksBack: noWords,
  greetingBack: noWords,
  someone: noWords,
  placeUnknown: noWords,
  privateChat: noWords,
  roleResident: noWords,
  roleVolunteer: noWords,
  roleBuildingLeader: noWords,
  roleGridWorker: noWords,
  roleGridLeader: noWords,
  roleDepartment: noWords,
  roleAdmin: noWords,
  ...forwardingSentences,
  ...open311Sentences,
  ...deskSentences,
  ...gridSentences,
  ...noticeSentences,
  ...staffNoticeSentences,
  ...quizSentences,
} as const satisfies Record<string, readonly string[]>

type Placeholders = typeof placeholders
export type TextKey = keyof Placeholders
type Words<K extends TextKey> = Placeholders[K][number]

export type Texts = {
  readonly [K in TextKey]: [Words<K>] extends [never]
    ? () => string
    : (words: Readonly<Record<Words<K>, string | number>>) => string
}

const fileSchema = z.record(z.string(), z.string())

/** @throws TextsError naming every sentence that is missing, unknown, or lacks or invents a word */
export function parseTexts(file: unknown): Texts {
  const sentences = fileSchema.parse(file)
  const faults = [...missingOrWrong(sentences), ...unknown(sentences)]
  if (faults.length > 0) throw new TextsError(faults)
  const entries = Object.keys(placeholders).map((key) => [key, filler(sentences[key] ?? '')] as const)
  return Object.fromEntries(entries) as unknown as Texts
}

export class TextsError extends Error {
  readonly code = 'texts'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`bot/texts.yaml: ${faults.join('; ')}`)
    this.name = 'TextsError'
    this.faults = faults
  }
}

function filler(sentence: string): (words?: Readonly<Record<string, string | number>>) => string {
  return (words = {}) => sentence.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word] ?? ''))
}

function missingOrWrong(sentences: Readonly<Record<string, string>>): string[] {
  return Object.entries(placeholders).flatMap(([key, words]) => {
    const sentence = sentences[key]
    if (sentence === undefined) return [`${key} is missing`]
    const found = new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))
    const lacking = words.filter((word) => !found.has(word)).map((word) => `${key} lacks {${word}}`)
    const invented = [...found].filter((word) => !(words as readonly string[]).includes(word))
    return [...lacking, ...invented.map((word) => `${key} has {${word}}, which nothing fills`)]
  })
}

function unknown(sentences: Readonly<Record<string, string>>): string[] {
  return Object.keys(sentences)
    .filter((key) => !(key in placeholders))
    .map((key) => `${key} is not a sentence that the bot says`)
}
