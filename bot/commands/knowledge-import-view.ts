import type { Taken } from './knowledge-import.ts'

/** What was taken from one file and what was not, for the person who has to check it. */
export function describeTaken(taken: Taken, dryRun: boolean): string[] {
  const { from, name, passages, unit, recognised, lost } = taken
  const doubts = [...(recognised?.doubts ?? []), ...privateDoubts(taken)]
  const title = recognised === undefined ? '' : ` 《${recognised.title}》,`
  const count = `${passages} ${passages === 1 ? unit.slice(0, -1) : unit}`
  return [
    `${dryRun ? 'would take' : 'taken'}: ${from}${from === name ? '' : ` → ${name}`}:${title} ${count}`,
    ...(recognised === undefined ? [] : fieldsOf(recognised)),
    ...(lost.length > 0 ? [`    not taken: ${lost.join('; ')}`] : []),
    ...doubts.map((doubt) => `    please look: ${doubt}`),
  ]
}

const mostShown = 20

/** What nobody wants to publish by mistake; `knowledge check` lists all of it. */
function privateDoubts({ privateData }: Taken): string[] {
  const shown = privateData.slice(0, mostShown).map(({ places, message }) => `${places.join()}: ${message}`)
  const more = privateData.length - shown.length
  return more > 0 ? [...shown, `${more} more like these: \`linli knowledge check\` lists them`] : shown
}

function fieldsOf({ number, issued, validUntil, source, phone }: NonNullable<Taken['recognised']>): string[] {
  const found = [
    number,
    issued && `issued ${issued}`,
    validUntil && `holds until ${validUntil}`,
    source && `source ${source}`,
    phone && `phone ${phone}`,
  ].filter((each) => each !== undefined && each !== '')
  return found.length > 0
    ? [`    recognised, please check: ${found.join(', ')}`]
    : ['    no number, date or source stands plainly in it: write them into its front matter']
}
