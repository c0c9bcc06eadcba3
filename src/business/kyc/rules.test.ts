import { describe, expect, it } from 'vitest'
import { documentReasons } from './document-rules.ts'
import {
  type CompletionFacts,
  completionReasons,
  methodIsValidOn,
  nextReviewOn,
  reviewState,
  riskRating,
} from './rules.ts'

const TODAY = '2026-11-24'
const codes = (reasons: { code: string }[]) => reasons.map(reason => reason.code)

describe('a method', () => {
  it.each([
    ['remote_photo_selfie', '2027-03-31', true],
    ['remote_photo_selfie', '2027-04-01', false],
    ['remote_ic_selfie', '2027-04-01', true],
    ['mail_copy', '2027-04-01', false],
    ['card_substitute_record', '2025-06-23', false],
    ['card_substitute_record', '2025-06-24', true],
  ] as const)('%s on %s counts: %s (JR §3.4)', (method, day, valid) => {
    expect(methodIsValidOn(method, day)).toBe(valid)
  })
})

describe('the rating', () => {
  it('is the gravest factor, low without any', () => {
    expect(riskRating([])).toBe('low')
    expect(riskRating(['not_face_to_face', 'cash_intensive'])).toBe('medium')
    expect(riskRating(['not_face_to_face', 'foreign_pep'])).toBe('high')
  })
})

describe('the next review', () => {
  it('is one, two or three years after completion by risk', () => {
    expect(nextReviewOn('2026-11-24', 'high', [])).toBe('2027-11-24')
    expect(nextReviewOn('2026-11-24', 'medium', [])).toBe('2028-11-24')
    expect(nextReviewOn('2026-11-24', 'low', [])).toBe('2029-11-24')
  })

  it('comes earlier when a document expires, and ignores one that had expired before', () => {
    expect(nextReviewOn('2026-11-24', 'low', ['2028-01-31', null, '2027-05-01'])).toBe('2027-05-01')
    expect(nextReviewOn('2026-11-24', 'low', ['2026-11-24'])).toBe('2029-11-24')
  })
})

describe('the state on a day', () => {
  const done = { nextReviewOn: '2026-12-24', exceptionUntil: null, working: false, failed: false }

  it('turns from current to due soon 30 days before, and overdue the day after', () => {
    expect(reviewState(done, '2026-11-23')).toBe('current')
    expect(reviewState(done, '2026-11-24')).toBe('due_soon')
    expect(reviewState(done, '2026-12-24')).toBe('due_soon')
    expect(reviewState(done, '2026-12-25')).toBe('overdue')
  })

  it('is excepted until the last day of an exception', () => {
    const excepted = { ...done, exceptionUntil: '2027-01-10' }
    expect(reviewState(excepted, '2027-01-10')).toBe('excepted')
    expect(reviewState(excepted, '2027-01-11')).toBe('overdue')
  })

  it('says that nothing was ever completed', () => {
    const none = { nextReviewOn: null, exceptionUntil: null, working: false, failed: false }
    expect(reviewState(none, TODAY)).toBe('none')
    expect(reviewState({ ...none, working: true }, TODAY)).toBe('in_progress')
    expect(reviewState({ ...none, failed: true }, TODAY)).toBe('failed')
  })
})

describe('a document', () => {
  const licence = { kind: 'drivers_licence' as const, issuedOn: '2024-12-01', seenOn: TODAY }

  it('is taken when it is in order, though a licence number passes for a マイナンバー by its check digit', () => {
    expect(documentReasons({ ...licence, number: '304512345670', expiresOn: '2029-12-01' }, TODAY)).toEqual(
      [],
    )
  })

  it('never carries a マイナンバー, and never shows the back of the card', () => {
    // 12 digits whose last is the check digit of the first eleven.
    expect(
      codes(documentReasons({ kind: 'passport', number: '1234 5678 9018', seenOn: TODAY }, TODAY)),
    ).toEqual(['my_number_must_not_be_stored'])
    expect(
      codes(documentReasons({ kind: 'my_number_card_front', number: 'A1', seenOn: TODAY }, TODAY)),
    ).toEqual(['my_number_must_not_be_stored'])
    expect(codes(documentReasons({ kind: 'my_number_card_back', seenOn: TODAY }, TODAY))).toEqual([
      'card_back_must_not_be_stored',
    ])
  })

  it('carries no insurance number, and the health insurance card is out of use since 2025-12-02', () => {
    expect(
      codes(documentReasons({ kind: 'qualification_certificate', number: '12', seenOn: TODAY }, TODAY)),
    ).toEqual(['insurance_number_must_not_be_stored'])
    const card = { kind: 'health_insurance_card' as const }
    expect(codes(documentReasons({ ...card, seenOn: '2025-12-02' }, TODAY))).toEqual([
      'document_must_be_in_use',
    ])
    expect(documentReasons({ ...card, seenOn: '2025-12-01' }, TODAY)).toEqual([])
  })

  it('must not be expired, seen tomorrow, or issued after it was seen', () => {
    expect(codes(documentReasons({ ...licence, expiresOn: '2026-11-23' }, TODAY))).toEqual([
      'document_must_not_be_expired',
    ])
    expect(codes(documentReasons({ ...licence, seenOn: '2026-11-25' }, TODAY))).toEqual([
      'date_must_not_be_in_the_future',
    ])
    expect(codes(documentReasons({ ...licence, issuedOn: '2026-11-25' }, TODAY))).toEqual([
      'document_must_be_issued_before_it_is_seen',
    ])
  })

  it('without an expiry must be six months young when it is seen', () => {
    const registry = { kind: 'registry' as const, seenOn: TODAY }
    expect(documentReasons({ ...registry, issuedOn: '2026-05-24' }, TODAY)).toEqual([])
    expect(codes(documentReasons({ ...registry, issuedOn: '2026-05-23' }, TODAY))).toEqual([
      'document_must_be_recent',
    ])
    expect(codes(documentReasons(registry, TODAY))).toEqual(['document_must_be_recent'])
  })
})

