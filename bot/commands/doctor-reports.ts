import { type Finding, good, note } from './finding.ts'

/** Pictures of reports need a native module and a font; without them the words still go out. */
export async function checkDrawing(): Promise<Finding> {
  try {
    const { chineseFamily } = await import('../../adapters/reports/fonts.ts')
    await chineseFamily()
    return good('reports: pictures can be drawn, with their own Chinese font')
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return note(
      `reports: no pictures on this machine, only words are sent: ${reason}`,
      'run npm ci on this very machine; there are builds for Linux, macOS and Windows',
    )
  }
}
