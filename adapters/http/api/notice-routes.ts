import type { Hono } from 'hono'
import { z } from 'zod'
import type { NoticeCopyRow, NoticeProgressRow, NoticeRow } from '../../../bot/doors/notices/notice-rows.ts'
import type { ReceiptRow } from '../../../bot/notices/residents/receipt-report.ts'
import type { NoticeTemplate } from '../../../bot/notices/writing/templates.ts'
import { requireScope } from '../api-keys.ts'
import { readJson } from '../body.ts'
import { faultyValue, HttpError } from '../http-error.ts'
import type { HttpContext, HttpEnv, HttpParts } from '../parts.ts'
import { copyAnswer, listedAnswer, progressAnswer, receiptsAnswer, templateAnswer } from './notice-answers.ts'
import { tellingFaults } from './notice-refusals.ts'
import {
  copyStates,
  patchedNotice,
  postedCorrection,
  postedNotice,
  postedRetraction,
  postedTargets,
} from './notice-schemas.ts'
import { actorOf, idOf, patchNotice, wordsOf, writeOnce } from './write-notice.ts'

/** Notices of other systems: written, sent as far as the rules let them, and how far each is. */

export function addNoticeRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  const holder = requireScope(parts, 'notices')
  app.post('/notices', holder, async (context) => {
    const { submit, evenIfAlike, targets, ...rest } = await bodyOf(context, parts, postedNotice)
    const command = { type: 'notice.write', ...wordsOf(rest), targets } as const
    return created(context, await writeOnce(parts, context, { command, submit, evenIfAlike }))
  })
  app.get('/notices', holder, async (context) => {
    const rows = await rowsOf<NoticeRow>(parts, context, { type: 'notices', ...queryOf(context, listQuery) })
    return context.json({ notices: rows.map(listedAnswer) })
  })
  // before :id, which would take their words for a number
  app.get('/notices/templates', holder, async (context) => {
    const rows = await rowsOf<NoticeTemplate>(parts, context, { type: 'notice.templates' })
    return context.json({ templates: rows.map(templateAnswer) })
  })
  app.post('/notices/targets', holder, async (context) => {
    const { targets } = await bodyOf(context, parts, postedTargets)
    const [row] = await rowsOf<TargetRow>(parts, context, { type: 'notice.targets', targets })
    const { ms = 0, ...rest } = row ?? {}
    return context.json({ ...rest, minutes: Math.ceil(ms / 60_000) })
  })
  addOneNotice(app, parts)
}

interface TargetRow {
  readonly ms: number
}

function addOneNotice(app: Hono<HttpEnv>, parts: HttpParts): void {
  const holder = requireScope(parts, 'notices')
  app.get('/notices/:id', holder, async (context) => {
    const asked = { type: 'notice', notice: numberIn(context) }
    const [row] = await rowsOf<NoticeProgressRow>(parts, context, asked)
    return context.json(row && progressAnswer(row))
  })
  app.get('/notices/:id/groups', holder, async (context) => {
    const { state } = queryOf(context, groupsQuery)
    const asked = { type: 'notice.groups', notice: numberIn(context) }
    const rows = await rowsOf<NoticeCopyRow>(parts, context, asked)
    const wanted = rows.filter((row) => state === undefined || row.state === state)
    return context.json({ groups: wanted.map(copyAnswer) })
  })
  app.get('/notices/:id/receipts', holder, async (context) => {
    const asked = { type: 'notice.receipts', notice: numberIn(context) }
    return context.json(receiptsAnswer(await rowsOf<ReceiptRow>(parts, context, asked)))
  })
  app.patch('/notices/:id', holder, async (context) => {
    const change = await bodyOf(context, parts, patchedNotice)
    return context.json(await patchNotice(parts, context, numberIn(context), change))
  })
  for (const verb of ['submit', 'pause', 'resume', 'stop', 'discard'] as const)
    app.post(`/notices/:id/${verb}`, holder, async (context) => {
      const command = { type: `notice.${verb}`, notice: numberIn(context) }
      return context.json(await tellingFaults(parts).execute(actorOf(context), idOf(context), command))
    })
  app.post('/notices/:id/correct', holder, (context) => follow(context, 'correction'))
  app.post('/notices/:id/retract', holder, (context) => follow(context, 'retraction'))

  async function follow(context: HttpContext, as: 'correction' | 'retraction'): Promise<Response> {
    const schema = as === 'correction' ? postedCorrection : postedRetraction
    const { text, submit } = await bodyOf(context, parts, schema)
    const words = text === undefined ? {} : { text }
    const command = { type: 'notice.follow', notice: numberIn(context), as, ...words } as const
    // it is meant to be like the first one
    return created(context, await writeOnce(parts, context, { command, submit, evenIfAlike: true }))
  }
}

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).optional(),
})
const groupsQuery = z.strictObject({ state: z.enum(copyStates).optional() })

/** @throws HttpError 400 */
function queryOf<S extends z.ZodType>(context: HttpContext, schema: S): z.output<S> {
  const query = context.req.query()
  const checked = schema.safeParse(query)
  if (checked.success) return checked.data
  throw faultyValue(checked.error, query, 'the query')
}

function bodyOf<S extends z.ZodType>(context: HttpContext, parts: HttpParts, schema: S) {
  return readJson(context, schema, parts.limits.jsonBody)
}

async function rowsOf<T>(parts: HttpParts, context: HttpContext, request: object): Promise<readonly T[]> {
  return (await tellingFaults(parts).query(actorOf(context), request)) as readonly T[]
}

/** n12 and 12 are meant, too. @throws HttpError 404 */
export function numberIn(context: HttpContext): string {
  const came = context.req.param('id') ?? ''
  const digits = /^n?0*([1-9]\d{0,8})$/iu.exec(came)?.[1]
  if (digits !== undefined) return `N${digits}`
  const message = `expected the number of a notice, for example N12, but ${JSON.stringify(came.slice(0, 20))} came`
  throw new HttpError(404, message, { code: 'unknown-notice' })
}

function created(context: HttpContext, answer: object): Response {
  context.header('Location', `/api/v1/notices/${'notice' in answer ? answer.notice : ''}`)
  return context.json(answer, 201)
}