describe('completion', () => {
  const corporation: CompletionFacts = {
    partyKind: 'corporation',
    methodCode: 'corp_registry_online',
    rating: 'low',
    assetIncomeChecked: false,
    mailResult: null,
    documents: [{ kind: 'registry', seenOn: '2026-11-20', expiresOn: null }],
    representatives: 1,
    owners: 1,
    ownersCompared: null,
  }
  const person: CompletionFacts = {
    ...corporation,
    partyKind: 'sole_proprietor',
    methodCode: 'remote_ic_selfie',
    documents: [{ kind: 'drivers_licence', seenOn: '2026-11-20', expiresOn: '2029-01-01' }],
  }
  const against = (facts: CompletionFacts, on = TODAY) => codes(completionReasons(facts, on, TODAY))

  it('is possible for a company and for a person with what the law asks for', () => {
    expect(against(corporation)).toEqual([])
    expect(against(person)).toEqual([])
  })

  it('needs declared owners that agree with recorded holdings; a listed parent needs no person', () => {
    const with_ = (undeclared: number, unproven: number, deemed: number, owners = 1) =>
      against({ ...corporation, owners, ownersCompared: { undeclared, unproven, deemed } })
    expect(with_(0, 0, 0)).toEqual([])
    expect(with_(1, 0, 0)).toEqual(['computed_owner_must_be_declared'])
    expect(with_(0, 1, 0)).toEqual(['declared_owner_must_follow_from_holdings'])
    expect(with_(0, 0, 1, 0)).toEqual([])
    expect(with_(0, 0, 0, 0)).toEqual(['beneficial_owner_must_be_registered'])
  })

  it('needs a method that suits the party and is in force on that day', () => {
    expect(against({ ...corporation, methodCode: 'jpki' })).toEqual(['method_must_suit_the_party'])
    expect(
      codes(completionReasons({ ...person, methodCode: 'remote_photo_selfie' }, '2027-04-01', '2027-04-01')),
    ).toEqual(['method_must_be_valid'])
  })

  it('needs one document with a photo, or two without', () => {
    const seal = { kind: 'personal_seal_certificate' as const, seenOn: TODAY, expiresOn: null }
    const residence = { ...seal, kind: 'residence_certificate' as const }
    expect(against({ ...person, documents: [] })).toEqual(['documents_must_be_sufficient'])
    expect(against({ ...person, documents: [seal] })).toEqual(['documents_must_be_sufficient'])
    expect(against({ ...person, documents: [seal, residence] })).toEqual([])
    expect(against({ ...corporation, documents: person.documents })).toEqual(['documents_must_be_sufficient'])
  })

  it('by mail waits until the letter has arrived', () => {
    expect(against({ ...corporation, methodCode: 'corp_mail', mailResult: 'sent' })).toEqual([
      'mail_must_be_delivered',
    ])
    expect(against({ ...corporation, methodCode: 'corp_mail', mailResult: 'delivered' })).toEqual([])
  })

  it('names every missing thing at once', () => {
    expect(against({ ...corporation, rating: 'high', representatives: 0, owners: 0 })).toEqual([
      'asset_income_must_be_checked',
      'representative_must_be_registered',
      'beneficial_owner_must_be_registered',
    ])
  })

  it('is neither before the documents were seen nor after today nor on an expired document', () => {
    expect(against(corporation, '2026-11-19')).toEqual(['completion_must_follow_documents'])
    expect(against(corporation, '2026-11-25')).toEqual(['date_must_not_be_in_the_future'])
    const expired = [{ kind: 'drivers_licence' as const, seenOn: '2026-11-01', expiresOn: '2026-11-10' }]
    expect(against({ ...person, documents: expired })).toEqual(['document_must_not_be_expired'])
  })
})
