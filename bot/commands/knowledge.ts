import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readingKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { ownKnowledgeIn, servingFolder } from '../../adapters/files/own-knowledge.ts'
import { loadConfig } from '../config.ts'
import type { Shell } from './shell.ts'

/** `linli knowledge`: the documents that answers are quoted from. */
export function addKnowledgeCommands(program: Command, shell: Shell): void {
  const knowledge = program.command('knowledge').description('the documents that answers come from')
  addImport(knowledge, shell)
  addCheck(knowledge, shell)
  addShelf(knowledge, shell)
}

interface ImportFlags {
  readonly into?: string
  readonly dryRun?: boolean
  readonly skipBad?: boolean
  readonly replace?: boolean
}

function addImport(knowledge: Command, shell: Shell): void {
  knowledge
    .command('import')
    .description('takes documents into the knowledge base, all of them or none, and shows what it took')
    .argument('<path>', 'a file or a folder: .md, .txt, .html, .docx, .pdf with text, .xlsx, .csv, .jsonl')
    .option('--into <folder>', 'instead of knowledge/ in the data folder')
    .option('--dry-run', 'shows what would be taken, and changes nothing')
    .option('--replace', 'a changed document takes the place of the one before, which is kept')
    .option('--skip-bad', 'leaves bad files and rows out instead of taking nothing')
    .action(async (path: string, flags: ImportFlags) => {
      const { importKnowledge } = await import('./knowledge-import.ts')
      const target = folderOf(shell, flags.into)
      const { status, changed } = await importKnowledge({
        ...{ print: shell.print, warn: shell.warn, progress: shell.progress, now: Date.now() },
        ...{ path: resolve(path), target },
        ...{
          dryRun: flags.dryRun ?? false,
          skipBad: flags.skipBad ?? false,
          replace: flags.replace ?? false,
        },
      })
      if (changed > 0) await tell(shell, target)
      shell.setStatus(status)
    })
}

interface CheckFlags {
  readonly questions?: string
  readonly json?: boolean
}

function addCheck(knowledge: Command, shell: Shell): void {
  knowledge
    .command('check')
    .description('lists what is wrong with the documents; status 1 when anything is')
    .argument('[folder]', 'instead of the documents that the bot answers from')
    .option('--questions <file>', 'one question a line: lists those that find nothing')
    .option('--json', 'one finding a line, for machines')
    .action(async (folder: string | undefined, { questions, json = false }: CheckFlags) => {
      const { checkKnowledge } = await import('./knowledge-check.ts')
      const checked =
        folder === undefined
          ? await servingFolder(shell.root, await finished(folderOf(shell)))
          : resolve(folder)
      shell.setStatus(
        await checkKnowledge(checked, {
          ...shell,
          ...{ json, now: Date.now() },
          ...(questions !== undefined && { questions: resolve(questions) }),
        }),
      )
    })
}

function addShelf(knowledge: Command, shell: Shell): void {
  knowledge
    .command('list')
    .description('lists the documents of the knowledge base and where they came from')
    .option('--in <folder>', 'instead of knowledge/ in the data folder')
    .action(async ({ in: folder }: { in?: string }) => {
      const { listKnowledge } = await import('./knowledge-shelf.ts')
      await listKnowledge(folderOf(shell, folder), shell.root, shell)
    })
  knowledge
    .command('remove')
    .description('takes documents out of the knowledge base; they are kept aside')
    .argument('<names...>', 'as `knowledge list` shows them')
    .option('--in <folder>', 'instead of knowledge/ in the data folder')
    .action(async (names: string[], { in: folder }: { in?: string }) => {
      const { removeKnowledge } = await import('./knowledge-shelf.ts')
      const target = folderOf(shell, folder)
      const status = await removeKnowledge(target, names, { ...shell, now: Date.now() })
      if (status === 0) await tell(shell, target)
      shell.setStatus(status)
    })
}

/** An import whose process died is finished first: it may be all that there is. */
async function finished(folder: string): Promise<string> {
  return readingKnowledge(folder, async () => folder)
}

function folderOf({ root }: Shell, named?: string): string {
  return named === undefined ? ownKnowledgeIn(loadConfig(root).dataFolder) : resolve(named)
}

async function tell(shell: Shell, target: string): Promise<void> {
  const { tellRunningBot } = await import('./knowledge-shelf.ts')
  await tellRunningBot(loadConfig(shell.root), target, shell)
}
