/**
 * A simulated gateway in its own process: `node dist/adapters/wechat/sim-gateway-process.js PORT TOKEN`.
 * One command a line on stdin, one answer a line on stdout, in order; each answer is `{"ok":true,…}` or
 * `{"ok":false,"error"}`. The first line out is `{"ok":true,"listening":PORT}`.
 *
 *   {"do":"contact","id","name"}                       {"do":"room","id","topic","members":[ids]}
 *   {"do":"say","from","room"|"to","text",…}           a line of SimWorld.say; answers {"id"}
 *   {"do":"burst","rooms":[ids],"from","text","count"} says `text 0`… in turn in the rooms, all at once
 *   {"do":"recall","id"}   {"do":"join"|"leave","room","ids"}   {"do":"rename","room","topic"}
 *   {"do":"friend","id","name","hello"}                answers {"id"} of the request
 *   {"do":"gate","latencyMs"?,"error"?,"times"?}       delay or fail the next sends (`times`, default all)
 *   {"do":"ding","answers":false}                      leave dings unanswered
 *   {"do":"sent"}      answers {"count","sent":[newest 1,000]}     {"do":"sent","clear":true}
 *   {"do":"state"}     answers {"stops","friends","rooms","sentCount"}   {"do":"quit"}
 *
 * The account is `bot`, named 小邻.
 */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSimGateway } from './sim-gateway.ts'
import { SimPuppet, type SimSent } from './sim-puppet.ts'
import { type SimLine, SimWorld } from './sim-world.ts'

const MAX_SENT = 1000

type Command =
  | { do: 'contact'; id: string; name: string }
  | { do: 'room'; id: string; topic: string; members: string[] }
  | ({ do: 'say' } & SimLine)
  | { do: 'burst'; rooms: string[]; from: string; text: string; count: number }
  | { do: 'recall'; id: string }
  | { do: 'join' | 'leave'; room: string; ids: string[] }
  | { do: 'rename'; room: string; topic: string }
  | { do: 'friend'; id: string; name: string; hello: string }
  | { do: 'gate'; latencyMs?: number; error?: string; times?: number }
  | { do: 'ding'; answers: boolean }
  | { do: 'sent'; clear?: boolean }
  | { do: 'state' }
  | { do: 'quit' }

// grpc-js warns about a call that PuppetServer makes.
process.noDeprecation = true

let ids = 0
const world = new SimWorld({ now: Date.now, nextId: () => `sim-${process.pid}-${++ids}` })
world.addContact({ id: 'bot', name: '小邻' })
const puppet = new SimPuppet({ world, self: 'bot' })
let sentCount = 0
let sent: SimSent[] = []
puppet.onSent = (one) => {
  sentCount += 1
  sent.push(one)
  if (sent.length > MAX_SENT) sent = sent.slice(-MAX_SENT / 2)
}

await main(process.argv.slice(2))

async function main([portText, token]: string[]): Promise<void> {
  const port = Number(portText)
  if (!Number.isInteger(port) || !token) {
    console.error('expected: sim-gateway-process PORT TOKEN')
    process.exit(2)
  }
  await startSimGateway(puppet, port, token)
  answer({ ok: true, listening: port })
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      answer({ ok: true, ...obey(JSON.parse(line) as Command) })
    } catch (error) {
      answer({ ok: false, error: String(error) })
    }
  }
  process.exit(0)
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

function obey(command: Command): object {
  switch (command.do) {
    case 'contact':
      world.addContact({ id: command.id, name: command.name })
      return {}
    case 'room':
      world.addRoom({ id: command.id, topic: command.topic, memberIds: command.members })
      return {}
    case 'say':
      return { id: world.say(command) }
    case 'burst':
      return burst(command)
    case 'recall':
      return { id: world.recall(command.id) }
    case 'join':
    case 'leave':
      world[command.do](command.room, command.ids)
      return {}
    case 'rename':
      world.rename(command.room, command.topic)
      return {}
    case 'friend':
      return { id: world.requestFriend({ id: command.id, name: command.name }, 'bot', command.hello) }
    case 'gate':
      setGate(command.latencyMs ?? 0, command.error, command.times ?? Number.POSITIVE_INFINITY)
      return {}
    case 'ding':
      puppet.answersDing = command.answers
      return {}
    case 'sent':
      return takeSent(command.clear === true)
    case 'state':
      return state()
    case 'quit':
      return process.exit(0)
    default:
      throw new Error(`unknown command ${JSON.stringify(command)}: see the head of sim-gateway-process.ts`)
  }
}

function burst({ rooms, from, text, count }: Extract<Command, { do: 'burst' }>): object {
  for (let index = 0; index < count; index += 1) {
    world.say({ from, room: rooms[index % rooms.length] ?? '', text: `${text} ${index}` })
  }
  return {}
}

function setGate(latencyMs: number, error: string | undefined, times: number): void {
  let left = times
  puppet.gate = async () => {
    if (left <= 0) return
    left -= 1
    if (latencyMs > 0) await sleep(latencyMs)
    if (error !== undefined) throw new Error(error)
  }
}

function takeSent(clear: boolean): object {
  const taken = { count: sentCount, sent }
  if (clear) {
    sentCount = 0
    sent = []
  }
  return taken
}

function state(): object {
  const friends = [...world.contacts.values()].filter(({ friend }) => friend !== false).map(({ id }) => id)
  return { stops: puppet.stops, friends, rooms: [...world.rooms.keys()], sentCount }
}
