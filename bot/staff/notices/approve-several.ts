import { narrow } from '../../../intents/notice-words/number.ts'
import { both, type Outcome } from '../../outcome.ts'
import type { Situation } from '../../situation.ts'
import { decideApproval, waitingFor } from './decide-approval.ts'

const every =
  /^(?:(?:全|全部|两个|两条|几个|几条)?都|全部)(?:同意|批准|通过)(?:了|吧)?$|^(?:同意|批准)(?:全部|所有的?)(?:通知)?$/u
const one = '(?:通知|[Nn])?\\s*\\d{1,6}(?:号|条)?'
const several = new RegExp(
  `^(?:都)?(?:同意|批准)\\s*(?<list>通知\\s*${one}(?:\\s*(?:和|与|跟|、|，|,|及|\\s)\\s*${one})+)(?:都发)?$`,
  'u',
)
const severalBefore = new RegExp(
  `^(?<list>通知\\s*${one}(?:\\s*(?:和|与|跟|、|，|,|及|\\s)\\s*${one})+)\\s*都?(?:同意|批准)$`,
  'u',
)

/** 都同意, 同意通知2和通知3: each of them is decided by itself, and each is said back. Undefined when none waits. */
export async function approveSeveral(situation: Situation): Promise<Outcome | undefined> {
  const line = narrow(situation.text)
    .replace(/^#\s*/u, '')
    .replace(/[\s。.!！~～]+$/u, '')
  const list = (several.exec(line) ?? severalBefore.exec(line))?.groups?.['list']
  const ids = list ? named(list) : every.test(line) ? await waitingIds(situation) : []
  let outcome: Outcome | undefined
  for (const [at, notice] of ids.entries()) {
    const order = { order: 'approve', notice } as const
    const cause = { ...situation.cause, id: at === 0 ? situation.cause.id : `${situation.cause.id}/${at}` }
    const decided = await decideApproval({ ...situation, cause }, { command: 'notice', order, sure: true })
    outcome = outcome && decided ? both(outcome, decided) : (outcome ?? decided)
  }
  return outcome
}

function named(list: string): readonly string[] {
  return [...new Set([...list.matchAll(/\d+/gu)].map(([digits]) => `N${Number(digits)}`))]
}

async function waitingIds(situation: Situation): Promise<readonly string[]> {
  return (await waitingFor(situation)).map(({ id }) => id)
}
