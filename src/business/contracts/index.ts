import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands as dealings } from './commands.ts'
import { listContracts, openContract } from './contract.ts'
import { signingFields } from './fields.ts'
import { lists } from './lists.ts'
import { contractsInReach, list, open } from './queries.ts'
import { openContractSigning, signing } from './signing.ts'
import { openSigning } from './signing-contract.ts'

const commands = [...dealings, signing]

/** Agreements with clients: who signed what when, on which terms; purchases rest on them. */
export const contracts: Slice = {
  name: 'contracts',
  lists,
  permissions: [
    {
      code: 'contracts.read',
      label: '契約を見る',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
        'contractor',
      ],
    },
    {
      code: 'contracts.draft',
      label: '契約を作成する・締結や変更を申請する',
      roles: ['sales', 'operations'],
    },
    { code: 'contracts.approve', label: '契約の締結・変更を承認する', roles: ['approver', 'manager'] },
    {
      code: 'contracts.approveRecourse',
      label: '償還請求権のある契約を承認する',
      roles: ['compliance'],
    },
    { code: 'contracts.terminate', label: '契約を解約する', roles: ['approver', 'compliance', 'manager'] },
  ],
  commands,
  records: [
    {
      kind: 'contract',
      read: 'contracts.read',
      find: async (at, id) => {
        const row = await contractsInReach(at)
          .clearSelect()
          .select(['c.party_id', 'c.seen_no'])
          .where('c.id', '=', id)
          .executeTakeFirst()
        return row ? { dataSubjectId: row.party_id, seenNo: row.seen_no } : null
      },
      fields: Object.fromEntries(Object.values(signingFields).map(field => [field.name, field.label.ja])),
    },
  ],
  routes: () => [
    answerQuery(listContracts, list),
    answerQuery(openContract, (context, { contractId }) => open(context, contractId)),
    answerQuery(openSigning, (context, { contractId }) => openContractSigning(context, contractId)),
    ...commands.map(runCommand),
  ],
}

export {
  amend as amendContractCommand,
  draft as draftContractCommand,
  execute as executeContractCommand,
  move as moveContractCommand,
} from './commands.ts'
export { type ContractNotice, contractNotices } from './notice-due.ts'
export { type ContractInForce, contractTermsOn } from './records.ts'
export type { ContractState } from './rules/states.ts'
export { hindrancesToPurchaseUnder } from './rules.ts'
export { signingRefusals } from './signing-contract.ts'
export type { Signing } from './signing-of.ts'
export {
  type ContractToTakeOver,
  onlyContractOf,
  type TakenOverContract,
  takeBackContract,
  takeOverContract,
} from './take-over.ts'
export { type ContractTerms, contractTerms } from './terms.ts'
