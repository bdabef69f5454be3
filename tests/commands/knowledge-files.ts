import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownDataFolder } from './terminal.ts'

/** Front matter that lacks nothing. */
export const whole = 'source: 街道\nnumber: 1号\nissued: 2026-01-01\n'

export function policy(question: string, answer: string, more = whole): string {
  return `---\ntitle: 办证\n${more}---\n## ${question}\n${answer}\n`
}

/** A folder with these files in it, in the data folder's parent. */
export async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = join(await ownDataFolder(), 'files')
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}
