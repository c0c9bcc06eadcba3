import { z } from 'zod'
import {
  changeReason,
  command,
  id,
  listOf,
  pageInput,
  pageOf,
  query,
  yen,
} from '../../platform/http/contract.ts'
import { proposalKinds, proposalStates } from './tables.ts'

const side = z.object({
  kind: z.enum(['group', 'debtor_group']),
  /** Null: no limit of this kind is in force. */
  limitYen: yen.nullable(),
  suspended: z.boolean(),
  exposureYen: yen,
  committedYen: yen,
  sentence: z.string(),
})

export const groupExposure = query({
  name: 'groups.groupExposure',
  path: '/api/parties/:partyId/group-exposure',
  summary: 'What stands at risk with all companies of a party’s group together, and the limits over it.',
  permission: 'credit.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    sides: z.array(side),
    companies: z.array(
      z.object({
        id,
        partyNo: z.string(),
        name: z.string(),
        roles: z.array(z.string()),
        clientYen: yen,
        debtorYen: yen,
      }),
    ),
  }),
})
export type GroupExposure = z.infer<typeof groupExposure.output>

export const groupsRefusals = {
  proposal_must_be_open: 'この候補は既に判断されたか、根拠がなくなりました。',
} as const

const company = z.object({ id, partyNo: z.string(), name: z.string() })
const proposal = z.object({
  id,
  rowVersion: z.number().int(),
  kind: z.enum(proposalKinds),
  state: z.enum(proposalStates),
  sentence: z.string(),
  source: z.string(),
  /** What both share, in words. */
  shared: z.string().nullable(),
  /** How many companies share it. */
  sharedBy: z.number().int(),
  first: company,
  second: company,
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
})
export type Proposal = z.infer<typeof proposal>

export const listProposals = query({
  name: 'groups.listProposals',
  path: '/api/tie-proposals',
  summary:
    'Ties between companies proposed from data: same representative, address, telephone, account or owner, or control.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    partyId: id.optional(),
    kind: listOf(z.enum(proposalKinds)),
    state: z.enum(proposalStates).default('open'),
  }),
  output: pageOf(proposal),
})

export const acceptProposal = command({
  name: 'groups.acceptProposal',
  path: '/api/tie-proposals/:proposalId/accept',
  summary: 'Confirms a proposed tie; group limits count both companies from then on.',
  permission: 'people.change',
  input: z.object({ proposalId: id, rowVersion: z.number().int(), change: changeReason }),
  output: z.object({ id, tieId: id }),
  refusals: groupsRefusals,
})

export const rejectProposal = command({
  name: 'groups.rejectProposal',
  path: '/api/tie-proposals/:proposalId/reject',
  summary: 'Says that a proposed tie is none; it is not proposed again unless what the two share changes.',
  permission: 'people.change',
  input: z.object({
    proposalId: id,
    rowVersion: z.number().int(),
    reason: z.string().trim().min(5).max(1000),
  }),
  output: z.object({ id }),
  refusals: groupsRefusals,
})
