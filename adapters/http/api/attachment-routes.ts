import type { Hono } from 'hono'
import { z } from 'zod'
import { mostFileBytes, mostPictureBytes } from '../../../bot/ports/attachments.ts'
import { requireScope } from '../api-keys.ts'
import { readBody } from '../body.ts'
import { HttpError } from '../http-error.ts'
import type { HttpContext, HttpEnv, HttpParts, RouteDescription } from '../parts.ts'
import { told } from './notice-refusals.ts'
import { keptSchema } from './notice-schemas.ts'

/** Pictures and files for notices: the bytes themselves are the body, their name stands in a header. */

const nameHeader = 'X-File-Name'
const longestName = 200
/** Files are held in memory while they come: so many at once, of all keys together. */
const mostAtOnce = 4

export function addAttachmentRoutes(app: Hono<HttpEnv>, parts: HttpParts): void {
  let coming = 0
  app.post('/attachments', requireScope(parts, 'notices'), async (context) => {
    if (coming >= mostAtOnce)
      throw new HttpError(503, 'other files are just coming in: send it again in a moment', {
        headers: { 'Retry-After': '5', Connection: 'close' },
      })
    coming += 1
    try {
      return context.json(await keep(parts, context), 201)
    } finally {
      coming -= 1
    }
  })
}

async function keep({ house }: HttpParts, context: HttpContext): Promise<object> {
  const name = nameIn(context)
  assertPlain(context)
  if (!house.attachments) throw new HttpError(503, 'this house keeps no files: tell the operator')
  const bytes = await readBody(context, mostFileBytes, { of: mostOf, remedy: 'make it smaller' })
  return house.attachments.save(name, bytes).catch(told)
}

/** A picture may be smaller only: seen by its first bytes, long before all of it has come. */
function mostOf(start: Uint8Array): number {
  const head = Buffer.from(start.subarray(0, 12)).toString('latin1')
  const isPicture = /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP)/su.test(head)
  return isPicture ? mostPictureBytes : mostFileBytes
}

/** As clients write it: percent-encoded, or plain UTF-8. @throws HttpError 400 */
function nameIn({ req }: HttpContext): string {
  const came = req.header(nameHeader)?.trim() ?? ''
  if (came === '')
    throw new HttpError(
      400,
      `expected the header ${nameHeader} with the name of the file, percent-encoded: %E5%81%9C%E6%B0%B4.pdf`,
    )
  const name = decodedName(came)
  if (name === undefined || name.length > longestName)
    throw new HttpError(
      400,
      `expected ${nameHeader} in percent-encoded UTF-8, at most ${longestName} characters`,
    )
  return name
}

function decodedName(came: string): string | undefined {
  try {
    if (came.includes('%')) return decodeURIComponent(came)
    // headers come as latin1, whatever was put in
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(came, 'latin1'))
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return undefined
    throw error
  }
}

/** A form around the file would be kept as a part of it. @throws HttpError 415 */
function assertPlain({ req }: HttpContext): void {
  const type = req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!/^(?:multipart\/|application\/x-www-form-urlencoded$)/u.test(type)) return
  throw new HttpError(
    415,
    `expected the bytes of the file as the body, but ${type} came: curl --data-binary @FILE -H 'Content-Type: application/octet-stream'`,
  )
}

const MB = 1 << 20

export const attachmentDescriptions: readonly RouteDescription[] = [
  {
    ...{ method: 'post', path: '/attachments', scope: 'notices' },
    summary: 'Keep a picture or file for a notice',
    description: `jpg, png, gif and webp up to ${mostPictureBytes / MB} MB; pdf, docx, xlsx, pptx and txt up to ${mostFileBytes / MB} MB. What it is, its content says. The answer goes into \`attachment\` of POST /notices; what no notice names is removed after a day.`,
    parameters: [
      {
        ...{ name: nameHeader, in: 'header', required: true },
        description: 'As whoever gets it sees it, percent-encoded: %E5%81%9C%E6%B0%B4.pdf',
        schema: z.string().max(longestName * 9),
      },
    ],
    body: { type: 'application/octet-stream', schema: z.string().meta({ format: 'binary' }) },
    answers: {
      201: { description: 'kept', schema: keptSchema },
      400: { description: 'it is empty, or its name is missing' },
      413: { description: 'it is too large; nothing is kept' },
      415: { description: 'it is none of these kinds' },
    },
  },
]
