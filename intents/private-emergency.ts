import type { EmergencyKind } from './understanding.ts'

const atHome =
  /家暴|虐待|打(?:老婆|媳妇|女人|孩子|小孩|娃|老人|老太|老娘|爹妈|他妈|她妈)|(?:他|她|老公|丈夫|男人|爱人|老婆|媳妇|男朋友|男友|前男友|前夫|对象|爸爸?|妈妈?|儿子|女儿|女婿|公公|婆婆|家里人).{0,8}打我/u

/** Blows behind a door, and somebody who does not want to live: nobody else's business, whoever reads along. */
export function isPrivateEmergency(kind: EmergencyKind, text: string): boolean {
  return kind === 'despair' || (kind === 'violence' && atHome.test(text))
}
