import type { Finding, Placed } from './finding.ts'

const day = 86_400_000
/** Days before the end from which somebody should see to a new edition. */
const soon = 30

/** What a document lacks, and whether it still holds; each document and each row once. `today`: 2026-11-18. */
export function checkFields(placed: readonly Placed[], today: string): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const limit = new Date(Date.parse(`${today}T00:00:00Z`) + soon * day).toISOString().slice(0, 10)
  for (const each of placed) {
    const { file, isDocument, passage } = each
    const place = isDocument ? file : `${file} “${passage.heading}”`
    if (isDocument && seen.has(file)) continue
    seen.add(file)
    if (isDocument) findings.push(...missingOf(each))
    if (passage.validUntil === undefined || passage.validUntil > limit) continue
    const until = passage.validUntil
    findings.push(
      until < today
        ? {
            kind: 'expired',
            status: 'fault',
            places: [place],
            message: `held until ${until}: take it out, or correct valid_until`,
          }
        : {
            kind: 'expiring',
            status: 'note',
            places: [place],
            message: `holds until ${until}: ask for the new one`,
          },
    )
  }
  return findings
}

/** Without source and date nobody can tell whether it still holds; a number not every document has. */
function missingOf({ file, passage }: Placed): Finding[] {
  const missing = (['source', 'number', 'issued'] as const).filter((field) => passage[field] === undefined)
  if (missing.length === 0) return []
  const status = missing.some((field) => field !== 'number') ? 'fault' : 'note'
  return [
    {
      kind: 'missing',
      status,
      places: [file],
      message: `${missing.join(', ')} missing: write ${missing.length === 1 ? 'it' : 'them'} into the front matter`,
    },
  ]
}
