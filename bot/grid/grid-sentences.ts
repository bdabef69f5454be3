const noWords = [] as const

/** What is said in chat about the grid: see texts.ts. */
export const gridSentences = {
  firstHandsPrivate: ['number'],
  matchList: ['what', 'lines', 'example'],
  matchGroups: ['count'],
  matchPeople: ['count'],
  matchGroupLine: ['number', 'name', 'how', 'now', 'why'],
  matchPersonLine: ['number', 'name', 'how', 'now', 'count'],
  matchVeryLikely: noWords,
  matchPerhaps: noWords,
  matchByName: noWords,
  matchByMembers: ['shared', 'of'],
  matchMore: ['count'],
  matchNone: noWords,
  matchConfirmed: ['names'],
  matchRefused: ['numbers'],
  matchUnknown: ['number'],
  matchTaken: ['number'],
  matchAdminOnly: ['number'],
  matchElsewhere: ['number'],
} as const satisfies Record<string, readonly string[]>
