import { createRequire } from 'node:module'
import { bigrams, type Engine, fieldNames, fieldsOf, fieldWeights, joined, wanted } from '../engine.ts'

/**
 * SQLite's FTS5, in memory and without the texts: node:sqlite where Node has it with FTS5 (22 and later), else
 * better-sqlite3, else SQLite as WebAssembly.
 */
export function sqlite({ weighted }: { readonly weighted: boolean }): Engine {
  const { via, open } = chooseDriver()
  const columns = weighted ? fieldNames : (['all_fields'] as const)
  return {
    name: `SQLite FTS5 (${via})${weighted ? ', weighted fields' : ''}`,
    build(passages) {
      const database = open()
      database.exec(`create virtual table passages using fts5(${columns.join(', ')}, content='')`)
      const marks = columns.map(() => '?').join(', ')
      const insert = database.prepare(
        `insert into passages(rowid, ${columns.join(', ')}) values (?, ${marks})`,
      )
      database.exec('begin')
      for (const [at, passage] of passages.entries()) {
        const texts = weighted ? Object.values(fieldsOf(passage)) : [joined(passage)]
        insert.run(at + 1, ...texts.map((text) => bigrams(text).join(' ')))
      }
      database.exec('commit')
      database.exec("insert into passages(passages) values ('optimize')")
      const weights = weighted ? Object.values(fieldWeights).join(', ') : ''
      const select = database.prepare(
        `select rowid from passages where passages match ? and rank match 'bm25(${weights})' order by rank limit ${wanted}`,
      )
      return {
        bytes: sizeOf(database),
        find(question) {
          const query = [...new Set(bigrams(question))].map((term) => `"${term}"`).join(' OR ')
          return select.all(query).map((row) => passages[Number(row['rowid']) - 1]?.id ?? '')
        },
      }
    },
  }
}

type Row = Record<string, unknown>

interface Database {
  exec(sql: string): unknown
  prepare(sql: string): { run(...values: (string | number)[]): unknown; all(...values: string[]): Row[] }
}

interface Driver {
  readonly via: string
  open(): Database
}

function sizeOf(database: Database): number {
  const value = (pragma: string) => Number(database.prepare(`pragma ${pragma}`).all()[0]?.[pragma])
  return value('page_count') * value('page_size')
}

const load = createRequire(import.meta.url)

function chooseDriver(): Driver {
  const drivers: Driver[] = [
    { via: 'node:sqlite', open: () => new (load('node:sqlite').DatabaseSync)(':memory:') },
    { via: 'better-sqlite3', open: () => new (load('better-sqlite3'))(':memory:') },
    { via: 'WebAssembly', open: () => fromWebAssembly(new (load('node-sqlite3-wasm').Database)()) },
  ]
  for (const driver of drivers) {
    try {
      driver.open().exec('create virtual table probe using fts5(word)')
      return driver
    } catch (error) {
      // Not installed, or built without FTS5: the next one.
      if (!(error instanceof Error)) throw error
    }
  }
  throw new Error('expected an SQLite with FTS5, found none: run npm ci in bench/')
}

/** Its statements take the values as one array. */
function fromWebAssembly(database: {
  exec(sql: string): unknown
  prepare(sql: string): { run(values: unknown[]): unknown; all(values: unknown[]): Row[] }
}): Database {
  return {
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql)
      return { run: (...values) => statement.run(values), all: (...values) => statement.all(values) }
    },
  }
}
