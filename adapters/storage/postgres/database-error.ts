/** What PostgreSQL and the way to it can answer, sorted by what can be done about it. */
import { describeServer } from './server-name.ts'

/** For the operator: which server, what it said, what to do. Never the password. */
export class DatabaseError extends Error {
  readonly code = 'database'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseError'
  }
}

/** The way to the server, or the server itself: a moment later it may be there again. */
const passingSystem: ReadonlySet<string> = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EAI_AGAIN',
    'ENOTFOUND',
  ],
  // the folder of a server's local socket, before it has started
  'ENOENT',
])
/**
 * 08 connection lost, 53 no memory, disk or connection left, 57P it is stopping or starting, 58 its disk failed,
 * 40 this transaction lost to another, 25P03 we were silent for too long in one, 25006 it is a standby just now
 */
const passingAnswer = /^(08...|53...|57P0[1-5]|58...|40...|25P0[34]|25006|55P03)$/u
/** pg has no codes for these. */
const passingWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/u

/** Is it worth trying again? */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (passingSystem.has(code) || passingAnswer.test(code) || passingWords.test(error.message)) return true
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isPassing)
}

const remedies: Readonly<Record<string, string>> = {
  '28P01': 'correct user and password in LINLI_DATABASE_URL',
  '28000': 'let this user in (pg_hba.conf), or correct LINLI_DATABASE_URL',
  '3D000': 'create the database (createdb), or correct LINLI_DATABASE_URL',
  '42501': 'give this user the right (it must own the database, or the schema linli in it)',
  '53300': 'raise max_connections of the server: each process of LinLi uses up to 7',
  '53100': 'free space on the disk of the database server',
}

/** One sentence about what failed, with the server's name and without its password. */
export function databaseError(url: string, error: unknown): DatabaseError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [first] = error instanceof AggregateError ? error.errors : [error]
  const said = first instanceof Error ? first.message : String(first)
  const remedy =
    remedies[code] ??
    (isPassing(error)
      ? 'see whether the server runs and can be reached from here'
      : 'look into the log of the server')
  return new DatabaseError(`PostgreSQL at ${describeServer(url)}: ${said}: ${remedy}`, { cause: error })
}
