import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { recordHistory } from '../audit/contract.ts'
import { uploadFile } from '../documents/contract.ts'
import { correct } from '../documents/correct.ts'
import { addDocumentCommand } from '../documents/index.ts'
import { register } from '../parties/commands/register-party.ts'
import { activePlan, quickPlan } from '../plans/testing/plan.ts'
import { verify } from '../receivables/commands/verify.ts'
import { openReceivable } from '../receivables/contract.ts'
import { type Desk, document, openDesk, readyPair, screened } from '../receivables/testing/deal.ts'
import { offer } from './commands/claims.ts'
import { draft, end, submit } from './commands/draft.ts'
import { record } from './commands/items.ts'
import { accept, answerOfFunder, send } from './commands/panel.ts'
import { answer, issue } from './commands/quotes.ts'
import { review } from './commands/steps.ts'
import { openApplication } from './contract.ts'
import { openPanel } from './panel-contract.ts'
import { byNet, netOf, type PanelFacts, panelReasons } from './rules/panel.ts'

let world: World
let desk: Desk
let planVersionId: string
let serial = 0
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  const people = { writer: desk.operations, approver: desk.manager }
  ;({ planVersionId } = await activePlan(world, people, 'PANEL', { ...quickPlan, multiQuoteMax: 3 }))
})
afterAll(() => world.close())

async function funder(roles: ('funder' | 'debtor')[] = ['funder'], isScreened = true): Promise<string> {
  const legalName = `株式会社提携${++serial}`
  const { id } = await world.done(desk.sales, register, { partyKind: 'corporation', legalName, roles })
  if (isScreened) await screened(world, desk, [id])
  return id
}

async function paper(partyId: string, docKind: 'consent' | 'letter' = 'consent'): Promise<string> {
  const links = [{ kind: 'party', id: partyId }]
  const contentBase64 = Buffer.from(`%PDF-1.7\n${++serial}`).toString('base64')
  const file = { fileName: '同意書.pdf', record: links[0]!, contentBase64 }
  const { uploadId } = await world.ask(desk.operations, uploadFile, file)
  return (await world.done(desk.operations, addDocumentCommand, { uploadId, docKind, links })).id
}

async function which(applicationId: string) {
  const { rowVersion } = await world.ask(desk.reviewer, openApplication, { applicationId })
  return { applicationId, rowVersion }
}
const panel = (applicationId: string) => world.ask(desk.reviewer, openPanel, { applicationId })

/** Submitted under the plan, with one claim and the consent of the client on file. */
async function submitted(plan: string | null = planVersionId) {
  const pair = await readyPair(world, desk, `パネル${++serial}`)
  const { id } = await world.done(desk.sales, draft, {
    clientId: pair.clientId,
    channel: 'panel',
    form: 'short',
    requestedYen: 800_000,
    planVersionId: plan,
  })
  const { receivableId } = await world.done(desk.sales, offer, {
    ...(await which(id)),
    debtorId: pair.debtorId,
    invoiceNo: `P-${serial}`,
    issuedOn: '2026-11-01',
    dueOn: '2027-01-29',
    faceYen: 1_000_000,
    documentIds: [await document(world, desk)],
  })
  await world.done(desk.sales, submit, await which(id))
  return { ...pair, id, receivableId, consentId: await paper(pair.clientId) }
}
type Deal = Awaited<ReturnType<typeof submitted>>

const sent = async (
  { id, consentId }: Pick<Deal, 'id' | 'consentId'>,
  funderIds: string[],
  more: object = {},
) =>
  world.run(desk.sales, send, {
    ...(await which(id)),
    funderIds,
    shared: ['application', 'claims'],
    documentIds: [consentId],
    ...more,
  })
const price = { purchasedYen: 1_000_000, feeYen: 80_000, chargesYen: 11_000, reserveYen: 100_000 }
const answered = async (id: string, funderId: string, more: object = {}) => {
  const sending = (await panel(id)).sendings.find(one => one.funder.id === funderId)
  return world.run(desk.sales, answerOfFunder, {
    ...(await which(id)),
    sendingId: sending?.id ?? newId(),
    answer: 'approved',
    answeredOn: '2026-11-24',
    ...price,
    expiresAt: '2026-11-27T23:59:00+09:00',
    ...more,
  })
}
const taken = async (id: string, sendingId: string, more: object = {}) =>
  world.run(desk.sales, accept, {
    ...(await which(id)),
    sendingId,
    acceptedOn: '2026-11-24',
    acceptedBy: '代表 花子',
    channel: 'phone',
    documentIds: [EVIDENCE],
    ...more,
  })

