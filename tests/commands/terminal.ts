/** The command line in this process, on a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { onTestFinished, vi } from 'vitest'
import { runCommandLine } from '../../bot/commands/command-line.ts'

export interface Ran {
  readonly status: number
  readonly out: readonly string[]
  readonly errors: string
}

/** A folder that does not outlast the test, and is where every command of the test looks. */
export async function ownDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-commands-'))
  vi.stubEnv('LINLI_DATA', join(folder, 'data'))
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

export async function linli(words: readonly string[], typed: readonly string[] = []): Promise<Ran> {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const input = Readable.from(typed.map((line) => Buffer.from(`${line}\n`)))
  const [out, told] = [textOf(output), textOf(errors)]
  const status = await runCommandLine(['node', 'linli', ...words], {
    ...{
      input: input as unknown as NodeJS.ReadStream,
      output: output as unknown as NodeJS.WriteStream,
      errors,
    },
  })
  output.end()
  errors.end()
  return { status, out: (await out).split('\n').filter(Boolean), errors: await told }
}

async function textOf(stream: PassThrough): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
