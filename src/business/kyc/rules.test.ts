import { describe, expect, it } from 'vitest'
import { documentReasons } from './document-rules.ts'
import type { ElectronicFacts } from './method-rules.ts'
import {
  type CompletionFacts,
  completionReasons,
  letterOn,
  methodIsValidOn,
  nextReviewOn,
  retentionUntil,
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

  it('with a copy says which side it shows, and hides numbers that are never kept', () => {
    const copy = { documentId: '01890a5d-ac96-774b-bcce-b302099a8057', seenOn: TODAY }
    expect(codes(documentReasons({ ...licence, ...copy }, TODAY))).toEqual(['document_must_have_its_side'])
    expect(documentReasons({ ...licence, ...copy, side: 'both' }, TODAY)).toEqual([])
    const card = { kind: 'my_number_card_front' as const, ...copy }
    expect(codes(documentReasons({ ...card, side: 'both' }, TODAY))).toEqual(['card_back_must_not_be_stored'])
    expect(documentReasons({ ...card, side: 'front' }, TODAY)).toEqual([])
    const pension = { kind: 'pension_book' as const, ...copy }
    expect(codes(documentReasons(pension, TODAY))).toEqual(['document_must_be_masked'])
    expect(documentReasons({ ...pension, masked: true }, TODAY)).toEqual([])
    expect(documentReasons({ kind: 'pension_book', seenOn: TODAY }, TODAY)).toEqual([])
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
  const nothing: ElectronicFacts = {
    checkedOn: '2026-11-20',
    icReadResult: null,
    signatureValid: null,
    revocationCheckedAt: null,
    faceMatchScore: null,
    faceThresholdPpm: null,
    liveness: null,
    bankConfirmed: null,
  }
  const passed: ElectronicFacts = {
    ...nothing,
    icReadResult: 'matched',
    faceMatchScore: 850_000,
    faceThresholdPpm: 850_000,
    liveness: 'passed',
  }
  const corporation: CompletionFacts = {
    trigger: 'onboarding',
    previousMethod: null,
    partyKind: 'corporation',
    methodCode: 'corp_registry_online',
    rating: 'low',
    assetIncomeChecked: false,
    mailResult: null,
    expectedYen: null,
    assetIncomeOverYen: 2_000_000,
    mailKind: null,
    electronic: [],
    documents: [{ kind: 'registry', seenOn: '2026-11-20', expiresOn: null, hasFile: false }],
    representatives: 1,
    owners: 1,
    ownersCompared: null,
  }
  const person: CompletionFacts = {
    ...corporation,
    partyKind: 'sole_proprietor',
    methodCode: 'remote_ic_selfie',
    documents: [{ kind: 'drivers_licence', seenOn: '2026-11-20', expiresOn: '2029-01-01', hasFile: false }],
    electronic: [passed],
  }
  const said = (facts: CompletionFacts, on = TODAY) =>
    completionReasons(facts, on, TODAY).map(({ code, message }) => message ?? code)
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
    const seal = {
      kind: 'personal_seal_certificate' as const,
      seenOn: TODAY,
      expiresOn: null,
      hasFile: false,
    }
    const residence = { ...seal, kind: 'residence_certificate' as const }
    const letter = { mailKind: 'not_forwarded', mailResult: 'delivered' } as const
    const byMail: CompletionFacts = { ...person, methodCode: 'mail_copy', electronic: [], ...letter }
    expect(against({ ...byMail, documents: [] })).toEqual(['documents_must_be_sufficient'])
    expect(against({ ...byMail, documents: [seal] })).toEqual(['documents_must_be_sufficient'])
    expect(against({ ...byMail, documents: [seal, residence] })).toEqual([])
    expect(against({ ...person, documents: [seal, residence] })).toEqual(['documents_must_be_sufficient'])
    expect(against({ ...corporation, documents: person.documents })).toEqual(['documents_must_be_sufficient'])
    const shown: CompletionFacts = { ...byMail, methodCode: 'face_nonphoto_mail', documents: [seal] }
    expect(against(shown)).toEqual([])
    expect(against({ ...shown, mailKind: null, mailResult: null })).toEqual([
      'mail_must_be_delivered',
      'documents_must_be_sufficient',
    ])
    expect(against({ ...shown, mailResult: null, documents: [seal, residence] })).toEqual([])
  })

  it('by chip and selfie needs what the method names, and says which part is missing or failed', () => {
    expect(said({ ...person, electronic: [] })).toEqual([
      expect.stringContaining('（ICチップの読取、顔照合スコア、生体検知）'),
    ])
    expect(said({ ...person, electronic: [{ ...passed, liveness: null }] })).toEqual([
      expect.stringContaining('（生体検知）'),
    ])
    for (const failure of [
      { icReadResult: 'unreadable' },
      { icReadResult: 'mismatch' },
      { faceMatchScore: 849_999 },
      { liveness: 'failed' },
    ] as const)
      expect(against({ ...person, electronic: [{ ...passed, ...failure }] })).toEqual([
        'electronic_check_must_have_passed',
      ])
    // Of two people one must hold everything, and neither may have failed.
    const chipOnly = { ...nothing, icReadResult: 'matched' as const }
    expect(against({ ...person, electronic: [chipOnly, passed] })).toEqual([])
    expect(against({ ...person, electronic: [passed, { ...nothing, liveness: 'failed' }] })).toEqual([
      'electronic_check_must_have_passed',
    ])
    expect(
      against({ ...person, electronic: [{ ...passed, checkedOn: '2026-11-21' }] }, '2026-11-20'),
    ).toEqual(['completion_must_follow_checks'])
  })

  it('by a certificate needs its signature and that it was looked up, and no document', () => {
    const signed = { ...nothing, signatureValid: true, revocationCheckedAt: '2026-11-20T10:00:00+09:00' }
    const jpki: CompletionFacts = { ...person, methodCode: 'jpki', documents: [], electronic: [signed] }
    expect(against(jpki)).toEqual([])
    expect(said({ ...jpki, electronic: [{ ...signed, revocationCheckedAt: null }] })).toEqual([
      expect.stringContaining('（電子証明書の失効確認）'),
    ])
    expect(against({ ...jpki, electronic: [{ ...signed, signatureValid: false }] })).toEqual([
      'electronic_check_must_have_passed',
    ])
    expect(
      against({ ...jpki, electronic: [{ ...signed, revocationCheckedAt: '2026-11-24T23:30:00Z' }] }),
    ).toEqual(['completion_must_follow_checks'])
    expect(against({ ...corporation, methodCode: 'corp_e_cert', electronic: [signed] })).toEqual([])
    expect(against({ ...corporation, methodCode: 'corp_e_cert' })).toEqual([
      'electronic_check_must_be_recorded',
    ])
  })

  it('face to face and by a bank reads the chip from 2027-04-01 on', () => {
    const shown: CompletionFacts = { ...person, methodCode: 'face_photo_id', electronic: [] }
    const on = (facts: CompletionFacts, day: string) => codes(completionReasons(facts, day, day))
    expect(on(shown, '2027-03-31')).toEqual([])
    expect(on(shown, '2027-04-01')).toEqual(['electronic_check_must_be_recorded'])
    const bank: CompletionFacts = {
      ...person,
      methodCode: 'remote_ic_bank',
      electronic: [{ ...nothing, bankConfirmed: true }],
    }
    expect(on(bank, '2027-03-31')).toEqual([])
    expect(on(bank, '2027-04-01')).toEqual(['electronic_check_must_be_recorded'])
    expect([letterOn('remote_ic_selfie', '2027-03-31'), letterOn('remote_ic_selfie', '2027-04-01')]).toEqual([
      'ヘ',
      '',
    ])
  })

  it('of a high risk needs the paper on assets or income above the threshold, and where no sum is declared', () => {
    const high: CompletionFacts = { ...corporation, rating: 'high' }
    expect(against({ ...high, expectedYen: 2_000_000 })).toEqual([])
    expect(against({ ...high, expectedYen: 2_000_001 })).toEqual(['asset_income_must_be_checked'])
    expect(against(high)).toEqual(['asset_income_must_be_checked'])
    const checked = { ...high, assetIncomeChecked: true }
    expect(against(checked)).toEqual(['asset_income_must_be_proven'])
    const proof = { kind: 'income_proof' as const, seenOn: TODAY, expiresOn: null }
    const with_ = (hasFile: boolean) =>
      against({ ...checked, documents: [...high.documents, { ...proof, hasFile }] })
    expect(with_(false)).toEqual(['asset_income_must_be_proven'])
    expect(with_(true)).toEqual([])
  })

  it('because of a high risk is made by another method than the one before', () => {
    const again: CompletionFacts = { ...corporation, trigger: 'high_risk', previousMethod: 'corp_shown' }
    expect(against(again)).toEqual([])
    expect(against({ ...again, methodCode: 'corp_shown' })).toEqual(['high_risk_needs_another_method'])
    expect(against({ ...again, methodCode: 'corp_shown', trigger: 'periodic' })).toEqual([])
  })

  it('is kept for years from the end of the contract, without an end while it stands', () => {
    expect([retentionUntil(null, 7), retentionUntil('2026-11-24', 7)]).toEqual([null, '2033-11-24'])
  })

  it('by mail waits until the letter has arrived', () => {
    expect(against({ ...corporation, methodCode: 'corp_mail', mailResult: 'sent' })).toEqual([
      'mail_must_be_delivered',
    ])
    const arrived: CompletionFacts = {
      ...corporation,
      methodCode: 'corp_mail',
      mailKind: 'not_forwarded',
      mailResult: 'delivered',
    }
    expect(against(arrived)).toEqual([])
    expect(against({ ...arrived, mailKind: 'restricted' })).toEqual(['mail_must_be_of_the_kind'])
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
    const expired = [
      { kind: 'drivers_licence' as const, seenOn: '2026-11-01', expiresOn: '2026-11-10', hasFile: false },
    ]
    expect(against({ ...person, documents: expired })).toEqual(['document_must_not_be_expired'])
  })
})