describe('who may be asked', () => {
  const one = {
    name: '甲',
    companyId: 'a',
    isFunder: true,
    status: 'normal',
    isClient: false,
    askedBefore: false,
  }
  const facts: PanelFacts = { state: 'in_review', most: 3, asked: 0, funders: [one] }
  it.each<[Partial<PanelFacts>, string[]]>([
    [{}, []],
    [{ asked: 2 }, []],
    [{ funders: [one, { ...one, name: '乙', companyId: 'b' }] }, []],
    [{ funders: [one, { ...one, name: '甲の別の記録' }] }, ['funder_must_not_be_asked_twice']],
    [{ asked: 3 }, ['panel_must_stay_within_the_plan']],
    [{ most: null }, ['panel_must_be_in_the_plan']],
    [{ most: undefined }, ['panel_must_be_in_the_plan']],
    [{ state: 'draft' }, ['panel_must_precede_acceptance']],
    [{ state: 'accepted' }, ['panel_must_precede_acceptance']],
    [{ funders: [{ ...one, isFunder: false }] }, ['funder_must_have_the_role']],
    [{ funders: [{ ...one, isClient: true }] }, ['funder_must_not_be_the_client']],
    [{ funders: [{ ...one, status: 'blocked' }] }, ['funder_must_not_be_stopped']],
    [{ funders: [{ ...one, askedBefore: true }] }, ['funder_must_not_be_asked_twice']],
  ])('%j', (change, codes) => {
    expect(panelReasons({ ...facts, ...change }).map(reason => reason.code)).toEqual(codes)
  })

  it('offers stand by what the client is paid, not by their rate', () => {
    const cheap = { ...price, feeYen: 10_000, reserveYen: 200_000 }
    expect([netOf(price), netOf(cheap)]).toEqual([809_000, 779_000])
    expect(
      byNet([{ netYen: null }, { netYen: 779_000 }, { netYen: 809_000 }]).map(one => one.netYen),
    ).toEqual([809_000, 779_000, null])
  })
})

