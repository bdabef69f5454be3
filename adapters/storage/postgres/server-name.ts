import { parse } from 'pg-connection-string'

/** Host, port, database and user of an address, for people: never the password. */
export function describeServer(url: string): string {
  try {
    const { host, port, database, user } = parse(url)
    return `${host || 'localhost'}:${port || 5432}, database ${database || user || '?'}, user ${user || '?'}`
  } catch (error) {
    // whatever it is, it may hold the password
    if (error instanceof Error) return 'the address in LINLI_DATABASE_URL, which cannot be read'
    throw error
  }
}
