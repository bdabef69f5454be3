import type { HttpContext, HttpParts } from './parts.ts'

/**
 * Where a request comes from. Behind a reverse proxy (LINLI_HTTP_PROXY=on) the last address in X-Forwarded-For
 * counts: that one the proxy itself wrote, all before it the caller may have invented.
 */
export function addressOf(parts: Pick<HttpParts, 'proxy'>, context: HttpContext): string {
  const forwarded = parts.proxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded !== undefined && forwarded !== '' ? forwarded : socketAddress(context)
}

/** From this machine itself, not handed on by a proxy on it. */
export function isFromHere(context: HttpContext): boolean {
  const handedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => context.req.header(name))
  return !handedOn && /^(?:::ffff:)?127\.|^::1$/u.test(socketAddress(context))
}

function socketAddress(context: HttpContext): string {
  return context.env.incoming.socket.remoteAddress ?? ''
}
