import { expect, it } from 'vitest'
import { type PastCheck, pastCheckReasons, pastRating } from './take-over-rules.ts'

const today = '2026-11-24'
const plain: PastCheck = {
  completedOn: '2025-10-01',
  nextReviewOn: null,
  methodCode: 'remote_ic_selfie',
  rating: null,
  ratingFactors: null,
  purposeCode: null,
  purpose: null,
  document: null,
  electronic: null,
  exceptionUntil: null,
  exceptionReason: null,
}
const document = {
  kind: 'drivers_licence',
  issuer: '東京都公安委員会',
  issuedOn: null,
  expiresOn: '2028-03-01',
  side: 'both',
  masked: false,
} as const
const electronic = {
  checkedOn: '2025-10-01',
  icReadResult: 'matched',
  signatureValid: null,
  revocationCheckedAt: null,
  faceMatchScore: 940_000,
  faceThresholdPpm: 850_000,
  liveness: 'passed',
  bankConfirmed: null,
} as const

const asked = (more: Partial<PastCheck>, ofPerson = true) =>
  pastCheckReasons(
    { ...plain, ...more },
    {
      ofPerson,
      purposes: [{ code: 'loan', label: '事業資金の借入' }],
      today,
      now: new Date('2026-11-24T03:00:00Z'),
    },
  ).map(({ code, field }) => `${code}@${field}`)

it.each([
  ['a check that tells little', {}, []],
  ['one with all its items', { document, electronic, ratingFactors: ['domestic_pep'] }, []],
  ['a day to come', { completedOn: '2026-12-01' }, ['date_must_not_be_in_the_future@completedOn']],
  [
    'a method from before its day',
    { methodCode: 'card_substitute_record', completedOn: '2025-06-01' },
    ['method_must_be_valid@methodCode'],
  ],
  ['a method of companies', { methodCode: 'corp_shown' }, ['method_must_suit_the_party@methodCode']],
  [
    'a review before the check',
    { nextReviewOn: '2025-10-01' },
    ['review_must_follow_completion@nextReviewOn'],
  ],
  [
    'a rating its factors do not give',
    { rating: 'low', ratingFactors: ['foreign_pep'] },
    ['rating_must_follow_from_factors@rating'],
  ],
  ['a purpose on no list', { purposeCode: 'gambling' }, ['purpose_must_be_offered@purposeCode']],
  [
    'the back of a マイナンバーカード',
    { document: { ...document, kind: 'my_number_card_front', side: 'both' } },
    ['card_back_must_not_be_stored@documentSide'],
  ],
  [
    'a paper that had expired',
    { document: { ...document, expiresOn: '2025-09-30' } },
    ['document_must_not_be_expired@documentExpiresOn'],
  ],
  [
    'a certificate of long ago',
    { document: { ...document, kind: 'residence_certificate', issuedOn: '2025-01-01', expiresOn: null } },
    ['document_must_be_recent@documentIssuedOn'],
  ],
  [
    'a certificate whose day is not told',
    { document: { ...document, kind: 'residence_certificate', expiresOn: null } },
    [],
  ],
  [
    'a health insurance card of 2026',
    { completedOn: '2026-01-10', document: { ...document, kind: 'health_insurance_card' } },
    ['document_must_be_in_use@documentKind'],
  ],
  [
    'half of what the method asks for',
    { electronic: { ...electronic, liveness: null } },
    ['electronic_check_must_be_recorded@methodCode'],
  ],
  [
    'a face below the threshold',
    { electronic: { ...electronic, faceMatchScore: 849_999 } },
    ['electronic_check_must_have_passed@faceMatchScore'],
  ],
  [
    'a chip that did not match',
    { electronic: { ...electronic, icReadResult: 'mismatch' } },
    ['electronic_check_must_have_passed@icReadResult'],
  ],
  [
    'a check after completion',
    { electronic: { ...electronic, checkedOn: '2025-10-02' } },
    ['completion_must_follow_checks@electronicCheckedOn'],
  ],
  [
    'an exception beyond 90 days',
    { exceptionUntil: '2027-03-01', exceptionReason: '書類の取寄せ中' },
    ['exception_must_end_in_time@exceptionUntil'],
  ],
  [
    'an exception that is over',
    { exceptionUntil: today, exceptionReason: '書類の取寄せ中' },
    ['exception_must_end_in_time@exceptionUntil'],
  ],
  [
    'an exception without its reason',
    { exceptionUntil: '2026-12-31' },
    ['exception_must_have_its_reason@exceptionReason'],
  ],
  [
    'a reason without its exception',
    { exceptionReason: '書類の取寄せ中' },
    ['exception_must_have_its_end@exceptionUntil'],
  ],
] as const)('%s', (_, more, expected) => {
  expect(asked(more as Partial<PastCheck>)).toEqual(expected)
})

it('asks no chip of a check by photo and face before the letters change', () => {
  const face = { ...electronic, icReadResult: null }
  expect(asked({ methodCode: 'remote_photo_selfie', electronic: face })).toEqual([])
  expect(asked({ methodCode: 'remote_photo_selfie', completedOn: '2026-11-24', electronic: face })).toEqual(
    [],
  )
})

it('rates by factors where they are told, as given otherwise', () => {
  expect(pastRating({ rating: null, ratingFactors: null })).toBe('medium')
  expect(pastRating({ rating: 'low', ratingFactors: null })).toBe('low')
  expect(pastRating({ rating: null, ratingFactors: [] })).toBe('low')
  expect(pastRating({ rating: 'high', ratingFactors: ['foreign_pep'] })).toBe('high')
})
