import { expect, test } from 'vitest'
import { matchLedger } from '../../src/business/matching/engine/index.ts'
import { pairQuality } from '../../src/business/matching/engine/testing/measure.ts'
import { trapLedger } from './trap-ledger.ts'

test('the same options make the same ledger, another seed another one', () => {
  expect(trapLedger({ seed: 5, rows: 200 })).toEqual(trapLedger({ seed: 5, rows: 200 }))
  expect(trapLedger({ seed: 6, rows: 200 })).not.toEqual(trapLedger({ seed: 5, rows: 200 }))
})

test('a ledger of traps: few companies thrown together, most found, though every third number is damaged', () => {
  const ledger = trapLedger({ seed: 77, rows: 4000 })
  const { clusters } = matchLedger(ledger.map(each => each.row))
  const quality = pairQuality(
    clusters.map(row => row.cluster),
    ledger.map(each => each.entity),
  )
  expect(quality.precision).toBeGreaterThanOrEqual(0.995)
  expect(quality.recall).toBeGreaterThanOrEqual(0.94)
})
