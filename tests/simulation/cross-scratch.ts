import { live } from './month.ts'
import { everything } from './everything.ts'
const lived = await live({ groups: 642, tickets: 600, from: '2026-02-01', to: '2026-02-10', seed: 4 })
const { stage, district, events } = lived
const tickets = new Map((await everything(stage.store, 'tickets')).map((t) => [t.id, t]))
const people = new Map((await everything(stage.store, 'people')).map((p) => [p.id, p]))
let cross = 0, same = 0; const ex: string[] = []
const groupOfName = (n: string) => /(\d+)-\d+$/.exec(n)?.[1]
for (const e of events) if (e.type === 'supported') {
  const t = tickets.get(e.ticket)!
  const g = t.group?.slice(2)
  const said = groupOfName(people.get(e.by)!.name)
  if (g !== said) { cross++; if (ex.length < 8) ex.push(`${t.id} ${t.category} group ${g} ${JSON.stringify(t.place)} ${t.text} <- ${people.get(e.by)!.name}: ${JSON.stringify((await stage.store.get('inbox', e.messages[0]!) as any)?.text)}`) } else same++
}
console.log({ cross, same }); console.log(ex.join('\n'))
let rc=0, rs=0
for (const e of events) if (e.type==='recurred') { const a=tickets.get(e.ticket)!, b=tickets.get(e.earlier)!; if (a.group!==b.group) rc++; else rs++ }
console.log({ recurredCross: rc, recurredSame: rs })
const by = new Map<string, number>()
for (const t of tickets.values()) by.set(t.state + (t.escalation>0?' escalated':''), (by.get(t.state+ (t.escalation>0?' escalated':''))??0)+1)
console.log(by)
const esc = new Map<string, number>()
for (const e of events) if (e.type==='escalated') esc.set(`${e.reason} ${e.level} ${e.to}`, (esc.get(`${e.reason} ${e.level} ${e.to}`)??0)+1)
console.log(esc)
