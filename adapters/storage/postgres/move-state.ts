/**
 * Whose turn it is: a database whose data is still arriving, or has left for a data folder, is not to be opened.
 *
 *   open                  the ordinary state
 *   arriving {…}          `linli data move --to postgres` was interrupted before it had counted everything
 *   left {…}              the data went on living in a data folder
 */
import type pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { describeServer } from './server-name.ts'
import { NAMESPACE } from './tables.ts'

export type MoveState = 'open' | 'arriving' | 'left'

/** Asked of the catalogue itself: to_regclass may answer from what it remembers of a moment ago. */
export const factsThere = `select 1 from pg_catalog.pg_tables where schemaname = '${NAMESPACE}' and tablename = '_facts'`

/** Has LinLi made its tables here? */
export async function hasFacts(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(factsThere)
  return rows.length > 0
}

/** Undefined: LinLi was never here. */
export async function moveStateOf(
  client: pg.ClientBase,
): Promise<{ state: MoveState; about: string } | undefined> {
  if (!(await hasFacts(client))) return undefined
  const { rows } = await client.query<{ value: string }>(
    `select value from ${NAMESPACE}._facts where name = 'state'`,
  )
  const [state = 'open', ...about] = (rows[0]?.value ?? 'open').split(' ')
  return { state: state as MoveState, about: about.join(' ') }
}

export async function setMoveState(client: pg.ClientBase, state: MoveState, about = ''): Promise<void> {
  const text = `insert into ${NAMESPACE}._facts values ('state', $1) on conflict (name) do update set value = excluded.value`
  await client.query(text, [`${state} ${about}`.trim()])
}

/** @throws DatabaseError */
export async function refuseUnsettled(client: pg.ClientBase, url: string): Promise<void> {
  const found = await moveStateOf(client)
  const server = `PostgreSQL at ${describeServer(url)}`
  if (found?.state === 'arriving')
    throw new DatabaseError(
      `${server}: a move of data to it was interrupted (${found.about}): run \`linli data move --to postgres --again\``,
    )
  if (found?.state === 'left')
    throw new DatabaseError(
      `${server}: its data was moved away (${found.about}): leave out LINLI_DATABASE_URL to use it there, ` +
        'or move it back with `linli data move --to postgres --again`',
    )
}
