import type { Draft } from '../../knowledge/documents/block.ts'
import { readHtml, titleClass } from './html-blocks.ts'
import { DocumentRefusedError } from './refusal.ts'

/** Names that Chinese editions of Word and WPS give to what mammoth knows in English. */
const styles = [
  // the title stands above all headings, and is often followed by others of the first level
  `p[style-name='Title'] => p.${titleClass}:fresh`,
  `p[style-name='标题'] => p.${titleClass}:fresh`,
  ...[1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`),
  ...[1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题${level}'] => h${level}:fresh`),
]

/** A Word document; its archive has been looked at by checkZip. @throws DocumentRefusedError */
export async function readDocx(bytes: Buffer): Promise<Draft> {
  const { default: mammoth } = await import('mammoth')
  let pictures = 0
  const convertImage = mammoth.images.imgElement(async () => {
    pictures++
    return { src: '' }
  })
  let html: string
  try {
    ;({ value: html } = await mammoth.convertToHtml(
      { buffer: bytes },
      { styleMap: styles, convertImage, externalFileAccess: false },
    ))
  } catch (error) {
    // what the library says of it names no line that a writer could find
    throw new DocumentRefusedError('its text is damaged: open it in Word or WPS and save it anew', {
      cause: error,
    })
  }
  const notes = [...html.matchAll(/<li id="(footnote|endnote|comment)-/gu)].length
  const draft = readHtml(withoutNotes(html))
  const others = draft.lost.filter((what) => !/picture/u.test(what))
  return {
    ...draft,
    lost: [
      ...others,
      ...(pictures > 0 ? [`${pictures} picture${pictures > 1 ? 's' : ''}`] : []),
      ...(notes > 0 ? [`${notes} footnote${notes > 1 ? 's' : ''}`] : []),
    ],
  }
}

/** mammoth puts the notes into a list at the end, and a number with a link where each belongs. */
function withoutNotes(html: string): string {
  return html
    .replaceAll(/<sup><a href="#(?:footnote|endnote)-[^"]*"[^>]*>[^<]*<\/a><\/sup>/gu, '')
    .replaceAll(/<li id="(?:footnote|endnote)-[^"]*">[\s\S]*?<\/li>/gu, '')
}
