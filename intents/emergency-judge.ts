import type { EmergencyReader, EmergencyReading } from './emergencies.ts'
import { at, decide, type Head, probabilities, type Vector } from './linear-model.ts'
import type { MessageReader } from './message-reader.ts'
import { normalize } from './normalize.ts'
import type { EmergencyKind, KnownEmergency } from './understanding.ts'

/** An emergency in a line, and what found it. */
export interface EmergencyFound {
  readonly kind: EmergencyKind
  readonly why: string
}

const shortestCall = 2
/** A longer line is a letter: it tells a story, and whoever writes it is not in danger now. */
const longestCall = 160

export interface EmergencyJudge {
  (text: string): EmergencyFound | undefined
  /**
   * Whether a line below the threshold still tells of danger (somebody not come down, smoke, blood): too little for an
   * alert of its own, enough to join an emergency that is running.
   */
  soundsLikeDanger(text: string): boolean
}

/**
 * How sure the model must be, by what the rules say. Chosen by cross-validation over the corpus (some 750 calls for
 * help and 1,500 lines that sound like one): rules alone hear half of the calls, for nobody foresees all the words of
 * somebody in fear, and the model alone takes cooking and films for danger.
 */
const needed = {
  /** Words of an emergency, nothing against them. */
  told: 0.2,
  /** The same, and somebody is named whom it happens to. */
  toldOfSomebody: 0.08,
  /** The same, and somebody calls for help (快来人, 救命). */
  toldAndPressed: 0.05,
  /** Words of an emergency, and a veto that asks or supposes (如果), which may have hit by chance. */
  contradicted: 0.62,
  /** Words of an emergency, and a veto that says it is over, a film, a drill. */
  refuted: 0.95,
  /** No pattern of an emergency, but somebody calls for help. */
  pressed: 0.85,
  /** The same, with several words of danger and somebody whom it happens to. */
  pressedOfSomebody: 0.55,
  /** Nothing but the model, with words of danger and somebody whom it happens to. */
  aloneOfSomebody: 0.8,
  /** The same, with several words of danger. */
  dangersOfSomebody: 0.6,
  /** Nothing but the model and words of danger: a sign that hangs loose endangers nobody yet. */
  alone: 0.85,
  /** Nothing but the model, and no word of danger. */
  faint: 0.95,
  /** Nothing but the model, and a veto. */
  aloneAgainst: 0.97,
} as const

function neededFor({ kind, veto, hard, pressing, person, words }: EmergencyReading): number {
  if (kind && veto) return hard ? needed.refuted : needed.contradicted
  if (kind && pressing) return needed.toldAndPressed
  if (kind) return person ? needed.toldOfSomebody : needed.told
  if (veto) return needed.aloneAgainst
  const several = person && words >= severalWords
  if (pressing) return several ? needed.pressedOfSomebody : needed.pressed
  if (several) return needed.dangersOfSomebody
  if (words === 0) return needed.faint
  return person ? needed.aloneOfSomebody : needed.alone
}

const severalWords = 2

/** 某小区凌晨起火 in a newspaper is no call for help; nobody calls for help in the words of a headline. */
function neededOfNews({ pressing }: EmergencyReading, foreign: number): number {
  if (pressing || foreign < soundsForeign) return 0
  return foreign < surelyForeign ? needed.contradicted : needed.refuted
}

const soundsForeign = 0.5
const surelyForeign = 0.7

/** People in fear say where they are; somebody who says only that answers a question. */
export const onlyPlace =
  /^(?:我|俺|他|她|咱)?们?家?(?:就|住|是)*在?(?:(?:\d+|[一二三四五六七八九十]+|[a-z])(?:号楼|号院|号|栋|幢|楼|层|单元|门|室|户|期)?[,\s-]*)+(?:[那这]边|[那这]里|附近|门口|楼下|旁边)?$/u

/** 快来人啊 alone: something is up, but children at play and somebody with a heavy parcel say it as well. */
export const onlyCall = /^(?:(?:大家|都|快+点?|赶紧|来个?人|有人吗|谁来|[啊呀哪哇吧呐,.。!~\s])+)$/u

