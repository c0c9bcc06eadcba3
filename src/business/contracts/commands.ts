import { sql } from 'kysely'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { currentCompany } from '../access/index.ts'
import { applyFirst, decideFirst, eventValues } from '../customization/index.ts'
import { lockParty } from '../parties/index.ts'
import { newsHindrances, screeningHindrances } from '../screening/index.ts'
import {
  amendContract,
  changeDraft,
  draftContract,
  executeContract,
  moveContract,
  terminateContract,
} from './contract.ts'
import { contractKindLabels, contractStateLabels } from './labels.ts'
import { lockContract, subjectsOf } from './records.ts'
import { nextState } from './rules/states.ts'
import { contractStateOn, hindrancesToTerms } from './rules.ts'
import { changedTerms, termItems } from './term-items.ts'
import type { ContractTerms } from './terms.ts'
import './tables.ts'

export const draft = defineCommand(draftContract, {
  async run(context, input) {
    const { tx, actor, now } = context
    const party = await lockParty(context, input.partyId)
    await refuseBadTerms(context, input.terms)
    if (input.masterId) {
      const master = await lockContract(context, input.masterId)
      refuseUnless(
        master.party_id === party.id && master.contract_kind === 'master',
        'master_must_belong_to_the_party',
        { field: 'masterId' },
      )
    }
    const id = newId()
    const record = { kind: 'contract' as const, id, dataSubjectId: party.id }
    const own = await decideFirst(context, record, input.custom)
    const { contract_no } = await tx
      .insertInto('contract')
      .values({
        id,
        party_id: party.id,
        contract_kind: input.contractKind,
        master_id: input.masterId ?? null,
        state: 'drafting',
        signed_on: null,
        effective_on: null,
        ends_on: null,
        sign_method: null,
        drafted_by: actor.id,
        terms_by: actor.id,
        drafted_at: now.toISOString(),
        executed_by: null,
        execution_approved_by: null,
        terminated_on: null,
        termination_reason: null,
      })
      .returning('contract_no')
      .executeTakeFirstOrThrow()
    await insertVersion(context, id, 1, input.terms, null, null)
    await applyFirst(context, own)
    await context.record({
      verb: 'contract_drafted',
      subjects: subjectsOf({ id, party_id: party.id }),
      after: {
        contractNo: contract_no,
        kind: input.contractKind,
        terms: input.terms,
        ...eventValues(own.items, 'newText'),
      },
      facts: { summary: `${contractKindLabels[input.contractKind]} ${contract_no}` },
    })
    return { id, contractNo: contract_no }
  },
})

export const change = defineCommand(changeDraft, {
  async run(context, { contractId, rowVersion, terms }) {
    const contract = await lockContract(context, contractId, rowVersion)
    refuseUnless(contract.state === 'drafting', 'contract_must_be_drafting')
    await refuseBadTerms(context, terms)
    await context.tx
      .updateTable('contract_version')
      .set({ terms: JSON.stringify(terms), recorded_by: context.actor.id })
      .where('contract_id', '=', contract.id)
      .where('version', '=', contract.newest_version)
      .execute()
    await setContract(context, contract.id, { terms_by: context.actor.id })
    await context.record({
      verb: 'contract_draft_changed',
      subjects: subjectsOf(contract),
      before: changedTerms(contract.terms, terms).before,
      after: changedTerms(contract.terms, terms).after,
    })
    return { id: contract.id, rowVersion: contract.row_version + 1 }
  },
})

export const move = defineCommand(moveContract, {
  async run(context, { contractId, to, reason }) {
    const contract = await lockContract(context, contractId)
    const next = nextState(contract.state, to, 'command')
    refuseUnless(next.state !== null, next.refusal ?? 'transition_must_be_listed')
    await setContract(context, contract.id, { state: to })
    await context.record({
      verb: 'contract_moved',
      subjects: subjectsOf(contract),
      before: { state: contract.state },
      after: { state: to },
      facts: { summary: `${contractStateLabels[contract.state]} → ${contractStateLabels[to]}` },
      ...(reason ? { reason } : {}),
    })
    return { id: contract.id, state: to }
  },
})

