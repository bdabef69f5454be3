import { writeCsv } from '../../adapters/reports/table-files.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import type { CodeRow } from '../doors/grid/grid-rows.ts'
import { roleWords } from '../grid/words.ts'

/** One-time codes as a table for the operator alone. */
/** @throws Error naming the file that is there already */
export async function writeCodes(path: string, rows: readonly CodeRow[]): Promise<void> {
  const head = ['口令', '类型', '名称', '角色', '有效期至', '编号']
  const roleOf = ({ role }: CodeRow) =>
    role !== undefined && role in roleWords ? roleWords[role as keyof typeof roleWords][0] : role
  const lines = rows.map((row) => [
    ...[row.code, row.kind === 'group' ? '群' : '人员', row.name, roleOf(row) ?? ''],
    ...[plainDateTime(row.expiresAt), row.id],
  ])
  await writing(path, () => writeCsv(path, [head, ...lines], { replace: false }))
}

/** A file that is there is told as such. */
export async function writing(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new Error(`${path}: a file is there already: name another`, { cause: error })
  }
}
