import type { Hono } from 'hono'
import { z } from 'zod'
import { alarmReportSchema } from '../../../bot/alarms/alarm-report.ts'
import { alarmSchema, reportedSchema } from '../answer-schemas.ts'
import { requireScope } from '../api-keys.ts'
import { readJson } from '../body.ts'
import type { HttpContext, HttpEnv, HttpParts, RouteDescription } from '../parts.ts'

/** Alarms in: a sensor or platform opens, updates and ends an alarm by its own id; it becomes a ticket. */

export function addAlarmRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  app.post('/alarms', requireScope(parts, 'alarms'), async (context) => {
    const report = await readJson(context, alarmReportSchema, parts.limits.jsonBody)
    const { name } = context.get('key')
    // the same once: platforms that hear no answer send again
    const id = `alarm/${name}/${report.id}/${report.state}/${Date.parse(report.at)}`
    const result = await parts.execute(actorOf(context), id, { type: 'alarm.report', ...report })
    context.header('Location', `/api/v1/alarms/${encodeURIComponent(report.id)}`)
    return context.json(result, result['done'] === 'opened' ? 201 : 200)
  })
  app.get('/alarms/:id', requireScope(parts, 'alarms'), async (context) => {
    const { name } = context.get('key')
    const request = { type: 'alarm', source: name, alarm: context.req.param('id').slice(0, 80) }
    const [row] = await parts.query(actorOf(context), request)
    return context.json(row)
  })
}

function actorOf(context: HttpContext) {
  return { kind: 'system', name: context.get('key').name } as const
}

export const alarmDescriptions: readonly RouteDescription[] = [
  {
    ...{ method: 'post', path: '/alarms', scope: 'alarms' },
    summary: 'Raise, update or end an alarm',
    description:
      'What is sent twice (the same id, state and at) is answered as the first time; what is older than what is known changes nothing. Kinds and levels stand in tickets/alarms.yaml.',
    body: {
      type: 'application/json',
      schema: alarmReportSchema,
      example: {
        ...{ id: 'A-1024', kind: 'fume', state: 'raised', at: '2026-11-20T08:30:00+08:00', level: 'yellow' },
        ...{ place: '幸福街88号', text: '后厨排口油烟超标', value: 3.2, unit: 'mg/m³' },
      },
    },
    answers: {
      200: { description: 'amended, kept, ended, or no news', schema: reportedSchema },
      201: { description: 'a ticket was opened', schema: reportedSchema },
      422: { description: 'understood, but not possible: an unknown kind or level, a time that cannot be' },
    },
  },
  {
    ...{ method: 'get', path: '/alarms/:id', scope: 'alarms' },
    summary: 'One of your own alarms, and how its ticket stands',
    parameters: [{ name: 'id', in: 'path', description: 'Your id of the alarm', schema: z.string() }],
    answers: { 200: { description: 'the alarm', schema: alarmSchema }, 404: { description: 'not known' } },
  },
]
