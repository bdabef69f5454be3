import type { HttpError } from './http-error.ts'
import type { HttpContext } from './parts.ts'
import { routeGroups } from './route-groups.ts'

/** A refusal in the way of the routes that stand under this path. */
export function refuse(context: HttpContext, error: HttpError): Response {
  const { path } = context.req
  const group = routeGroups
    .filter(({ base }) => base === '' || path === base || path.startsWith(`${base}/`))
    .sort((one, other) => other.base.length - one.base.length)[0]
  const response = (group?.refusal ?? refusal)(context, error)
  for (const [name, value] of Object.entries(error.headers)) response.headers.set(name, value)
  return response
}

/** {error: {code, message, details[]}}, in words that say what was expected, what came, and what to do. */
function refusal(context: HttpContext, { code, message, details, status }: HttpError): Response {
  return context.json({ error: { code, message, details } }, status)
}
