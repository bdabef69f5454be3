import pg from 'pg'

/** Host, port, database and user of an address, for people: never the password. */
export function describeServer(url: string): string {
  try {
    const { host, port, database = '?', user = '?' } = new pg.Client({ connectionString: url })
    return `${host}:${port}, database ${database}, user ${user}`
  } catch (error) {
    // whatever it is, it may hold the password
    if (error instanceof Error) return 'the address in LINLI_DATABASE_URL, which cannot be read'
    throw error
  }
}
