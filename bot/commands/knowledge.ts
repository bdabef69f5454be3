import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** `linli knowledge`: the documents that answers are quoted from. */
export function addKnowledgeCommands(program: Command, shell: Shell): void {
  const knowledge = program.command('knowledge').description('the documents that answers come from')
  knowledge
    .command('check')
    .description('lists what is wrong with a folder of documents; status 1 when anything is')
    .argument('<folder>', 'Markdown, text, JSONL and CSV documents')
    .action(async (folder: string) => {
      const { checkKnowledge } = await import('./knowledge-check.ts')
      shell.setStatus(await checkKnowledge(resolve(folder), shell))
    })
  knowledge
    .command('import')
    .description('takes documents into the knowledge base, all of them or none')
    .argument('<path>', 'a .md, .jsonl or .csv file, or a folder of them')
    .option('--into <folder>', 'instead of knowledge/policies')
    .action(async (path: string, { into }: { into?: string }) => {
      const { importKnowledge } = await import('./knowledge-import.ts')
      const target = into === undefined ? resolve(shell.root, 'knowledge/policies') : resolve(into)
      for (const line of await importKnowledge(resolve(path), target)) shell.print(line)
    })
}
