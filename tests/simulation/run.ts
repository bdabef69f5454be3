import { judge } from './judge.ts'
import { live, type Size } from './month.ts'

/** `npm run simulate -- '{"groups":60,"tickets":200,"from":"2026-02-01","to":"2026-02-08","seed":4}'` */
const month: Size = { groups: 642, tickets: 2_145, from: '2026-02-01', to: '2026-03-04', seed: 4 }
const started = Date.now()
const lived = await live({ ...month, ...(JSON.parse(process.argv[2] ?? '{}') as Partial<Size>) }, console.log)
const counts = new Map<string, number>()
for (const { type } of lived.events) counts.set(type, (counts.get(type) ?? 0) + 1)
console.log(Object.fromEntries(counts))
console.log(`lived in ${(Date.now() - started) / 1000} s`)
const faults = await judge(lived)
for (const [what, sentences] of Object.entries(faults)) {
  console.log(`${what}: ${sentences.length} faults`)
  for (const sentence of sentences.slice(0, 12)) console.log(`  ${sentence}`)
}
if (Object.values(faults).some((sentences) => sentences.length > 0)) process.exitCode = 1
