/** A look at a database from outside, for `linli doctor`: nothing in it is changed. */
import pg from 'pg'
import { clientOptions } from './connections.ts'
import { databaseError } from './database-error.ts'
import { PRESENCE_LOCK } from './migrations.ts'
import { factsThere, refuseUnsettled } from './move-state.ts'
import { describeServer } from './server-name.ts'

export interface DatabaseLook {
  /** Host, port, database and user. */
  readonly server: string
  readonly version: string
  readonly megabytes: number
  /** Processes of LinLi that have it open now. */
  readonly processes: number
  /** Settings without which a power cut may lose what was acknowledged. */
  readonly unsafe: readonly string[]
  /** LinLi has made its tables. */
  readonly used: boolean
}

/** @throws DatabaseError which says what to do */
export async function lookOverDatabase(url: string): Promise<DatabaseLook> {
  const client = new pg.Client(clientOptions(url))
  client.on('error', () => undefined)
  try {
    await client.connect()
    await refuseUnsettled(client, url)
    const [of, at] = PRESENCE_LOCK.split(', ')
    const { rows } = await client.query<
      Omit<DatabaseLook, 'server' | 'unsafe'> & { fsync: string; pages: string }
    >(
      `select current_setting('server_version') as version,
         (pg_database_size(current_database()) / 1000000)::int as megabytes,
         (select count(*)::int from pg_locks where locktype = 'advisory' and granted and classid = $1::bigint::oid
            and objid = $2::bigint::oid and database = (select oid from pg_database where datname = current_database())) as processes,
         current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
         exists (${factsThere}) as used`,
      [of, at],
    )
    const { fsync, pages, ...look } = rows[0] as (typeof rows)[number]
    const off = Object.entries({ fsync, full_page_writes: pages }).filter(([, value]) => value === 'off')
    return { ...look, server: describeServer(url), unsafe: off.map(([name]) => name) }
  } catch (error) {
    throw error instanceof Error && error.name === 'DatabaseError' ? error : databaseError(url, error)
  } finally {
    await client.end().catch(() => undefined)
  }
}
