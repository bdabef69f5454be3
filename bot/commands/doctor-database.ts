import { lookOverDatabase } from '../../adapters/storage/postgres/look-over.ts'
import { describeError } from './describe-error.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** PostgreSQL: can it be reached, does it keep what it acknowledges, who else has it open. */
export async function* checkDatabase(url: string): AsyncGenerator<Finding> {
  try {
    const { server, version, megabytes, processes, unsafe, used } = await lookOverDatabase(url)
    const who =
      processes === 0 ? 'no process of LinLi has it open' : `open in ${processes} processes of LinLi`
    yield good(`database: PostgreSQL ${version} at ${server}, ${megabytes} MB, ${who}`)
    if (unsafe.length > 0)
      yield bad(
        `database: switched off: ${unsafe.join(', ')}; a power cut may lose what was acknowledged`,
        'switch them on in postgresql.conf and reload the server',
      )
    if (!used)
      yield note('database: empty', 'the first start makes the tables; bring data with `linli data move`')
    yield note(
      'database: it is not in the daily snapshot, which holds files only',
      'back it up with pg_dump, see docs/operator.md',
    )
  } catch (error) {
    yield bad(`database: ${describeError(error)}`, 'mend it and run doctor again')
  }
}
