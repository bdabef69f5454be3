import { columnOf, type Table } from './tables.ts'

/** A document as the table has it. */
export interface Row {
  readonly key: string
  readonly version: number
  /** JSON, without the version. */
  readonly body: string
  /** One for each field of the table. */
  readonly keys: readonly (string | null)[]
}

/** Adds what is new and replaces what is there. */
export function putRows(table: Table, rows: readonly Row[], bind: (value: unknown) => string): string {
  const columns = ['id', 'version', 'body', ...table.fields.map(columnOf)]
  const arrays = [
    `${bind(rows.map(({ key }) => key))}::text[]`,
    `${bind(rows.map(({ version }) => version))}::int[]`,
    `${bind(rows.map(({ body }) => body))}::text[]`,
    ...table.fields.map((_, at) => `${bind(rows.map(({ keys }) => keys[at]))}::text[]`),
  ]
  const taken = columns.map((column) => (column === 'body' ? 'body::json' : column)).join(', ')
  const sets = columns
    .slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')
  return `insert into ${table.name} (${columns.join(', ')})
    select ${taken} from unnest(${arrays.join(', ')}) as n(${columns.join(', ')})
    on conflict (id) do update set ${sets}`
}
