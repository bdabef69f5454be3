import { narrow } from './number.ts'

/**
 * 停！发错了: called out while one's own notice is going out. Nobody looks for the right word then, so all of them stop
 * it. `wrong`: it was a mistake, or it should be called back, also when it is over. Pure.
 */
export interface Brake {
  readonly wrong: boolean
}

const calls =
  '(?:(?:快|赶紧|赶快|马上|立刻|立即|先|全部?|都|给我|请|帮我)*(?:停+(?:下来?|掉|了)?|打住|别发了?|不要发了?|别再发了?|撤(?:回|了|掉|下)?|撤回来))'
const mistakes =
  '(?:(?:哎呀?|糟了|坏了|不对|错了|啊)?[，,]?(?:我)?(?:发|搞|弄|写|点)错(?:了|群了|人了|通知了|啦)*|不对)'
const ends = '(?:了|啊|呀|吧|啦|快)*'
const pattern = new RegExp(`^(?:(?<wrong>${mistakes}|撤)|(?:${calls}))${ends}$`, 'u')

/** @param text with or without the leading #; undefined when it is something else. */
export function readBrake(text: string): Brake | undefined {
  const said = narrow(text)
    .replace(/^#\s*/u, '')
    .split(/[\s,，。.!！~～、]+/u)
    .filter((piece) => piece !== '')
  if (said.length === 0 || said.length > mostPieces) return undefined
  const found = said.map((piece) => pattern.exec(piece))
  if (found.some((match) => match === null)) return undefined
  return {
    wrong: found.some((match) => match?.groups?.['wrong'] !== undefined) || /^停+$/u.test(said[0] ?? ''),
  }
}

const mostPieces = 4
