import type { House } from '../house.ts'
import type { OutgoingPicture } from '../sending/outbox-documents.ts'
import { markdownOf } from './markdown.ts'
import { picturePageOf } from './picture-page.ts'
import type { Report } from './report.ts'
import { sheetsOf } from './sheets.ts'
import { everywhere, kindWords } from './words.ts'

/** Puts a report into the folder of reports; its picture is durable before anything is committed that names it. */
export async function keepFiles(
  house: Pick<House, 'reportPress' | 'observe' | 'now'>,
  report: Report,
  { picture }: { readonly picture: boolean },
): Promise<OutgoingPicture | undefined> {
  const { reportPress: press } = house
  if (!press) return undefined
  const name = fileNameOf(report)
  await press.keep(`${name}.md`, Buffer.from(markdownOf(report)))
  await press.keep(`${name}.xlsx`, await press.workbook(sheetsOf(report)))
  return picture ? keepPicture(house, report) : undefined
}

/** Without a picture the words still go out: the operator is told what is wrong with the machine. */
export async function keepPicture(
  { reportPress: press, observe, now }: Pick<House, 'reportPress' | 'observe' | 'now'>,
  report: Report,
): Promise<OutgoingPicture | undefined> {
  if (!press) return undefined
  const name = `${fileNameOf(report)}.png`
  try {
    return { name, file: await press.keep(name, await press.picture(picturePageOf(report))) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    observe({
      type: 'trouble',
      at: now(),
      text: `${name} could not be made, only its words are sent: ${why}`,
    })
    return undefined
  }
}

/** 2026-11-09-周报-槐荫社区-3f2a; the end of the id, because two places may have one name. */
export function fileNameOf({ kind, first, place }: Pick<Report, 'kind' | 'first' | 'place'>): string {
  const where = place ? `${place.name}-${place.id.slice(-4)}` : everywhere
  return `${first}-${kindWords[kind]}-${where}`.replaceAll(/[^\p{L}\p{N}-]+/gu, '_').slice(0, 80)
}
