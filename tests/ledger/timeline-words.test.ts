import { expect, test } from 'vitest'
import { roleWord } from '../../bot/describe.ts'
import { roles } from '../../bot/documents.ts'
import { operatorName, roleNames, unknownPlace } from '../../bot/ledger/timeline-words.ts'
import { realLore } from '../bot/stage.ts'

test('the timeline, which is readable without texts.yaml, calls everybody as chat does', async () => {
  const { texts } = await realLore()
  for (const role of roles) expect(roleNames[role]).toBe(roleWord(texts, role))
  expect(operatorName).toBe(texts.operator())
  expect(unknownPlace).toBe(texts.placeUnknown())
})
