import { Command } from 'commander'
import { projectRoot } from '../../adapters/files/project-root.ts'

/**
 * The command line. Each command's own file is loaded only when it is asked for: most of them need no Wechaty,
 * whose imports alone take longer than their work.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const root = projectRoot()
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const warn = (line: string) => process.stderr.write(`${line}\n`)
  const input = process.stdin
  let status = 0
  const program = new Command('linli')
    .description('the assistant for community WeChat groups')
    .showHelpAfterError('(--help tells more)')
    .exitOverride()
  program
    .command('understand')
    .description('what messages mean: {"id","text","mentioned"?} a line in, their understanding out')
    .action(async () => {
      const { understand } = await import('./understand.ts')
      status = await understand({ root, input, print, warn })
    })
  program
    .command('ask')
    .description('answers from the knowledge base: {"id","text"} a line in, answers with sources out')
    .option('--knowledge <folder>', 'documents instead of the shipped ones')
    .action(async ({ knowledge }: { knowledge?: string }) => {
      const { ask } = await import('./ask.ts')
      status = await ask({ root, input, print, warn, ...(knowledge !== undefined && { knowledge }) })
    })
  program
    .command('sort')
    .description('which bin: {"id","text"} a line in, items with their category out')
    .option('--region <name>', 'the rules of a city, for example 上海')
    .action(async ({ region }: { region?: string }) => {
      const { sort } = await import('./sort.ts')
      status = await sort({ root, input, print, warn, ...(region !== undefined && { region }) })
    })
  program
    .command('train')
    .description('trains the model of intents/corpus, when it has changed; the build does it')
    .action(async () => {
      const { train } = await import('./train.ts')
      await train(root)
    })
  program
    .command('replay')
    .description('runs a transcript on virtual time and prints what the bot did')
    .argument('<file>', 'one message a line')
    .option('--data <folder>', 'kept between runs; a temporary folder without it')
    .action(async (file: string, { data }: { data?: string }) => {
      const { replay } = await import('./replay.ts')
      await replay({ file, root, print, ...(data !== undefined && { data }) })
    })
  try {
    await program.parseAsync(argv as string[])
    return status
  } catch (error) {
    return failed(error, warn)
  }
}

/** One clear line for people; the stack only for those who ask for it. */
function failed(error: unknown, warn: (line: string) => void): number {
  if (isCommanderExit(error)) return error.exitCode
  warn(error instanceof Error ? error.message : String(error))
  return 1
}

function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number'
}
