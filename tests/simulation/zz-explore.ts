import { live } from './month.ts'
import { judge } from './judge.ts'
import { everything } from './everything.ts'
const size = JSON.parse(process.argv[2] ?? '{}')
const lived = await live({ groups: 150, tickets: 600, from: '2026-09-18', to: '2026-10-13', seed: 21, ...size })
const { stage, events } = lived
const tickets = new Map((await everything(stage.store, 'tickets')).map((t) => [t.id, t]))
const said = new Map<string, { at: number; text: string; to: any }[]>()
for (const s of stage.chat.sent) for (const n of new Set(s.text.match(/\d{4}-\d{3,4}/g) ?? [])) said.set(n, [...(said.get(n) ?? []), s])
let silent = 0
const reasons = new Map<string, number>()
for (const e of events) if (e.type === 'opened' && !e.by.startsWith('system/')) {
  const t = tickets.get(e.ticket)!
  const told = (said.get(e.ticket.slice(4)) ?? []).some((s) => s.at >= e.at && s.at < e.at + 120000 && ('room' in s.to ? t.group : true) && !s.text.startsWith('【'))
  if (!told) { silent++; const m = (await stage.store.get('inbox', e.messages[0]!)) as any; const k = `${t.urgency} ${m?.outcome?.split(' — ')[0]?.slice(0, 60)}`; reasons.set(k, (reasons.get(k) ?? 0) + 1) }
}
console.log('opened without a word', silent, reasons)
const sil = new Map<string, number>()
for (const h of stage.happenings) if (h.type === 'silence') sil.set(h.reason, (sil.get(h.reason) ?? 0) + 1)
console.log('silences', sil)
const faults = await judge(lived)
console.log(Object.fromEntries(Object.entries(faults).map(([k, v]) => [k, v.length])), JSON.stringify(faults).slice(0, 1500))
// staff lines that got the help text or nothing
const inbox = await everything(stage.store, 'inbox')
const staffLines = inbox.filter((l) => lived.district.staffById(l.person) && l.state === 'done')
const oc = new Map<string, { n: number; ex: string }>()
for (const l of staffLines) { const k = l.text.replace(/\d+/g, '#').slice(0, 12) + ' => ' + (l.outcome ?? '').replace(/\d+/g, '#').slice(0, 70); const b = oc.get(k); oc.set(k, { n: (b?.n ?? 0) + 1, ex: b?.ex ?? l.text }) }
for (const [k, v] of [...oc].sort((a, b) => b[1].n - a[1].n).slice(0, 60)) console.log(v.n, k)
const waiting = inbox.filter((l) => l.state === 'waiting' && l.at < lived.ends - 120000)
console.log('waiting lines', waiting.length)
const un = stage.happenings.filter((h) => h.type === 'undeliverable' || h.type === 'trouble'); console.log('undeliverable', un.length)
