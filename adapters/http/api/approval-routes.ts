import type { Hono } from 'hono'
import { z } from 'zod'
import type { AwaitingRow } from '../../../bot/doors/notices/awaiting.ts'
import { requireScope } from '../api-keys.ts'
import { readJson } from '../body.ts'
import { HttpError } from '../http-error.ts'
import type { HttpContext, HttpEnv, HttpParts, RouteDescription } from '../parts.ts'
import { idempotencyKey, notNow } from './notice-descriptions.ts'
import { tellingFaults } from './notice-refusals.ts'
import { numberIn } from './notice-routes.ts'
import { approvalReasons, movedSchema } from './notice-schemas.ts'
import { actorOf, assertSameAsked, hash, idOf } from './write-notice.ts'

/** The second person of a notice, in the office system in which they decide. */

const revision = z
  .string()
  .regex(/^[0-9a-f]{32}$/u, '`revision` of GET /api/v1/notices/awaiting, as it was when the notice was read')
const by = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .optional()
  .describe('Who decided there: kept in the history, told to the author, not to other systems')

const postedApproval = z.strictObject({
  revision: revision.describe('Of GET /notices/awaiting: what was changed since is not approved'),
  by,
})
const postedRefusal = z.strictObject({
  reason: z.string().trim().min(1).max(200).optional().describe('Why not; its author is told'),
  revision: revision.optional().describe('Of GET /notices/awaiting; left out: whatever it says now'),
  by,
})

const instant = z.iso.datetime({ offset: true })

const awaitingSchema = z.strictObject({
  notices: z.array(
    z.strictObject({
      notice: z.string().describe('Its number: N12'),
      revision: z.string().describe('Goes back with the decision'),
      text: z.string().describe('As the groups will read it'),
      targets: z.string().describe('In words'),
      groups: z.int().min(0),
      author: z.string().describe('As the roster has it, or the name of a system'),
      why: z.array(z.enum([...approvalReasons, 'author'])).describe('Why somebody has to approve it'),
      emergency: z.boolean(),
      writtenAt: instant,
      beginsAt: instant.nullable().describe('If it were approved now; null: it has no time left'),
      expiresAt: instant,
      attachment: z.string().nullable(),
      repeat: z.string().nullable(),
      follows: z.string().nullable().describe('correction N12, retraction N12'),
    }),
  ),
})

export function addApprovalRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const holder = requireScope(parts, 'approve')
  app.get('/notices/awaiting', holder, async (context) => {
    const rows = await tellingFaults(parts).query(actorOf(context), { type: 'notices.awaiting' })
    return context.json({ notices: (rows as readonly AwaitingRow[]).map(awaitingAnswer) })
  })
  app.post('/notices/:id/approve', holder, (context) => decide(context, 'approve', postedApproval))
  app.post('/notices/:id/refuse', holder, (context) => decide(context, 'refuse', postedRefusal))

  async function decide(context: HttpContext, verb: 'approve' | 'refuse', schema: z.ZodType) {
    const said = (await readJson(context, schema, parts.limits.jsonBody)) as object
    const [notice, id] = [numberIn(context), idOf(context)]
    const asked = { type: `notice.${verb}`, notice, ...said, print: hash([verb, notice, said]) }
    const { print: first, ...result } = await tellingFaults(parts)
      .execute(actorOf(context), id, asked)
      .catch(withList)
    // whoever sends the key of an earlier decision must not take it for this one
    assertSameAsked({ print: first ?? '' }, asked.print)
    return context.json(result)
  }
}

/** Theirs is another list than that of whoever writes. @throws always */
function withList(error: unknown): never {
  if (!(error instanceof HttpError) || error.code !== 'unknown-notice') throw error
  const message = 'no notice of this number has waited for approval: GET /api/v1/notices/awaiting lists them'
  throw new HttpError(404, message, { code: error.code, cause: error })
}

function awaitingAnswer(row: AwaitingRow): object {
  const { beginsAt = null, attachment = null, repeat = null, follows = null } = row
  return { ...row, beginsAt, attachment, repeat, follows }
}

const parameters: RouteDescription['parameters'] = [
  {
    ...{ name: 'id', in: 'path', description: 'The number of a notice that waits: N12' },
    schema: z.string(),
  },
  idempotencyKey,
]
const answers: RouteDescription['answers'] = {
  400: { description: 'not as described; without `revision` nothing is approved' },
  403: {
    description: 'the key has not the scope approve, or whoever wrote or sent the notice would approve it',
  },
  404: { description: 'no notice of this number has waited for approval' },
  409: {
    description: `changed since it was read (\`changed-just-now\`: read the list again), or ${notNow.description}`,
  },
}
const example = { revision: '6f1ed002ab5595859014ebf0951522d9', by: '王主任' }

export const approvalDescriptions: readonly RouteDescription[] = [
  {
    ...{ method: 'get', path: '/notices/awaiting', scope: 'approve' },
    summary: 'The notices that wait for a second person, the oldest first',
    description: 'Without what this system wrote or sent itself, which it cannot approve.',
    answers: { 200: { description: 'the list', schema: awaitingSchema } },
  },
  {
    ...{ method: 'post', path: '/notices/:id/approve', scope: 'approve', parameters },
    summary: 'Approve a notice, for the person who decided so',
    body: { type: 'application/json', schema: postedApproval, example },
    answers: {
      200: { description: 'approved; it goes out at its time', schema: movedSchema },
      ...answers,
      422: { description: 'its time is over before it would begin, or the Idempotency-Key came before' },
    },
  },
  {
    ...{ method: 'post', path: '/notices/:id/refuse', scope: 'approve', parameters },
    summary: 'Refuse a notice, for the person who decided so',
    body: {
      ...{ type: 'application/json', schema: postedRefusal },
      example: { reason: '等街道统一发', by: '王主任' },
    },
    answers: {
      200: { description: 'refused; it is never sent', schema: movedSchema },
      ...answers,
      422: { description: 'the Idempotency-Key came before, with something else' },
    },
  },
]
