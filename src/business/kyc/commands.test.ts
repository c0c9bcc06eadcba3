import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { uploadFile } from '../documents/contract.ts'
import { addDocumentCommand } from '../documents/index.ts'
import { strike } from '../documents/keep.ts'
import { register } from '../parties/commands/register-party.ts'
import { add as addPerson } from '../people/commands.ts'
import { addDocument, change, complete, except, fail, mail, open } from './commands.ts'
import { dueCalendar, kycOfParty, listDue, unmaskDocument } from './contract.ts'
import { kycHindrances, kycHindrancesOf } from './gate.ts'
import { recordCheck } from './record-electronic-check.ts'

let world: World
let operations: Actor
let compliance: Actor
let manager: Actor
let auditor: Actor
beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  compliance = await world.person('法務', 'compliance')
  manager = await world.person('部長', 'manager')
  auditor = await world.person('監査', 'auditor')
})
afterAll(() => world.close())

const reason = { reasonCode: 'review' as const, reasonText: '原本を確認した', evidence: [EVIDENCE] }
const check = {
  trigger: 'onboarding' as const,
  methodCode: 'corp_shown' as const,
  purposeCode: 'sale_of_receivables',
}
const registry = { kind: 'registry' as const, issuedOn: '2026-11-01', seenOn: '2026-11-20' }

async function client(
  name: string,
  people: ('representative' | 'beneficial_owner')[] = ['representative', 'beneficial_owner'],
) {
  const { id } = await world.done(operations, register, { partyKind: 'corporation', legalName: name })
  for (const role of people)
    await world.done(operations, addPerson, {
      partyId: id,
      role,
      boBasis: role === 'beneficial_owner' ? 'votes_over_50' : null,
      person: { familyName: '確認', givenName: role, birthDate: '1970-01-01' },
    })
  return id
}

async function opened(partyId: string, more: object = {}) {
  const { id } = await world.done(operations, open, { partyId, ...check, ...more })
  await world.done(operations, addDocument, { caseId: id, ...registry })
  return id
}

async function completed(partyId: string, completedOn = '2026-11-24', more: object = {}) {
  const caseId = await opened(partyId, more)
  const answer = await world.run(operations, complete, { caseId, completedOn, change: reason })
  await confirmed(answer)
  return caseId
}

async function confirmed(answer: Awaited<ReturnType<typeof world.run>>, by = compliance) {
  if (answer.status !== 202) throw new Error('expected to wait for a second person')
  return world.done(by, approve, { changeRequestId: answer.body.changeRequestId })
}

const hindered = async (partyId: string, today: string) =>
  (await kycHindrances(world.db, partyId, today)).map(one => one.code)

describe('the gate', () => {
  it('blocks a party until its check is completed, and again from the day after the review date', async () => {
    const partyId = await client('株式会社期限確認')
    expect(await hindered(partyId, '2026-11-24')).toEqual(['kyc_must_be_completed'])
    await completed(partyId)
    expect(await hindered(partyId, '2029-11-24')).toEqual([])
    expect(await hindered(partyId, '2029-11-25')).toEqual(['kyc_must_be_current'])
  })

  it('opens until the end date of an exception which compliance approved, and the due date stays', async () => {
    const partyId = await client('株式会社例外承認')
    const { id: caseId } = await world.done(operations, open, { partyId, ...check })
    await world.done(operations, addDocument, {
      caseId,
      kind: 'registry',
      issuedOn: '2023-11-01',
      seenOn: '2023-11-20',
    })
    await confirmed(
      await world.run(operations, complete, { caseId, completedOn: '2023-11-23', change: reason }),
    )
    expect(await hindered(partyId, '2026-11-24')).toEqual(['kyc_must_be_current'])

    const asked = await world.run(operations, except, { partyId, until: '2026-12-31', change: reason })
    if (asked.status !== 202) throw new Error('expected to wait for a second person')
    expect(
      await world.refused(world.run(manager, approve, { changeRequestId: asked.body.changeRequestId })),
    ).toEqual(['approver_must_hold_permission'])
    await confirmed(asked)
    expect(await hindered(partyId, '2026-12-31')).toEqual([])
    expect(await hindered(partyId, '2027-01-01')).toEqual(['kyc_must_be_current'])
    const shown = await world.ask(auditor, kycOfParty, { partyId })
    expect([shown.reviewState, shown.nextReviewOn]).toEqual(['excepted', '2026-11-23'])
  })
})

