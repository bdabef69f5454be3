import { resolve } from 'node:path'
import { Command } from 'commander'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { addAdministration } from './administration.ts'
import { describeError } from './describe-error.ts'
import { addJsonlCommands } from './jsonl-commands.ts'
import { addKnowledgeCommands } from './knowledge.ts'
import { progressOn } from './progress.ts'
import type { Shell, Terminal } from './shell.ts'
import { versionOf } from './version.ts'

/**
 * The command line. Each command's own file is loaded only when it is asked for: most of them need no Wechaty,
 * whose imports alone take longer than their work.
 * @returns the exit status
 */
export async function runCommandLine(
  argv: readonly string[],
  { input, output, errors }: Terminal = {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  },
): Promise<number> {
  let status = 0
  const shell: Shell = {
    ...{ root: projectRoot(), input, output },
    print: (line) => output.write(`${line}\n`),
    warn: (line) => errors.write(`${line}\n`),
    progress: progressOn(errors),
    setStatus: (next) => {
      status = next
    },
  }
  endQuietly(output)
  const program = new Command('linli')
    .description('the assistant for community WeChat groups')
    .version(versionOf(shell.root), '--version', 'prints the version')
    .configureOutput({ writeOut: (text) => output.write(text), writeErr: (text) => errors.write(text) })
    .showHelpAfterError('(--help tells more)')
    .exitOverride()
  addBotCommands(program, shell)
  addJsonlCommands(program, shell)
  addKnowledgeCommands(program, shell)
  addAdministration(program, shell)
  try {
    await program.parseAsync(argv as string[])
    return status
  } catch (error) {
    return failed(error, shell.warn)
  }
}

interface ChatFlags {
  readonly fast?: boolean
  readonly alone?: boolean
  readonly data?: string
}

function addBotCommands(program: Command, shell: Shell): void {
  program
    .command('start')
    .description('runs the bot until it is stopped')
    .action(async () => {
      const { start } = await import('./start.ts')
      shell.setStatus(await start(shell))
    })
  program
    .command('chat')
    .description('a neighbourhood in the terminal: talk to the running bot, or to one of its own')
    .option('--fast', 'answers within moments instead of waiting for the next line as in real groups')
    .option('--alone', 'a bot of its own even when one runs')
    .option('--data <folder>', 'a bot of its own on that data folder, kept between calls')
    .action(async ({ fast = false, alone = false, data }: ChatFlags) => {
      const { chat } = await import('./chat.ts')
      const kept = data !== undefined && { data: resolve(data) }
      shell.setStatus(await chat({ ...shell, fast, alone, ...kept }))
    })
  program
    .command('doctor')
    .description('checks this installation, a line a check, and says what to do')
    .action(async () => {
      const { doctor } = await import('./doctor.ts')
      shell.setStatus(await doctor(shell))
    })
}

/** Whoever read our output has gone, as `head` does: nothing more is to be said, and nobody is to blame. */
function endQuietly(output: NodeJS.WriteStream): void {
  if (output !== process.stdout) return
  output.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

/** One clear line for people. */
function failed(error: unknown, warn: (line: string) => void): number {
  if (isCommanderExit(error)) return error.exitCode
  warn(describeError(error))
  return 1
}

function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number'
}
