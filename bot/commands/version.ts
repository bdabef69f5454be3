import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** @param root the folder of package.json */
export function versionOf(root: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    .version
}