describe('completion', () => {
  it('waits for a second person who is not the first, and records both', async () => {
    const partyId = await client('株式会社二人確認')
    const caseId = await opened(partyId)
    const both = await world.person('事務兼法務', 'operations')
    const answer = await world.run(both, complete, { caseId, completedOn: '2026-11-24', change: reason })
    if (answer.status !== 202) throw new Error('expected to wait for a second person')
    const { changeRequestId } = answer.body
    expect(await world.refused(world.run(both, approve, { changeRequestId }))).toEqual([
      'permission_must_be_held',
    ])
    await world.done(compliance, approve, { changeRequestId })
    const shown = await world.ask(auditor, kycOfParty, { partyId })
    expect(shown.reviewState).toBe('current')
    expect(shown.cases[0]).toMatchObject({
      state: 'completed',
      completedBy: '事務兼法務',
      approvedBy: '法務',
      nextReviewOn: '2029-11-24',
      inForce: true,
      missing: [],
    })
    expect(await world.verbsOf(caseId)).toEqual([
      'kyc_opened',
      'kyc_document_seen',
      'change_requested',
      'change_request_approved',
      'kyc_completed',
    ])
  })

  it('is refused without evidence and with everything that is missing, said at once', async () => {
    const partyId = await client('株式会社不足', [])
    const { id: caseId } = await world.done(operations, open, {
      partyId,
      ...check,
      methodCode: 'corp_mail',
      ratingFactors: ['foreign_pep'],
    })
    const input = { caseId, completedOn: '2026-11-24', change: reason }
    expect(await world.refused(world.run(operations, complete, input))).toEqual([
      'mail_must_be_delivered',
      'documents_must_be_sufficient',
      'asset_income_must_be_checked',
      'representative_must_be_registered',
      'beneficial_owner_must_be_registered',
    ])
    const other = await opened(await client('株式会社資料なし'))
    expect(
      await world.refused(
        world.run(operations, complete, { ...input, caseId: other, change: { ...reason, evidence: [] } }),
      ),
    ).toEqual(['evidence_must_be_attached'])
  })

  it('is stale when a document came in after it was asked for', async () => {
    const caseId = await opened(await client('株式会社途中変更'))
    const asked = await world.run(operations, complete, { caseId, completedOn: '2026-11-24', change: reason })
    await world.done(operations, addDocument, { caseId, ...registry, kind: 'seal_certificate' })
    if (asked.status !== 202) throw new Error('expected to wait for a second person')
    const answer = await world.done(compliance, approve, { changeRequestId: asked.body.changeRequestId })
    expect(answer.state).toBe('stale')
  })

  it('replaces the completed check before it; one is in force at a time', async () => {
    const partyId = await client('株式会社更新')
    const first = await completed(partyId)
    const second = await completed(partyId, '2026-11-24', {
      trigger: 'periodic',
      ratingFactors: ['domestic_pep'],
    })
    const { cases, nextReviewOn } = await world.ask(auditor, kycOfParty, { partyId })
    expect(cases.map(one => [one.id, one.inForce])).toEqual([
      [second, true],
      [first, false],
    ])
    expect(nextReviewOn).toBe('2028-11-24')
  })
})

