import { expect, test } from 'vitest'
import { ledgerFinding } from '../../bot/commands/doctor-ledger.ts'
import type { LedgerReport } from '../../bot/ledger/verify-ledger.ts'
import { instant } from '../bot/stage.ts'

const well: LedgerReport = {
  ...{ tickets: 3, events: 9, anchors: 1, forgotten: 0, lastAnchor: null, knownAnchor: null },
  ...{ faults: [], faultCount: 0 },
}
const now = instant('2026-11-20 10:00')

test('doctor is content with an anchor of the last two days', () => {
  const found = ledgerFinding(well, { last: '2026-11-18-0001', running: true, now })
  expect(found).toMatchObject({
    state: 'good',
    text: expect.stringContaining('the last anchor is 2026-11-18-0001'),
  })
})

test('doctor finds fault with an older one while the bot runs, and not while none runs', () => {
  expect(ledgerFinding(well, { last: '2026-11-17-0001', running: true, now }).state).toBe('bad')
  expect(ledgerFinding(well, { last: '2026-11-17-0001', running: false, now }).state).toBe('good')
  expect(ledgerFinding(well, { last: undefined, running: true, now }).state).toBe('note')
})

test('doctor names the first place that does not hold, and the command that names all', () => {
  const faults = [{ place: '20261120-003', event: 2, field: 'facts', what: 'its hash does not fit' }] as const
  const found = ledgerFinding(
    { ...well, faults, faultCount: 1 },
    { last: '2026-11-20-0001', running: true, now },
  )
  expect(found).toMatchObject({ state: 'bad', remedy: expect.stringContaining('linli ledger verify') })
  expect(found.text).toContain('20261120-003')
})
