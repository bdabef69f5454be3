import { startSimGateway } from '../../adapters/wechat/sim-gateway.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import { account, botName, type GatewayTold, type Load, type LoadFigures } from './protocol.ts'

/**
 * `gateway-process.ts PORT TOKEN`: the simulated puppet behind a real PuppetServer, and the people who ask. Every
 * message mentions the bot, so that each is owed a reply and none is "said already"; no two messages in flight
 * are of the same person in the same room, or they would rightly be taken for one utterance.
 */

const roomCount = 20
const peoplePerRoom = 60
/** A reply that has not come by then does not come. */
const patienceMs = 20_000

const questions = [
  '香蕉皮是什么垃圾',
  '旧电池扔哪个桶',
  '用过的纸巾属于什么垃圾',
  '老旧小区加装电梯要几户同意？',
  '玻璃瓶是可回收吗',
  '过期药怎么扔',
  '80岁老人高龄津贴怎么申请？',
  '鱼骨头是厨余垃圾吗',
]

// grpc-js warns about a call that PuppetServer makes.
process.noDeprecation = true

let ids = 0
const world = new SimWorld({ now: Date.now, nextId: () => `m-${++ids}` })
const puppet = new SimPuppet({ world, self: account })
let asked = 0

await main(Number(process.argv[2]), process.argv[3] ?? '')

async function main(port: number, token: string): Promise<void> {
  populate()
  process.on('message', (load: Load) => {
    void run(load).then((figures) => tell({ figures }))
  })
  await startSimGateway(puppet, port, token)
  tell({ listening: true })
}

function tell(told: GatewayTold): void {
  process.send?.(told)
}

function populate(): void {
  world.addContact({ id: account, name: botName })
  for (let room = 0; room < roomCount; room++) {
    const people = Array.from({ length: peoplePerRoom }, (_, person) => `person-${room}-${person}`)
    for (const id of people) world.addContact({ id, name: `邻居${id.slice(7)}` })
    world.addRoom({ id: `room-${room}`, topic: `幸福里${room + 1}号楼群`, memberIds: [account, ...people] })
  }
}

function run({ messages, inFlight }: Load): Promise<LoadFigures> {
  const began = performance.now()
  let said = 0
  let replies = 0
  let last = began
  return new Promise((resolve) => {
    const finish = () => {
      clearInterval(watch)
      puppet.onSent = undefined
      resolve({ replies, elapsedMs: last - began })
    }
    const watch = setInterval(() => {
      if (performance.now() - last > patienceMs) finish()
    }, 1000)
    const sayNext = () => {
      if (said >= messages) return
      said += 1
      ask()
    }
    puppet.onSent = () => {
      replies += 1
      last = performance.now()
      if (replies >= messages) finish()
      // In a turn of its own: the gateway first answers the call that sent.
      else setImmediate(sayNext)
    }
    for (let first = 0; first < inFlight; first++) sayNext()
  })
}

function ask(): void {
  const turn = asked++
  const room = turn % roomCount
  const person = Math.floor(turn / roomCount) % peoplePerRoom
  const text = `@${botName}\u2005${questions[turn % questions.length]}`
  world.say({ from: `person-${room}-${person}`, room: `room-${room}`, text, mentions: [account] })
}