describe('a check being worked on', () => {
  it('is the only one of its party, and its method suits the party', async () => {
    const partyId = await client('株式会社一件')
    await opened(partyId)
    expect(await world.refused(world.run(operations, open, { partyId, ...check }))).toEqual([
      'case_must_be_the_only_one',
    ])
    const other = await client('株式会社方法')
    expect(
      await world.refused(world.run(operations, open, { partyId: other, ...check, methodCode: 'jpki' })),
    ).toEqual(['method_must_suit_the_party'])
  })

  it('takes its rating from the factors, when opened and when changed', async () => {
    const partyId = await client('株式会社リスク')
    const { id: caseId, riskRating } = await world.done(operations, open, {
      partyId,
      ...check,
      ratingFactors: ['not_face_to_face'],
    })
    expect(riskRating).toBe('medium')
    const input = { caseId, rowVersion: 1, ...check, ratingFactors: ['foreign_pep' as const] }
    expect((await world.done(operations, change, input)).riskRating).toBe('high')
    expect(await world.refused(world.run(operations, change, input))).toEqual(['record_must_be_unchanged'])
    expect(await world.refused(world.run(operations, change, { ...input, rowVersion: 2 }))).toEqual([
      'case_must_differ',
    ])
  })

  it('refuses a マイナンバー and people of other companies', async () => {
    const partyId = await client('株式会社番号')
    const { id: caseId } = await world.done(operations, open, { partyId, ...check })
    const passport = { caseId, kind: 'passport' as const, seenOn: '2026-11-20' }
    expect(
      await world.refused(world.run(operations, addDocument, { ...passport, number: '123456789018' })),
    ).toEqual(['my_number_must_not_be_stored'])
    expect(
      await world.refused(world.run(operations, addDocument, { ...passport, personId: newId() })),
    ).toEqual(['person_must_belong_to_the_party'])
  })

  it('ends without success, and then takes nothing more', async () => {
    const partyId = await client('株式会社不成立')
    const caseId = await opened(partyId)
    await world.done(operations, fail, { caseId, reason: '書類の提出がないため' })
    const again = { caseId, reason: '書類の提出がないため' }
    expect(await world.refused(world.run(operations, fail, again))).toEqual(['case_must_be_at_work'])
    expect(await world.refused(world.run(operations, addDocument, { caseId, ...registry }))).toEqual([
      'case_must_be_at_work',
    ])
    expect(
      await world.refused(
        world.run(operations, complete, { caseId, completedOn: '2026-11-24', change: reason }),
      ),
    ).toEqual(['case_must_be_at_work'])
    expect((await world.ask(auditor, kycOfParty, { partyId })).reviewState).toBe('failed')
  })
})

