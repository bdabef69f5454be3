import type { CollectionName } from './documents.ts'
import type { IndexDeclaration } from './ports/store.ts'

/** The indexes through which documents are found: nothing can be asked that is not declared here. */
export const schema = {
  inbox: [
    { equal: ['state'], order: 'at' },
    { equal: [], order: 'forgetAt' },
    { equal: ['person'], order: 'at' },
    { equal: ['conversation'], order: 'at' },
  ],
  people: [{ equal: ['role'] }],
  contacts: [{ equal: ['person'] }],
  rooms: [{ equal: ['group'] }],
  groups: [],
  groupStates: [],
  places: [{ equal: ['parent'] }],
  codes: [{ equal: [], order: 'expiresAt' }],
  memories: [{ equal: ['person'] }, { equal: [], order: 'forgetAt' }],
  timers: [
    { equal: [], order: 'dueAt' },
    { equal: ['kind'], order: 'dueAt' },
  ],
  outbox: [
    { equal: ['account', 'state'], order: 'rank' },
    { equal: [], order: 'forgetAt' },
  ],
  tickets: [
    { equal: ['state'], order: 'openedAt' },
    { equal: ['group', 'state'], order: 'openedAt' },
    { equal: ['category', 'state'], order: 'openedAt' },
    { equal: ['department', 'state'], order: 'deadline' },
  ],
  ticketEvents: [{ equal: ['ticket'], order: 'sequence' }],
  ticketPeople: [{ equal: ['person'], order: 'openedAt' }],
  questions: [
    { equal: ['group', 'state'], order: 'at' },
    { equal: ['topic'], order: 'at' },
    { equal: ['topic', 'person'], order: 'at' },
    { equal: ['person'] },
    { equal: [], order: 'forgetAt' },
  ],
  questionTopics: [{ equal: ['state'], order: 'rank' }],
  questionTerms: [],
  staffAnswers: [{ equal: ['state'], order: 'at' }, { equal: ['topic'] }, { equal: ['by'] }],
  corrections: [{ equal: [], order: 'at' }, { equal: ['person'] }],
  counters: [],
  quizRounds: [{ equal: ['by'] }, { equal: ['state'] }],
  quizDecks: [],
  quizScores: [
    { equal: ['scope'], order: 'points' },
    { equal: ['scope', 'week'], order: 'weekPoints' },
    { equal: ['scope', 'lastWeek'], order: 'lastWeekPoints' },
    { equal: ['person'] },
    { equal: [], order: 'lastAt' },
  ],
  audit: [{ equal: [], order: 'at' }],
  lostWindows: [{ equal: ['account'], order: 'from' }],
} satisfies Record<CollectionName, readonly IndexDeclaration[]>
