import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline'
import { type LocalDoor, LocalDoorError, type SimAct } from '../doors/local-request.ts'
import { isPicture, parseTalkLine, type TalkLine, talkHelp } from './talk-line.ts'
import { chatLine, colours, noColours, type Paint, viewOf } from './talk-view.ts'

/** The playground at a terminal or a pipe: lines in, what the bot does out. */
export interface TalkOptions {
  readonly door: LocalDoor
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Ends the talk from outside. */
  readonly signal?: AbortSignal
  /** Called when everything that happens from now on is shown here. */
  onWatching?(): void
}

interface Talk {
  readonly door: LocalDoor
  readonly paint: Paint
  readonly interactive: boolean
  /** Message ids of this sitting by person, newest last. */
  readonly saidBy: Map<string, string[]>
  person: string
  /** undefined: in private. */
  group: string | undefined
  show(line: string): void
}

/** Resolves when the talk is over; from a pipe, when the bot is done with all that was said. */
export async function talk({ door, input, output, signal, onWatching }: TalkOptions): Promise<void> {
  const interactive = input.isTTY === true && output.isTTY === true
  const reader = createInterface({ input, output: interactive ? output : undefined, terminal: interactive })
  // taken before anything is awaited: lines that come earlier would be lost
  const lines = reader[Symbol.asyncIterator]()
  const paint = output.isTTY === true ? colours : noColours
  const show = showing(reader, output, interactive)
  const { people, groups } = (await door.ask({ type: 'sim', act: { do: 'world' } })) as WorldNames
  const state: Talk = {
    ...{ door, paint, interactive, show, saidBy: new Map() },
    person: people[0] ?? '王阿姨',
    group: groups[0],
  }
  const watching = door.watch((event) => show(viewOf(event, paint)))
  onWatching?.()
  const unwatch = await watching
  const end = () => reader.close()
  signal?.addEventListener('abort', end, { once: true })
  reader.on('SIGINT', end)
  try {
    await readLines(reader, lines, state)
    if (!interactive) await takeLine(state, { do: 'wait' })
  } finally {
    unwatch()
    reader.close()
  }
}

interface WorldNames {
  readonly people: readonly string[]
  readonly groups: readonly string[]
}

async function readLines(reader: Interface, lines: AsyncIterable<string>, state: Talk): Promise<void> {
  prompt(reader, state)
  for await (const line of lines) {
    const parsed = parseTalkLine(line)
    if (parsed.do === 'quit') return
    try {
      await takeLine(state, parsed)
    } catch (error) {
      // a name that does not exist ends no talk; a bot that has gone does
      if (!(error instanceof LocalDoorError) || error.code === 'gone') throw error
      state.show(state.paint.warn(`  ! ${error.message}`))
    }
    prompt(reader, state)
  }
}

function prompt(reader: Interface, { interactive, person, group }: Talk): void {
  if (!interactive) return
  reader.setPrompt(`[${group ?? '私聊'}] ${person}> `)
  reader.prompt()
}

/** Between the lines of a prompt: what was being typed stands again below. */
function showing(reader: Interface, output: NodeJS.WritableStream, interactive: boolean) {
  return (line: string) => {
    if (interactive) {
      cursorTo(output, 0)
      clearLine(output, 0)
    }
    output.write(`${line}\n`)
    if (interactive) reader.prompt(true)
  }
}

async function takeLine(state: Talk, line: TalkLine): Promise<void> {
  switch (line.do) {
    case 'say':
      return say(state, line.text, { text: line.text })
    case 'photo':
      return say(state, `[${isPicture(line.name) ? '图片' : '文件'} ${line.name}]`, {
        image: pictureAt(line.name),
      })
    case 'voice':
      return say(state, '[语音]', { voice: true })
    case 'recall':
      return recall(state)
    case 'as':
      state.person = line.name
      return
    case 'in':
      await ask(state, { do: 'join', group: line.name })
      state.group = line.name
      return
    case 'private':
      state.group = undefined
      return
    case 'role':
      await ask(state, { do: 'role', person: state.person, role: line.role })
      return state.show(state.paint.dim(`  · ${state.person} 现在是 ${line.role}`))
    case 'wait':
      await ask(state, { do: 'rest' })
      return
    case 'who':
      return showWho(state)
    case 'help':
      return state.show(talkHelp)
    case 'wrong':
      return state.show(state.paint.warn(`  ! ${line.hint}`))
    case 'quit':
    case 'nothing':
      return
  }
}

async function say(state: Talk, shown: string, what: Partial<SimAct & { do: 'say' }>): Promise<void> {
  const { person, group } = state
  // at a terminal it stands there already, as it was typed
  if (!state.interactive) state.show(chatLine(group, person, shown))
  const told = await ask(state, { do: 'say', person, ...(group !== undefined && { group }), ...what })
  const { message } = told as { readonly message: string }
  state.saidBy.set(person, [...(state.saidBy.get(person) ?? []).slice(-100), message])
}

async function recall(state: Talk): Promise<void> {
  const last = state.saidBy.get(state.person)?.pop()
  if (last === undefined) return state.show(state.paint.warn(`  ! ${state.person} 还没有说过话`))
  await ask(state, { do: 'recall', message: last })
  state.show(state.paint.dim(`  · ${state.person} 撤回了一条消息`))
}

async function showWho(state: Talk): Promise<void> {
  const { people, groups } = (await ask(state, { do: 'world' })) as WorldNames
  const where = state.group ?? '私聊'
  state.show(
    state.paint.dim(
      `  · 现在：${state.person}，在 ${where}。人：${people.join('、')}。群：${groups.join('、')}`,
    ),
  )
}

/** The bot may run in another folder, so a file goes by its whole path. */
function pictureAt(name: string): string {
  const path = resolve(name)
  return existsSync(path) ? path : name
}

function ask({ door }: Talk, act: SimAct): Promise<unknown> {
  return door.ask({ type: 'sim', act })
}
