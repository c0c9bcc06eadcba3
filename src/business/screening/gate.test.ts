import { describe, expect, it } from 'vitest'
import { reasonsAgainst } from './gate.ts'

const TODAY = '2026-11-24'
const cleared = {
  name: '株式会社甲',
  state: 'cleared' as const,
  next_due_on: '2026-11-24',
  conditions_until: null,
  changed: false,
}
const codes = (subject: Parameters<typeof reasonsAgainst>[0], today = TODAY) =>
  reasonsAgainst(subject, today).map(reason => reason.code)

describe('a subject at the gate', () => {
  it('passes on its due date and is stale from the day after', () => {
    expect(codes(cleared)).toEqual([])
    expect(codes(cleared, '2026-11-25')).toEqual(['screening_must_not_be_stale'])
  })

  it('must be screened, and screened again after a change', () => {
    expect(codes({ ...cleared, state: null, next_due_on: null })).toEqual(['subject_must_be_screened'])
    expect(codes({ ...cleared, changed: true })).toEqual(['subject_must_be_screened'])
  })

  it('must be neither open nor rejected; conditions hold until their last day', () => {
    expect(codes({ ...cleared, state: 'hit_review' })).toEqual(['screening_must_not_be_open'])
    expect(codes({ ...cleared, state: 'escalated' })).toEqual(['screening_must_not_be_open'])
    expect(codes({ ...cleared, state: 'rejected' })).toEqual(['subject_must_not_be_rejected'])
    expect(codes({ ...cleared, state: 'conditional', conditions_until: TODAY })).toEqual([])
    expect(codes({ ...cleared, state: 'conditional', conditions_until: '2026-11-23' })).toEqual([
      'conditions_must_be_in_force',
    ])
  })

  it('is named in the sentence', () => {
    expect(reasonsAgainst({ ...cleared, state: 'hit_review' }, TODAY)[0]?.message).toBe(
      '反社・制裁の照合で該当候補の判断が終わっていません。（株式会社甲）',
    )
  })
})
