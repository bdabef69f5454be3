import { z } from 'zod'
import type { AnswerDescription, ParameterDescription, RouteDescription } from '../parts.ts'
import {
  copyStates,
  groupsSchema,
  listSchema,
  movedSchema,
  patchedNotice,
  postedCorrection,
  postedNotice,
  postedRetraction,
  postedTargets,
  progressSchema,
  receiptsSchema,
  targetsAnswer,
  templatesSchema,
  writtenSchema,
} from './notice-schemas.ts'

const id: ParameterDescription = {
  ...{ name: 'id', in: 'path', description: 'The number of one of your notices: N12' },
  schema: z.string(),
}
export const idempotencyKey: ParameterDescription = {
  ...{ name: 'Idempotency-Key', in: 'header' },
  description: 'Of your own; the same one again is answered as the first time, and does nothing more',
  schema: z.string().max(500),
}
const unknown: AnswerDescription = { description: 'not a notice of yours' }
export const notNow: AnswerDescription = { description: 'not in this state: the message says in which it is' }
const impossible: AnswerDescription = {
  description:
    'understood, but not possible: places, groups, tags or templates that are not known (`candidates`: what may have been meant), a time that cannot be, no group at all',
}
const fourHundred: AnswerDescription = {
  description: 'not as described, empty, too long, or with control characters',
}

const targets = { places: ['幸福里社区'], tags: ['业主群'] }
const text = '明天上午8点到12点停水，请提前储水。'

export const noticeDescriptions: readonly RouteDescription[] = [
  {
    ...{ method: 'post', path: '/notices', scope: 'notices' },
    summary: 'Write a notice, and with submit send it',
    description:
      'Without submit it is a draft, and the answer its preview. What the rules name (many groups, some templates, late hours, emergencies, repeated ones) waits until somebody has approved it; a key for notices cannot. The same body within 10 minutes, or the same Idempotency-Key at any time, is the same notice. When nearly the same was just written for some of its groups it stays a draft (409 alike), unless evenIfAlike.',
    parameters: [idempotencyKey],
    body: { type: 'application/json', schema: postedNotice, example: { text, targets, submit: true } },
    answers: {
      201: { description: 'written, and submitted if asked for', schema: writtenSchema },
      400: fourHundred,
      409: { description: 'alike: kept as a draft, because nearly the same was just written' },
      422: impossible,
    },
  },
  {
    ...{ method: 'get', path: '/notices', scope: 'notices' },
    summary: 'Your own notices, the newest first',
    parameters: [
      {
        name: 'limit',
        in: 'query',
        description: '1 to 1,000; 50 when left out',
        schema: z.int().min(1).max(1_000),
      },
    ],
    answers: { 200: { description: 'the list', schema: listSchema } },
  },
  {
    ...{ method: 'get', path: '/notices/templates', scope: 'notices' },
    summary: 'The templates of the house, with their fields',
    answers: { 200: { description: 'the templates', schema: templatesSchema } },
  },
  {
    ...{ method: 'post', path: '/notices/targets', scope: 'notices' },
    summary: 'Count the groups and people that a notice would reach',
    body: { type: 'application/json', schema: postedTargets, example: { targets } },
    answers: { 200: { description: 'counted; nothing is kept', schema: targetsAnswer }, 422: impossible },
  },
  {
    ...{ method: 'get', path: '/notices/:id', scope: 'notices' },
    summary: 'How far a notice is',
    parameters: [id],
    answers: { 200: { description: 'its progress', schema: progressSchema }, 404: unknown },
  },
  {
    ...{ method: 'get', path: '/notices/:id/groups', scope: 'notices' },
    summary: 'What became of each copy of a notice',
    parameters: [
      id,
      {
        ...{ name: 'state', in: 'query', description: 'Only these' },
        schema: z.enum(copyStates),
      },
    ],
    answers: {
      200: { description: 'one row a group; none before it has begun', schema: groupsSchema },
      404: unknown,
    },
  },
  {
    ...{ method: 'get', path: '/notices/:id/receipts', scope: 'notices' },
    summary: 'How many have said 收到, by group; no names',
    parameters: [id],
    answers: {
      200: { description: 'every group that got it', schema: receiptsSchema },
      404: unknown,
    },
  },
  {
    ...{ method: 'patch', path: '/notices/:id', scope: 'notices' },
    summary: 'Change a notice that has not begun',
    description:
      'What is left out stays as it was. It is a draft again, and what was approved has to be approved anew.',
    parameters: [id, idempotencyKey],
    body: {
      type: 'application/json',
      schema: patchedNotice,
      example: { text: '明天下午2点到5点停水，请提前储水。' },
    },
    answers: {
      200: { description: 'its new preview', schema: writtenSchema },
      400: fourHundred,
      404: unknown,
      409: notNow,
      422: impossible,
    },
  },
  ...moves(),
  ...followers(),
]

function moves(): readonly RouteDescription[] {
  const verbs = {
    submit: ['Send a draft, as far as the rules let it', 'scheduled, or awaiting somebody’s approval'],
    pause: ['Pause a notice that is scheduled or being sent', 'what has not gone out waits'],
    resume: ['Go on with a paused notice', 'it goes on'],
    stop: ['Stop a notice for good', 'what has not gone out never will'],
    discard: ['Throw a notice away that has not begun', 'it is never sent'],
  } as const
  return Object.entries(verbs).map(([verb, [summary, description]]) => ({
    ...({ method: 'post', path: `/notices/:id/${verb}`, scope: 'notices', summary } as const),
    parameters: [id, idempotencyKey],
    answers: {
      200: { description, schema: movedSchema },
      404: unknown,
      409: notNow,
      ...(verb === 'submit' && { 422: { description: 'its time is over before it would begin' } }),
    },
  }))
}

function followers(): readonly RouteDescription[] {
  const common = { method: 'post', scope: 'notices', parameters: [id, idempotencyKey] } as const
  const answers = {
    201: { description: 'a notice of its own, sent if asked for', schema: writtenSchema },
    400: fourHundred,
    404: unknown,
    409: { description: 'nobody got it yet' },
  }
  return [
    {
      ...{ ...common, path: '/notices/:id/correct', answers },
      summary: 'Correct a notice: for exactly the groups that got it',
      body: {
        ...{ type: 'application/json', schema: postedCorrection },
        example: { text: '停水改到后天上午8点到12点。', submit: true },
      },
    },
    {
      ...{ ...common, path: '/notices/:id/retract', answers },
      summary: 'Take a notice back: tell exactly the groups that got it',
      body: { type: 'application/json', schema: postedRetraction, example: { submit: true } },
    },
  ]
}
