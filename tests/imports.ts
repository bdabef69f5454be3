import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { projectRoot } from '../adapters/files/project-root.ts'

/** Who imports whom, read from the sources themselves: no tool stands between a test and what is written. */
export interface Import {
  /** Path from the project root, with /. */
  readonly file: string
  /** Path from the project root, or the name of a package. */
  readonly target: string
  readonly isPackage: boolean
  /** Gone when compiled: `import type`, or nothing but `type` names in the braces. */
  readonly typesOnly: boolean
}

const root = projectRoot()

/** Static imports and re-exports with what stands before `from`, bare imports, import(), require(). */
const statement =
  /(?:^|\n)[ \t]*(?:import|export)\s+(?<names>[^'"`;]*?)\s*from\s*['"](?<from>[^'"]+)['"]|(?:^|\n)[ \t]*import\s*['"](?<bare>[^'"]+)['"]|(?<typeQuery>typeof\s+)?\b(?:import|require)\s*\(\s*['"`](?<dynamic>[^'"`]+)['"`]/gu

export function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path) && !path.includes('node_modules'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .sort()
}

export function importsOf(file: string, source = readFileSync(join(root, file), 'utf8')): readonly Import[] {
  return [...source.matchAll(statement)].map(({ groups = {} }) => {
    const names = groups['names'] ?? ''
    const written = groups['from'] ?? groups['bare'] ?? groups['dynamic'] ?? ''
    const isPackage = !written.startsWith('.')
    const typesOnly = groups['typeQuery'] !== undefined || isTypesOnly(names)
    return { file, target: isPackage ? written : pathOf(file, written), isPackage, typesOnly }
  })
}

function pathOf(file: string, written: string): string {
  return relative(root, resolve(root, dirname(file), written)).replaceAll('\\', '/')
}

function isTypesOnly(names: string): boolean {
  if (/^type\s/u.test(names)) return true
  const braces = /^\{([\s\S]*)\}$/u.exec(names.trim())?.[1]
  if (braces === undefined) return false
  const each = braces
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return each.length > 0 && each.every((name) => name.startsWith('type '))
}
