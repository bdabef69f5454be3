import type { Hono } from 'hono'
import { z } from 'zod'
import { ticketSchema } from '../answer-schemas.ts'
import { requireScope } from '../api-keys.ts'
import type { HttpEnv, HttpParts, RouteDescription } from '../parts.ts'

/** Tickets for reading back: how they stand, and nothing of whom they are about. */

export function addTicketRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  app.get('/tickets/:number', requireScope(parts, 'read'), async (context) => {
    const actor = { kind: 'system', name: context.get('key').name } as const
    const ticket = context.req.param('number').slice(0, 80)
    const [row] = await parts.query(actor, { type: 'ticket.summary', ticket })
    return context.json(row)
  })
}

export const ticketDescriptions: readonly RouteDescription[] = [
  {
    ...{ method: 'get', path: '/tickets/:number', scope: 'read' },
    summary: 'How a ticket stands; no personal data',
    parameters: [
      {
        ...{ name: 'number', in: 'path', description: 'The whole number: 20261120-003' },
        schema: z.string(),
      },
    ],
    answers: { 200: { description: 'the ticket', schema: ticketSchema }, 404: { description: 'not known' } },
  },
]
