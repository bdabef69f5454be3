/** What the sentences about lights, summaries and duty are filled with: part of bot/texts.ts. */
const ticket = ['number', 'what', 'department', 'deadline'] as const
const counted = ['count', 'lines'] as const
const numbered = ['number'] as const
const noWords = [] as const

export const supervisionSentences = {
  emergencyPassedOn: ['name', 'number', 'place', 'text'],
  emergencyPassed: ['name'],
  lightRedAlert: ['number', 'what', 'deadline'],
  lightRedReported: ticket,
  lightsAlert: counted,
  lightsReported: counted,
  lightSeen: noWords,
  recurredAlert: ticket,
  summaryHead: ['at'],
  summaryWaiting: counted,
  summaryApprove: counted,
  summaryWhistle: counted,
  summaryMissing: counted,
  summaryRed: counted,
  summaryYellow: counted,
  summaryNew: counted,
  summaryLine: [...ticket, 'marks'],
  summaryRecurring: noWords,
  summaryTogether: ['count'],
  summaryMore: ['count'],
  summaryAskApproval: numbered,
  summaryAskReport: numbered,
  summaryAskMissing: noWords,
  summaryAskWork: numbered,
  supervised: ['numbers'],
  supervisedNothing: ['number', 'progress'],
  dutyNow: ['lines', 'next'],
  dutyNobody: ['role', 'next'],
  dutyLine: ['shift', 'people', 'until'],
  dutyNext: ['shift', 'people', 'from'],
  dutyCount: ['count'],
  dutyUnknown: ['name'],
} as const