describe('an electronic check', () => {
  const selfie = {
    checkedOn: '2026-11-20',
    icReadResult: 'matched' as const,
    faceMatchScore: 840_000,
    liveness: 'passed' as const,
  }

  async function person(name: string) {
    const { id } = await world.done(operations, register, { partyKind: 'sole_proprietor', legalName: name })
    const { id: caseId } = await world.done(operations, open, {
      partyId: id,
      ...check,
      methodCode: 'remote_ic_selfie',
    })
    await world.done(operations, addDocument, {
      caseId,
      kind: 'drivers_licence',
      seenOn: '2026-11-20',
      side: 'both',
      documentId: EVIDENCE,
    })
    return { partyId: id, caseId }
  }

  it('is held to the threshold of the company on its day; a better one replaces it, and both stay', async () => {
    const { partyId, caseId } = await person('甲野商店')
    const input = { caseId, completedOn: '2026-11-24', change: reason }
    expect(await world.refused(world.run(operations, complete, input))).toEqual([
      'electronic_check_must_be_recorded',
    ])
    await world.done(operations, recordCheck, { caseId, ...selfie, evidence: [EVIDENCE] })
    expect(await world.refused(world.run(operations, complete, input))).toEqual([
      'electronic_check_must_have_passed',
    ])
    await world.done(operations, recordCheck, { caseId, ...selfie, faceMatchScore: 850_000 })
    await confirmed(await world.run(operations, complete, input))
    const { cases } = await world.ask(auditor, kycOfParty, { partyId })
    expect(cases[0]).toMatchObject({ state: 'completed', letter: 'ヘ' })
    expect(cases[0]?.electronicChecks.map(one => [one.faceMatchScore, one.faceThresholdPpm])).toEqual([
      [840_000, 850_000],
      [850_000, 850_000],
    ])
    expect(cases[0]?.documents[0]).toMatchObject({ side: 'both', masked: false, documentId: EVIDENCE })
    expect(await world.refused(world.run(operations, recordCheck, { caseId, ...selfie }))).toEqual([
      'case_must_be_at_work',
    ])
  })

  it('says something, has happened, is about people of the customer, and rests on papers that exist', async () => {
    const { caseId } = await person('乙野商店')
    const refused = (more: object) =>
      world.refused(world.run(operations, recordCheck, { caseId, ...selfie, ...more }))
    expect(
      await world.refused(world.run(operations, recordCheck, { caseId, checkedOn: '2026-11-20' })),
    ).toEqual(['electronic_check_must_say_something'])
    expect(await refused({ checkedOn: '2026-11-25' })).toEqual(['date_must_not_be_in_the_future'])
    expect(await refused({ revocationCheckedAt: '2026-12-01T00:00:00+09:00' })).toEqual([
      'date_must_not_be_in_the_future',
    ])
    expect(await refused({ personId: newId() })).toEqual(['person_must_belong_to_the_party'])
    expect(await refused({ evidence: [newId()] })).toEqual(['evidence_must_be_a_document'])
    expect(await world.refused(world.run(auditor, recordCheck, { caseId, ...selfie }))).toEqual([
      'permission_must_be_held',
    ])
    expect(
      await world.refused(
        world.run(operations, addDocument, {
          caseId,
          kind: 'passport',
          seenOn: '2026-11-20',
          documentId: newId(),
        }),
      ),
    ).toEqual(['evidence_must_be_a_document'])
  })
})

describe('assets and income of a high risk', () => {
  it('are checked with a paper where the sum asks for it; without, no larger sum is moved', async () => {
    const partyId = await client('株式会社高リスク')
    const high = { ratingFactors: ['adverse_media'], expectedYen: 2_000_000 }
    await completed(partyId, '2026-11-24', high)
    const moved = async (yen: number | null) =>
      ((await kycHindrancesOf(world.db, [partyId], '2026-11-24', [yen]))[0] ?? []).map(one => one.code)
    expect(await moved(null)).toEqual([])
    expect(await moved(2_000_000)).toEqual([])
    expect(await moved(2_000_001)).toEqual(['asset_income_must_be_checked_for_the_sum'])
    const caseId = await opened(partyId, {
      ...high,
      trigger: 'high_risk',
      methodCode: 'corp_registry_online',
      expectedYen: null,
      assetIncomeChecked: true,
    })
    const input = { caseId, completedOn: '2026-11-24', change: reason }
    expect(await world.refused(world.run(operations, complete, input))).toEqual([
      'asset_income_must_be_proven',
    ])
    // A copy that was filed by mistake and struck proves nothing.
    const links = [{ kind: 'party', id: partyId }]
    const contentBase64 = Buffer.from('%PDF-1.7\n別人の所得証明').toString('base64')
    const { uploadId } = await world.ask(operations, uploadFile, {
      fileName: '所得証明.pdf',
      record: links[0]!,
      contentBase64,
    })
    const paper = await world.done(operations, addDocumentCommand, { uploadId, docKind: 'other', links })
    const seen = { caseId, kind: 'income_proof' as const, seenOn: '2026-11-20' }
    await world.done(operations, addDocument, { ...seen, documentId: paper.id })
    await world.done(compliance, strike, { documentId: paper.id, reason: '別人の書類でした' })
    expect(await world.refused(world.run(operations, complete, input))).toEqual([
      'asset_income_must_be_proven',
    ])
    const { cases } = await world.ask(auditor, kycOfParty, { partyId })
    expect(cases.find(one => one.id === caseId)?.missing.map(one => one.code)).toContain(
      'asset_income_must_be_proven',
    )
    await world.done(operations, addDocument, {
      caseId,
      kind: 'income_proof',
      seenOn: '2026-11-20',
      documentId: EVIDENCE,
    })
    await confirmed(await world.run(operations, complete, input))
    expect(await moved(50_000_000)).toEqual([])
    const shown = await world.ask(auditor, kycOfParty, { partyId })
    expect([shown.retentionYears, shown.retentionUntil]).toEqual([7, null])
  })
})

