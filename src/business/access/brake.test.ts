import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountPolicy, addressPolicy, delayAfter } from './brake.ts'

describe('the delay after failures in a row', () => {
  it('is nothing for four, then 30 s, 60 s, 120 s and at most an hour', () => {
    const delays = [1, 4, 5, 6, 7, 11, 12, 40, 4000].map(failures => delayAfter(failures, accountPolicy))
    expect(delays).toEqual([0, 0, 30, 60, 120, 1920, 3600, 3600, 3600])
  })

  it('starts for an address, behind which many people sit, at the thirtieth', () => {
    expect([29, 30, 31, 36].map(failures => delayAfter(failures, addressPolicy))).toEqual([0, 60, 120, 3600])
  })

  it('never shrinks as failures go on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), failures => {
        expect(delayAfter(failures + 1, accountPolicy)).toBeGreaterThanOrEqual(
          delayAfter(failures, accountPolicy),
        )
      }),
    )
  })
})
