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

/** {error: {code, message, details[], candidates[]?}}, in words that say what was expected, what came, and what to do. */
function refusal(context: HttpContext, error: HttpError): Response {
  const { code, message, details, candidates, status } = error
  return context.json(
    { error: { code, message, details, ...(candidates.length > 0 && { candidates }) } },
    status,
  )
}
