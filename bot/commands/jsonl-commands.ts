import type { Command } from 'commander'
import type { Shell } from './shell.ts'

/** The commands that read lines and print lines, and know nothing of a running bot. */
export function addJsonlCommands(program: Command, shell: Shell): void {
  program
    .command('understand')
    .description('what messages mean: {"id","text","mentioned"?} a line in, their understanding out')
    .action(async () => {
      const { understand } = await import('./understand.ts')
      shell.setStatus(await understand(shell))
    })
  program
    .command('ask')
    .description('answers from the knowledge base: {"id","text"} a line in, answers with sources out')
    .option('--knowledge <folder>', 'documents instead of the shipped ones')
    .option('--data <folder>', 'a data folder: its own documents instead of the shipped ones, if it has any')
    .action(async ({ knowledge, data }: { knowledge?: string; data?: string }) => {
      const { ask } = await import('./ask.ts')
      // answers on the terminal show by themselves how far it is
      const { progress, ...rest } = shell
      const folders = { ...(knowledge !== undefined && { knowledge }), ...(data !== undefined && { data }) }
      shell.setStatus(await ask({ ...rest, ...folders, ...(!shell.output.isTTY && { progress }) }))
    })
  program
    .command('sort')
    .description('which bin: {"id","text"} a line in, items with their category out')
    .option('--region <name>', 'the rules of a city, for example 上海')
    .action(async ({ region }: { region?: string }) => {
      const { sort } = await import('./sort.ts')
      shell.setStatus(await sort({ ...shell, ...(region !== undefined && { region }) }))
    })
  program
    .command('train')
    .description('trains the model of intents/corpus, when it has changed; the build does it')
    .action(async () => {
      const { train } = await import('./train.ts')
      await train(shell.root)
    })
  program
    .command('replay')
    .description('runs a transcript on virtual time and prints what the bot did')
    .argument('<file>', 'one message a line')
    .option('--data <folder>', 'kept between runs; a temporary folder without it')
    .action(async (file: string, { data }: { data?: string }) => {
      const { replay } = await import('./replay.ts')
      const { loadLore } = await import('../../adapters/files/lore.ts')
      const { warningCalendar } = await import('./calendar-warning.ts')
      const lore = await loadLore(shell.root)
      const calendar = warningCalendar(lore.calendar, shell.warn)
      await replay({ ...shell, file, lore: { ...lore, calendar }, ...(data !== undefined && { data }) })
    })
}
