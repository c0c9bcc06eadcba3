import { describe, expect, it } from 'vitest'
import { disposalReasons, hindrances, type RetentionFacts, retentionOf, ruleOfPaper } from './retention.ts'

const years = {
  kyc_records: 7,
  transaction_records: 7,
  tax_books: 10,
  claims: 7,
  rejected: 1,
  third_party: 3,
  screening: 8,
}
const nothing: RetentionFacts = {
  relationEndedOn: null,
  identifiedOn: null,
  transactedOn: null,
  bookedOn: null,
  settledOn: null,
  lastActOn: '2026-04-01',
  sharedOn: null,
  screenedOn: null,
}
const of = (facts: Partial<RetentionFacts>) => retentionOf({ ...nothing, ...facts }, years)

describe('the longest rule wins', () => {
  it('a prospect that came to nothing is kept a year from the last thing that happened', () => {
    expect(of({})).toEqual({ rule: 'rejected', until: '2027-04-01' })
  })

  it('each rule keeps by its own day and years', () => {
    expect(of({ identifiedOn: '2026-05-01' })).toEqual({ rule: 'kyc_records', until: '2033-05-01' })
    expect(of({ sharedOn: '2026-05-01' })).toEqual({ rule: 'third_party', until: '2029-05-01' })
    expect(of({ screenedOn: '2026-05-01' })).toEqual({ rule: 'screening', until: '2034-05-01' })
    const ended = { relationEndedOn: '2026-08-31', settledOn: '2026-08-31' }
    expect(of(ended)).toEqual({ rule: 'claims', until: '2033-08-31' })
    expect(of({ ...ended, transactedOn: '2026-09-01', relationEndedOn: '2026-09-01' })).toEqual({
      rule: 'transaction_records',
      until: '2033-09-01',
    })
    expect(of({ ...ended, bookedOn: '2026-08-31' })).toEqual({ rule: 'tax_books', until: '2037-11-30' })
  })

  it('identification and screening count from the end of the relation, where there was one', () => {
    const facts = { relationEndedOn: '2026-08-31', settledOn: '2026-08-31', identifiedOn: '2020-01-01' }
    expect(of({ ...facts, screenedOn: '2020-02-01' })).toEqual({ rule: 'screening', until: '2034-08-31' })
  })

  it('counts whole months, so that a leap day ends in February', () => {
    expect(of({ lastActOn: '2028-02-29' }).until).toBe('2029-02-28')
  })

  it('keeps a paper by its kind', () => {
    expect(['invoice', 'contract', 'id', 'screening_evidence', 'letter'].map(ruleOfPaper)).toEqual([
      'tax_books',
      'claims',
      'kyc_records',
      'screening',
      'tax_books',
    ])
  })
})

describe('a refusal', () => {
  const words = { ruleLabel: '確認記録', sentenceOf: (code: string) => `${code}。` }
  const judged = { rule: 'kyc_records' as const, until: '2033-05-01', hindrances: [] }

  it('names the rule and the last day, on which the record is still kept', () => {
    const [reason] = disposalReasons(judged, '2033-05-01', words)
    expect(reason).toMatchObject({ code: 'retention_must_be_over' })
    expect(reason!.message).toContain('確認記録')
    expect(reason!.message).toContain('2033-05-01')
    expect(disposalReasons(judged, '2033-05-02', words)).toEqual([])
  })

  it('says everything that stands against it at once', () => {
    const reasons = disposalReasons({ ...judged, hindrances }, '2040-01-01', words)
    expect(reasons.map(reason => reason.code)).toEqual([...hindrances])
  })
})