describe('an application before several funders', () => {
  it('goes only to screened funders of ours, within the plan, with the consent of the client on file', async () => {
    const deal = await submitted()
    const [good, unscreened, debtor] = [
      await funder(),
      await funder(['funder'], false),
      await funder(['debtor']),
    ]
    const refused = async (funderIds: string[], more: object = {}) =>
      world.refused(sent(deal, funderIds, more))
    expect(await refused([newId()])).toEqual(['funder_must_be_known'])
    expect(await refused([debtor])).toEqual(['funder_must_have_the_role'])
    expect(await refused([unscreened])).toEqual(['subject_must_be_screened'])
    expect(await refused([good], { documentIds: [await paper(deal.clientId, 'letter')] })).toEqual([
      'consent_must_be_on_file',
    ])
    expect(await refused([good], { documentIds: [await paper(deal.debtorId)] })).toEqual([
      'consent_must_be_on_file',
    ])
    const lapsed = await paper(deal.clientId)
    await world.done(desk.operations, correct, {
      documentId: lapsed,
      rowVersion: 1,
      expiresOn: '2026-11-23',
      reason: '同意書の期限を記録',
    })
    expect(await refused([good], { documentIds: [lapsed] })).toEqual(['consent_must_be_on_file'])
    expect(await refused([good], { documentIds: [newId()] })).toEqual(['evidence_must_be_a_document'])
    expect(await refused([good], { rowVersion: 1 })).toEqual(['record_must_be_unchanged'])
    const plain = await submitted(null)
    expect(await world.refused(sent(plain, [good]))).toEqual(['panel_must_be_in_the_plan'])
    expect((await panel(plain.id)).whyNot).toContain('一括見積がありません')
    await sent(deal, [good])
    expect(await refused([good])).toEqual(['funder_must_not_be_asked_twice'])
    expect(await refused([await funder(), await funder(), await funder()])).toEqual([
      'panel_must_stay_within_the_plan',
    ])
    const auditor = await world.person('監査', 'auditor')
    const byAuditor = world.run(auditor, send, {
      ...(await which(deal.id)),
      funderIds: [await funder()],
      shared: ['claims'],
      documentIds: [deal.consentId],
    })
    expect(await world.refused(byAuditor)).toEqual(['permission_must_be_held'])
    // The history of the funder tells what it was given, and on which paper.
    const { rows } = await world.ask(desk.operations, recordHistory, { recordId: good })
    expect(rows.find(event => event.verb === 'panel_sent')).toMatchObject({
      after: { shared: '申込の内容、債権・売掛先の情報' },
    })
    expect((await panel(deal.id)).sendings[0]).toMatchObject({ consentId: deal.consentId, sentBy: '営業' })
  })

  it('keeps what each answered, and the best offer first', async () => {
    const deal = await submitted()
    const [high, low, no] = [await funder(), await funder(), await funder()]
    await sent(deal, [low, high, no])
    const refused = async (more: object) => world.refused(answered(deal.id, high, more))
    expect(await refused({ answeredOn: '2026-11-25' })).toEqual(['answer_must_not_lie_ahead'])
    expect(await refused({ answeredOn: '2026-11-23' })).toEqual(['answer_must_follow_the_sending'])
    expect(await refused({ feeYen: null })).toEqual(['offer_must_have_its_price'])
    expect(await refused({ feeYen: 889_000 })).toEqual(['offer_must_leave_a_payout'])
    expect(await refused({ expiresAt: '2026-11-24T09:00:00+09:00' })).toEqual(['offer_must_lie_ahead'])
    expect(await refused({ answer: 'declined' })).toEqual(['decline_must_have_its_reason'])
    expect(await refused({ sendingId: newId() })).toEqual(['record_must_exist'])
    await answered(deal.id, low, { reserveYen: 200_000 })
    await answered(deal.id, high)
    await answered(deal.id, no, { answer: 'declined', declineReason: '業種が対象外' })
    expect((await panel(deal.id)).sendings.map(one => [one.funder.id, one.state, one.netYen])).toEqual([
      [high, 'approved', 809_000],
      [low, 'approved', 709_000],
      [no, 'declined', null],
    ])
    await answered(deal.id, low, { reserveYen: 0 })
    expect((await panel(deal.id)).sendings[0]).toMatchObject({ funder: { id: low }, netYen: 909_000 })
  })

  it('keeps an offer claim by claim, which is the totals to the yen; totals alone may still be recorded', async () => {
    const deal = await submitted()
    const one = await funder()
    await sent(deal, [one])
    const line = {
      receivableId: deal.receivableId,
      eligibleYen: 1_000_000,
      purchasedYen: 1_000_000,
      advanceYen: 900_000,
      reserveYen: 100_000,
      feeYen: 80_000,
    }
    const refused = (lines: object[]) => world.refused(answered(deal.id, one, { lines }))
    expect(await refused([{ ...line, receivableId: (await submitted()).receivableId }])).toEqual([
      'line_must_name_a_claim',
    ])
    expect(await refused([{ ...line, feeYen: 79_999 }])).toEqual(['lines_must_add_up'])
    expect(await refused([{ ...line, eligibleYen: 1_000_001 }])).toEqual(['line_must_stay_within_the_claim'])
    expect(await refused([{ ...line, advanceYen: 900_001 }])).toEqual(['line_must_be_advance_and_reserve'])
    await answered(deal.id, one, { lines: [line] })
    const [shown] = (await panel(deal.id)).sendings
    expect(shown!.lines).toMatchObject([{ ...line, faceYen: 1_000_000 }])
    const { rows } = await world.ask(desk.operations, recordHistory, { recordId: deal.id })
    expect(JSON.stringify(rows.find(event => event.verb === 'panel_offered')?.after)).toContain(
      '前渡 900,000円',
    )
    // A new answer takes the place of the lines, too.
    await answered(deal.id, one, { feeYen: 70_000 })
    expect((await panel(deal.id)).sendings[0]).toMatchObject({ lines: [], feeYen: 70_000 })
    await answered(deal.id, one, { answer: 'declined', declineReason: '条件が変わったため', lines: [] })
    expect((await panel(deal.id)).sendings[0]).toMatchObject({ lines: [], state: 'declined' })
  })

  it('ends when the client takes one: the others, our quote and the claims are withdrawn', async () => {
    const deal = await submitted()
    const [one, other] = [await funder(), await funder()]
    await sent(deal, [one, other])
    await answered(deal.id, one)
    const [best, waiting] = (await panel(deal.id)).sendings
    const refused = async (sendingId: string, more: object = {}) =>
      world.refused(taken(deal.id, sendingId, more))
    expect(await refused(waiting!.id)).toEqual(['offer_must_be_open'])
    expect(await refused(best!.id, { documentIds: [] })).toEqual(['acceptance_must_be_proved'])
    expect(await refused(best!.id, { acceptedOn: '2026-11-25' })).toEqual(['answer_must_not_lie_ahead'])
    expect(await refused(best!.id, { acceptedOn: '2026-11-23' })).toEqual([
      'acceptance_must_follow_the_answer',
    ])
    await taken(deal.id, best!.id)
    const shown = await panel(deal.id)
    expect(shown.sendings.map(sending => sending.state)).toEqual(['accepted', 'withdrawn'])
    expect(shown.sendings[0]).toMatchObject({ acceptedBy: '代表 花子', acceptDocuments: [EVIDENCE] })
    const { state } = await world.ask(desk.reviewer, openApplication, { applicationId: deal.id })
    expect(state).toBe('withdrawn')
    const claim = await world.ask(desk.reviewer, openReceivable, { receivableId: deal.receivableId })
    expect(claim.state).toBe('withdrawn')
    expect(await refused(best!.id)).toEqual(['application_must_be_open'])
  })

  it('cannot be taken once its time has passed, nor answered once the client took ours', async () => {
    const deal = await submitted()
    const one = await funder()
    await sent(deal, [one])
    await answered(deal.id, one, { expiresAt: '2026-11-24T12:00:00+09:00' })
    const before = world.clock.now()
    world.clock.set(new Date('2026-11-24T13:00:00+09:00'))
    const [late] = (await panel(deal.id)).sendings
    expect(late?.isExpired).toBe(true)
    expect(await world.refused(taken(deal.id, late!.id))).toEqual(['offer_must_be_open'])
    world.clock.set(before)
    const { checklist } = await world.ask(desk.reviewer, openApplication, { applicationId: deal.id })
    for (const item of checklist)
      await world.done(desk.operations, record, {
        ...(await which(deal.id)),
        itemId: item.id,
        state: 'received',
        documentId: EVIDENCE,
      })
    for (const to of ['screening', 'in_review'] as const)
      await world.done(desk.reviewer, review, { ...(await which(deal.id)), to, reason: '確認した' })
    await world.done(desk.reviewer, verify, {
      receivableId: deal.receivableId,
      assignmentRestriction: 'none',
      setOffRisk: 'low',
    })
    await world.done(desk.reviewer, issue, {
      ...(await which(deal.id)),
      contractId: deal.contractId,
      expiresAt: '2026-11-27T10:00:00+09:00',
      reason: '商品の範囲のとおり',
    })
    expect((await panel(deal.id)).ours).toMatchObject({ isOpen: true })
    await world.done(desk.sales, answer, {
      ...(await which(deal.id)),
      answer: 'accepted',
      answeredOn: '2026-11-24',
      answeredBy: '代表',
      channel: 'phone',
      documentIds: [EVIDENCE],
    })
    expect((await panel(deal.id)).sendings.map(sending => sending.state)).toEqual(['withdrawn'])
    expect(await world.refused(answered(deal.id, one))).toEqual(['sending_must_be_open'])
  })

  it('withdraws all when the application ends', async () => {
    const deal = await submitted()
    await sent(deal, [await funder()])
    const ended = { ...(await which(deal.id)), to: 'withdrawn' as const, reason: '利用者の希望' }
    await world.done(desk.sales, end, ended)
    expect((await panel(deal.id)).sendings.map(sending => sending.state)).toEqual(['withdrawn'])
    expect((await panel(deal.id)).whyNot).not.toBeNull()
  })
})
