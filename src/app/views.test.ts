import { afterAll, beforeAll, expect, test } from 'vitest'
import { register as registerAccount } from '../business/accounts/commands.ts'
import { offer as offerClaim } from '../business/applications/commands/claims.ts'
import { draft as draftApplication } from '../business/applications/commands/draft.ts'
import { openApplication } from '../business/applications/contract.ts'
import {
  draft as draftCreditReview,
  recordReport,
  registerGuarantee,
} from '../business/assessment/commands.ts'
import { add as addDocument } from '../business/documents/commands.ts'
import { uploadFile } from '../business/documents/contract.ts'
import { record as recordShares } from '../business/ownership/commands.ts'
import { confirm } from '../business/ownership/ties.ts'
import { register } from '../business/parties/commands/register-party.ts'
import { rename } from '../business/parties/commands/rename-party.ts'
import { openParty } from '../business/parties/contract.ts'
import { add as addPerson } from '../business/people/commands.ts'
import { activePlan } from '../business/plans/testing/plan.ts'
import type { Actor } from '../platform/commands/actor.ts'
import { slices } from './slices.ts'
import { EVIDENCE } from './testing/database-setup.ts'
import { askEveryQuery, type Sources } from './testing/views.ts'
import { createWorld, type World } from './testing/world.ts'

/** Whoever was shown a record must stand in its view records: every query names each record whose id or name its answer carries. */
let world: World
let operations: Actor
let sources: Sources
const change = { reasonCode: 'correction' as const, reasonText: '登記で確認した', evidence: [EVIDENCE] }

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  const party = async (legalName: string) =>
    (await world.done(operations, register, { partyKind: 'corporation', legalName, roles: ['client'] })).id
  const [partyId, parent, sister] = [
    await party('株式会社閲覧'),
    await party('閲覧持株'),
    await party('閲覧商会'),
  ]
  const { personId } = await world.done(operations, addPerson, {
    partyId,
    role: 'contact',
    person: { familyName: '閲覧', givenName: '太郎' },
  })
  const validFrom = '2026-01-01'
  for (const [holderPartyId, holderPersonId, sharePpm] of [
    [parent, null, 600_000],
    [null, personId, 100_000],
  ] as const)
    await world.done(operations, recordShares, {
      partyId,
      holderPartyId,
      holderPersonId,
      sharePpm,
      validFrom,
      change,
    })
  await world.done(operations, confirm, {
    partyId,
    otherPartyId: sister,
    relation: 'same_representative',
    change,
  })
  const reviewer = await world.person('審査', 'reviewer')
  await world.done(reviewer, draftCreditReview, {
    partyId,
    subjectRole: 'client',
    assessedOn: '2026-11-01',
    outcome: 'decline',
    grounds: '資料が揃わない',
    basis: [],
    reviewDueOn: '2027-11-01',
  })
  await world.done(reviewer, recordReport, { partyId, provider: 'tsr', reportDate: '2026-11-01' })
  const guarantor = await world.done(operations, register, {
    partyKind: 'corporation',
    legalName: '閲覧保証',
    roles: ['guarantor'],
  })
  await world.done(reviewer, registerGuarantee, {
    partyId,
    guarantorPartyId: guarantor.id,
    guaranteeKind: 'joint',
    amountYen: 1_000_000,
    validFrom: '2026-11-01',
  })
  const approver = await world.person('承認', 'manager')
  const { planId, planVersionId } = await activePlan(world, { writer: operations, approver }, 'VIEWED')
  const { id: applicationId } = await world.done(operations, draftApplication, {
    clientId: partyId,
    planVersionId,
    channel: 'web',
    requestedYen: 1_000_000,
  })
  const { rowVersion } = await world.ask(operations, openApplication, { applicationId })
  const debtor = await world.done(operations, register, {
    partyKind: 'corporation',
    legalName: '閲覧売掛先',
    roles: ['debtor'],
  })
  await world.done(operations, offerClaim, {
    applicationId,
    rowVersion,
    debtorId: debtor.id,
    invoiceNo: 'VIEW-1',
    issuedOn: '2026-11-01',
    dueOn: '2027-01-29',
    faceYen: 1_000_000,
  })
  const account = { bankCode: '0001', branchCode: '001', accountNo: '1234567', usage: 'payout' as const }
  const holder = { holderKana: 'カ)エツラン', holderName: '株式会社閲覧' }
  for (const owner of [partyId, sister])
    await world.done(operations, registerAccount, { partyId: owner, ...account, ...holder })
  const upload = await world.ask(operations, uploadFile, {
    fileName: '登記.pdf',
    record: { kind: 'party', id: partyId },
    contentBase64: Buffer.from('%PDF-1.7').toString('base64'),
  })
  const { uploadId } = upload
  await world.done(operations, addDocument, {
    uploadId,
    docKind: 'registry',
    links: [{ kind: 'party', id: partyId }],
  })
  const waiting = await world.run(operations, rename, {
    partyId,
    rowVersion: (await world.ask(operations, openParty, { partyId })).rowVersion,
    legalName: '株式会社閲覧後',
    effectiveOn: '2026-11-24',
    change,
  })
  const { changeRequestId } = waiting.body as { changeRequestId: string }
  const today = { from: '2026-11-01', to: '2026-12-31' }
  sources = {
    partyId,
    recordId: partyId,
    personId,
    changeRequestId,
    applicationId,
    planId,
    text: '閲覧',
    name: '株式会社閲覧',
    legalName: '株式会社閲覧',
    ...today,
  }
})
afterAll(() => world.close())

test('every record whose id or name an answer shows stands in the view record of that answer', async () => {
  const asker = await world.person('全員', 'compliance', 'operations', 'manager', 'reviewer')
  const { missing, records } = await askEveryQuery(world, asker, sources)
  expect(missing).toEqual([])
  expect(records).toBeGreaterThan(30)
})

test('every sight is named in words: each query that shows records has a permission with a label', () => {
  const without = slices
    .flatMap(slice => slice.routes(world))
    .map(route => route.contract)
    .filter(contract => contract.sight !== null && contract.permission !== 'signed-in')
    .filter(contract => contract.permission !== 'public' && !world.reading.words(contract.name))
  expect(without.map(contract => contract.name)).toEqual([])
  expect(world.reading.words('parties.registerParty')).toMatch(/[ぁ-ん]/)
  expect(world.reading.words('parties.neverWas')).toBeNull()
})
