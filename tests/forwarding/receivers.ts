import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { textOf } from './city.ts'

/** Fake receivers of alerts and mails: what came, and what they answer. */

export interface Robot {
  readonly url: string
  /** As it came. */
  readonly messages: readonly { readonly url: URL; readonly body: Record<string, unknown> }[]
  answer: { status?: number; body: unknown }
}

export async function openRobot(): Promise<Robot> {
  const messages: { url: URL; body: Record<string, unknown> }[] = []
  const robot: Robot = { url: '', messages, answer: { body: { errcode: 0, errmsg: 'ok', code: 0 } } }
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>
    messages.push({ url: new URL(request.url ?? '', 'http://robot'), body })
    const { status = 200, body: answer } = robot.answer
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return Object.assign(robot, { url: `http://127.0.0.1:${port}` })
}

export interface Mailbox {
  readonly url: string
  /** Envelope and the whole message, headers first. */
  readonly mails: readonly { readonly from: string; readonly to: readonly string[]; readonly data: string }[]
  /** What it answers to a command, instead of well. */
  readonly refusals: Record<string, string>
  /** A user and password that it asks for. */
  login?: string
}

/** As much of SMTP as a sender needs. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: { from: string; to: string[]; data: string }[] = []
  const mailbox: Mailbox = { url: '', mails, refusals: {} }
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    converse(socket, mailbox, mails)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return Object.assign(mailbox, { url: `smtp://127.0.0.1:${port}` })
}

function converse(
  socket: Socket,
  mailbox: Mailbox,
  mails: { from: string; to: string[]; data: string }[],
): void {
  let mail = { from: '', to: [] as string[], data: '' }
  let pending = ''
  let inData = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  const refused = (command: string) => {
    const refusal = mailbox.refusals[command]
    if (refusal !== undefined) say(refusal)
    return refusal !== undefined
  }
  const commands: Readonly<Record<string, (line: string) => void>> = {
    EHLO: () => say(mailbox.login === undefined ? '250 mail.example' : '250-mail.example\r\n250 AUTH PLAIN'),
    AUTH: () => say('235 welcome'),
    MAIL: (line) => {
      mail = { from: addressIn(line), to: [], data: '' }
      say('250 ok')
    },
    RCPT: (line) => {
      mail.to.push(addressIn(line))
      say('250 ok')
    },
    DATA: () => {
      inData = true
      say('354 go on')
    },
    QUIT: () => socket.end('221 bye\r\n'),
  }
  const take = (line: string) => {
    const command = line.slice(0, 4).toUpperCase()
    if (!refused(command)) (commands[command] ?? (() => say('250 ok')))(line)
  }
  const keep = (data: string) => {
    inData = false
    mails.push({ ...mail, data })
    if (!refused('END')) say('250 kept')
  }
  say('220 mail.example')
  socket.on('data', (chunk) => {
    pending += chunk.toString('utf8')
    for (;;) {
      const mark = inData ? '\r\n.\r\n' : '\r\n'
      const end = pending.indexOf(mark)
      if (end < 0) return
      const line = pending.slice(0, end)
      pending = pending.slice(end + mark.length)
      inData ? keep(line) : take(line)
    }
  })
}

function addressIn(line: string): string {
  return /<(.*?)>/u.exec(line)?.[1] ?? ''
}