describe('mail', () => {
  it('that comes back reopens a completed check and stops purchases', async () => {
    const partyId = await client('株式会社返戻')
    const caseId = await completed(partyId)
    const sent = { caseId, mailKind: 'not_forwarded' as const, sentOn: '2026-11-20' }
    await world.done(operations, mail, { ...sent, result: 'sent' })
    expect(await hindered(partyId, '2026-11-24')).toEqual([])
    const back = await world.done(operations, mail, { ...sent, result: 'returned' })
    expect(back.state).toBe('reopened')
    expect(await hindered(partyId, '2026-11-24')).toEqual(['kyc_must_be_completed'])
    expect(
      await world.refused(world.run(operations, mail, { ...sent, sentOn: '2026-11-25', result: 'sent' })),
    ).toEqual(['date_must_not_be_in_the_future'])
  })
})

describe('an exception', () => {
  it('needs a completed check and ends within 90 days', async () => {
    const partyId = await client('株式会社例外不可')
    const input = { partyId, until: '2026-12-31', change: reason }
    expect(await world.refused(world.run(operations, except, input))).toEqual([
      'exception_needs_a_completed_case',
    ])
    for (const until of ['2026-11-24', '2027-02-23'])
      expect(await world.refused(world.run(operations, except, { ...input, until }))).toEqual([
        'exception_must_end_in_time',
      ])
  })
})

describe('who may see and do', () => {
  it('the auditor sees and writes nothing; only holders unmask a number', async () => {
    const partyId = await client('株式会社権限')
    expect(await world.refused(world.run(auditor, open, { partyId, ...check }))).toEqual([
      'permission_must_be_held',
    ])
    const { id: caseId } = await world.done(operations, open, { partyId, ...check })
    const { id: documentId } = await world.done(operations, addDocument, {
      caseId,
      kind: 'drivers_licence',
      number: '304512345678',
      seenOn: '2026-11-20',
    })
    const shown = await world.ask(auditor, kycOfParty, { partyId })
    expect(shown.cases[0]?.documents[0]?.numberLast).toBe('5678')
    expect(JSON.stringify(shown)).not.toContain('304512345678')
    const { number } = await world.ask(compliance, unmaskDocument, { documentId, reason: '照会への回答' })
    expect(number).toBe('304512345678')
    expect(auditor.permissions.has('parties.seeSensitive')).toBe(false)
  })
})

describe('the list of due dates', () => {
  it('pages by due date, the most overdue first, and counts what the calendar shows', async () => {
    const first = await world.ask(auditor, listDue, { limit: 1 })
    const second = await world.ask(auditor, listDue, { limit: 1, after: first.next ?? '' })
    expect(first.rows[0]?.reviewState).toBe('excepted')
    expect(second.rows[0]?.partyId).not.toBe(first.rows[0]?.partyId)
    expect((second.rows[0]?.nextReviewOn ?? '') >= (first.rows[0]?.nextReviewOn ?? '')).toBe(true)
    expect((await world.ask(auditor, listDue, { state: ['due_soon'] })).rows).toEqual([])
    const month = await world.ask(auditor, dueCalendar, { month: '2026-11' })
    expect([month.days, month.overdue, month.excepted]).toEqual([[{ day: '2026-11-23', due: 1 }], 0, 1])
  })
})
