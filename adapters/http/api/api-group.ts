import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpEnv, HttpParts, RouteGroup } from '../parts.ts'
import { addAlarmRoutes, alarmDescriptions } from './alarm-routes.ts'
import { addApprovalRoutes, approvalDescriptions } from './approval-routes.ts'
import { addAttachmentRoutes, attachmentDescriptions } from './attachment-routes.ts'
import { noticeDescriptions } from './notice-descriptions.ts'
import { addNoticeRoutes } from './notice-routes.ts'
import { addTicketRoutes, ticketDescriptions } from './ticket-routes.ts'

/** What other systems of the same town are offered, in JSON. */
export const apiGroup: RouteGroup = {
  base: '/api/v1',
  descriptions: [
    ...alarmDescriptions,
    ...ticketDescriptions,
    ...noticeDescriptions,
    ...approvalDescriptions,
    ...attachmentDescriptions,
    {
      ...{ method: 'get', path: '/openapi.json', summary: 'This document' },
      answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
    },
  ],
  mount(parts: HttpParts) {
    const app = new Hono<HttpEnv>()
    addAlarmRoutes(app, parts)
    addTicketRoutes(app, parts)
    // before /notices/:id, which would take `awaiting` for a number
    addApprovalRoutes(app, parts)
    addNoticeRoutes(app, parts)
    addAttachmentRoutes(app, parts)
    app.get('/openapi.json', (context) => context.json(parts.describe()))
    return app
  },
}