/** 楼上还有个老人没下来: alone a report that is urgent, beside a fire the news that matters most. */
export const stillInside =
  /还有.{0,6}(?:人|老太|老头|大[爷妈娘]|奶奶|爷爷|孩子?|娃|学生|女的|男的).{0,8}(?:没.{0,2}(?:下来|出来|跑|逃|撤)|在(?:里|上)[面头边]?|在楼上|在屋里)|没(?:跑|逃|撤)(?:出来|下来)|(?:老人|孩子|奶奶|爷爷|大[爷妈娘]|行动不便|走不动).{0,8}(?:还没|没)(?:下来|出来)|(?:人|孩子?|老人).{0,3}还(?:都)?在(?:里[面头边]|楼上|屋里)/u

const givesWay = /[塌陷]|沉降/u
/** What falls on people when it collapses, or holds them: not 楼下, 楼道, 楼路. */
const builtThing =
  /(?:楼(?![路道前后旁边下口门]|单元|号)|房|屋|墙|棚|桥|架|顶|梁|板|台|塔|洞|堤|山|坡|沟|矿|坑|模|堆|吊篮|舞台|冰面|广告牌)(?!.{0,6}(?:路|地面|地砖|人行道|台阶|井盖))[^,。!?]{0,8}(?:[塌陷]|沉降)|(?:塌|垮)(?:方|了(?:半边|[一二三四五六七八九几]层))/u
const peopleInIt =
  /[有个俩]人|人(?:在|被|掉|压|埋|困|下)|[孩娃]|老人|老太|老头|大[爷妈]|学生|工人|师傅|压|埋|困|救|扒|快来|掉[进下]|栽|砸|(?:听见|里面).{0,6}[喊哭叫]|车头/u

/** 路面塌了个坑 is a hole that cars drive round. */
function onlyHole(normalized: string): boolean {
  return givesWay.test(normalized) && !builtThing.test(normalized) && !peopleInIt.test(normalized)
}

/** A wrong instruction is worse than a general one. */
const sureOfKind = 0.8

function kindFor(head: Head, vector: Vector): EmergencyKind {
  const kind = decide(head, vector) as KnownEmergency
  return at(probabilities(head, vector), head.labels.indexOf(kind)) >= sureOfKind ? kind : 'unclear'
}

/** Below the threshold of an alert, still worth telling those who are at an emergency already. */
const dangerousEnough = 0.08
/** The same, when somebody is named and a word of danger is said. */
const faintlyDangerous = 0.02

/** Rules and model together. Takes tens of microseconds. */
export function createEmergencyJudge(read: EmergencyReader, reader: MessageReader): EmergencyJudge {
  const { danger, emergency } = reader.model
  const label = danger.labels.indexOf('emergency')
  const heard = (text: string) => {
    const normalized = normalize(text)
    if (normalized.length < shortestCall || normalized.length > longestCall) return undefined
    if (onlyPlace.test(normalized)) return undefined
    const vector = reader.vectorOf(normalized)
    const chance = at(probabilities(danger, vector), label)
    return { normalized, vector, reading: read(normalized), chance }
  }
  const judge = (text: string): EmergencyFound | undefined => {
    const line = heard(text)
    if (line === undefined || onlyCall.test(line.normalized)) return undefined
    const { normalized, vector, reading, chance } = line
    if (chance < neededFor(reading)) return undefined
    if (chance < neededOfNews(reading, reader.registerOf(normalized).foreign)) return undefined
    const kind = reading.kind ?? kindFor(emergency, vector)
    if (kind === 'collapse' && onlyHole(normalized)) return undefined
    const rule = reading.kind ? 'words and ' : ''
    return { kind, why: `emergency ${kind}: ${rule}model ${chance.toFixed(2)}` }
  }
  const soundsLikeDanger = (text: string): boolean => {
    const line = heard(text)
    if (line === undefined || line.reading.hard) return false
    const { chance, reading, normalized } = line
    if (stillInside.test(normalized)) return true
    // 有人在家吗 asks, and names nothing to be afraid of
    if (reading.veto && !reading.kind && reading.words === 0) return false
    return chance >= dangerousEnough || (reading.person && reading.words > 0 && chance >= faintlyDangerous)
  }
  return Object.assign(judge, { soundsLikeDanger })
}