/** Execution is two people's word: the money of the deal rests on it (FF §3, contracting→ready_to_fund). */
export const execute = defineCommand(executeContract, {
  constraints: {
    contract_is_executed_by_two: 'contract_must_be_sent',
    approver_must_not_have_written_the_terms: 'approver_must_not_have_written_the_terms',
  },
  async critical(context, input): Promise<CriticalChange> {
    const contract = await lockContract(context, input.contractId)
    refuseExecution(contract.state, input, context.today)
    await refuseUnscreened(context, contract)
    return {
      subject: { kind: 'party', id: contract.party_id },
      related: [{ kind: 'contract', id: contract.id }],
      summary: `契約の締結　${contract.party.legal_name}　${contractKindLabels[contract.contract_kind]} ${contract.contract_no}`,
      readSet: [{ table: 'contract', id: contract.id, version: contract.row_version }],
      items: [
        {
          field: 'state',
          label: '状態',
          old: contractStateLabels[contract.state],
          new: contractStateLabels.executed,
        },
        { field: 'signedOn', label: '締結日', old: null, new: input.signedOn },
        { field: 'effectiveOn', label: '発効日', old: null, new: input.effectiveOn },
        { field: 'endsOn', label: '終了日', old: null, new: input.endsOn ?? '定めなし' },
        ...termItems(null, contract.terms),
      ],
      evidenceRequired: true,
      approve: contract.terms.recourse === 'full' ? 'contracts.approveRecourse' : 'contracts.approve',
      mayNotApprove: [contract.drafted_by, ...(contract.terms_by ? [contract.terms_by] : [])],
    }
  },
  async run(context, input) {
    const { approval } = context
    const contract = await lockContract(context, input.contractId)
    refuseExecution(contract.state, input, context.today)
    await refuseUnscreened(context, contract)
    if (!approval) throw new Error('a contract is executed by two people only')
    await setContract(context, contract.id, {
      state: 'executed',
      signed_on: input.signedOn,
      effective_on: input.effectiveOn,
      ends_on: input.endsOn ?? null,
      sign_method: input.signMethod,
      executed_by: approval.requestedBy,
      execution_approved_by: approval.approvedBy,
    })
    await context.record({
      verb: 'contract_executed',
      subjects: subjectsOf(contract),
      before: { state: contract.state },
      after: { state: 'executed', signedOn: input.signedOn, effectiveOn: input.effectiveOn },
      facts: { summary: contract.contract_no },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: contract.id }
  },
})

export const amend = defineCommand(amendContract, {
  constraints: { amendment_takes_two: 'approver_must_not_have_written_the_terms' },
  async critical(context, input): Promise<CriticalChange> {
    const contract = await lockContract(context, input.contractId, input.rowVersion)
    await refuseAmendment(context, contract, input)
    return {
      subject: { kind: 'party', id: contract.party_id },
      related: [{ kind: 'contract', id: contract.id }],
      summary: `契約条件の変更　${contract.party.legal_name}　${contract.contract_no}`,
      readSet: [{ table: 'contract', id: contract.id, version: contract.row_version }],
      items: [
        { field: 'validFrom', label: '適用開始日', old: null, new: input.validFrom },
        ...termItems(contract.terms, input.terms),
      ],
      evidenceRequired: true,
      approve: input.terms.recourse === 'full' ? 'contracts.approveRecourse' : 'contracts.approve',
    }
  },
  async run(context, input) {
    const contract = await lockContract(context, input.contractId)
    await refuseAmendment(context, contract, input)
    const version = contract.newest_version + 1
    await insertVersion(context, contract.id, version, input.terms, input.validFrom, input.change.reasonText)
    await setContract(context, contract.id, { newest_version: version, terms_by: context.actor.id })
    await context.record({
      verb: 'contract_amended',
      subjects: subjectsOf(contract),
      ...changedTerms(contract.terms, input.terms),
      facts: { summary: `${contract.contract_no} 第${version}版 ${input.validFrom}から`, version },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: contract.id, version }
  },
})

export const terminate = defineCommand(terminateContract, {
  async run(context, { contractId, terminatedOn, reason }) {
    const contract = await lockContract(context, contractId)
    refuseUnless(['executed', 'active'].includes(contract.state), 'contract_must_be_active')
    await setContract(context, contract.id, {
      state: 'terminated',
      terminated_on: terminatedOn,
      termination_reason: reason,
    })
    await context.record({
      verb: 'contract_terminated',
      subjects: subjectsOf(contract),
      before: { state: contract.state },
      after: { state: 'terminated', terminatedOn },
      facts: { summary: contract.contract_no },
      reason,
    })
    return { id: contract.id }
  },
})

export const commands = [draft, change, move, execute, amend, terminate]

type LockedContract = Awaited<ReturnType<typeof lockContract>>

export async function refuseBadTerms({ tx, today }: CommandContext, terms: ContractTerms): Promise<void> {
  const lender = terms.transactionKind === 'loan' ? await currentCompany(tx) : null
  const lenderValidTo = lender?.settings.moneyLenderRegNo ? lender.settings.moneyLenderValidTo : null
  refuseAll(hindrancesToTerms(terms, { today, lenderValidTo }), 'invalid')
}

interface ExecutionDates {
  signedOn: string
  effectiveOn: string
  endsOn?: string | null | undefined
}

function refuseExecution(state: LockedContract['state'], dates: ExecutionDates, today: string): void {
  refuseUnless(nextState(state, 'executed', 'command').state !== null, 'contract_must_be_sent')
  refuseUnless(dates.signedOn <= today, 'date_must_not_be_in_the_future', {
    kind: 'invalid',
    field: 'signedOn',
  })
  refuseUnless(!dates.endsOn || dates.effectiveOn <= dates.endsOn, 'dates_must_be_in_order', {
    kind: 'invalid',
    field: 'endsOn',
  })
}

/** Agreements under which nothing is bought or lent: nobody need be screened to keep a secret or to consent. */
const NO_DEAL: readonly string[] = ['nda', 'debtor_consent']

/** Nobody contracts with who is unscreened, hit or rejected, nor with whose people are (JR §3.12). */
async function refuseUnscreened({ tx, today }: CommandContext, contract: LockedContract): Promise<void> {
  if (NO_DEAL.includes(contract.contract_kind)) return
  const deal = { clientId: contract.party_id, debtorIds: [] }
  refuseAll([...(await screeningHindrances(tx, deal, today)), ...(await newsHindrances(tx, deal, today))])
}

async function refuseAmendment(
  context: CommandContext,
  contract: LockedContract,
  input: { validFrom: string; terms: ContractTerms },
): Promise<void> {
  const facts = { state: contract.state, effectiveOn: contract.effective_on, endsOn: contract.ends_on }
  refuseUnless(contractStateOn(facts, context.today) === 'active', 'contract_must_be_active')
  refuseUnless(input.validFrom >= (contract.effective_on ?? ''), 'dates_must_be_in_order', {
    kind: 'invalid',
    field: 'validFrom',
  })
  await refuseBadTerms(context, input.terms)
}

export async function insertVersion(
  { tx, now, actor, approval }: CommandContext,
  contractId: string,
  version: number,
  terms: ContractTerms,
  validFrom: string | null,
  reason: string | null,
): Promise<void> {
  await tx
    .insertInto('contract_version')
    .values({
      contract_id: contractId,
      version,
      valid_from: validFrom,
      terms: JSON.stringify(terms),
      recorded_by: approval?.requestedBy ?? actor.id,
      approved_by: approval?.approvedBy ?? null,
      recorded_at: now.toISOString(),
      reason,
    })
    .execute()
}

type Settable = Partial<
  Pick<
    LockedContract,
    | 'state'
    | 'newest_version'
    | 'terms_by'
    | 'signed_on'
    | 'effective_on'
    | 'ends_on'
    | 'sign_method'
    | 'executed_by'
    | 'execution_approved_by'
    | 'terminated_on'
    | 'termination_reason'
  >
>

async function setContract({ tx }: CommandContext, id: string, values: Settable): Promise<void> {
  await tx
    .updateTable('contract')
    .set({ ...values, row_version: sql`row_version + 1` })
    .where('id', '=', id)
    .execute()
}
