import { z } from 'zod'
import { command, id, isoDate, pageInput, pageOf, query } from '../../platform/http/contract.ts'

export const assignmentRefusals = {
  party_must_exist: 'この番号の顧客は見つかりません。',
  assignee_must_be_contractor: '割り当てられるのは、外部委託先の役割を持つ利用者だけです。',
  assignment_must_not_end_in_the_past: '割当ての終了日は今日以降にしてください。',
  assignment_must_end_with_the_contract: '割当ての終了日は、委託先の利用期限までにしてください。',
  party_must_not_be_assigned_already: 'この顧客は既に割り当てられています。',
  assignment_must_stand: 'この割当ては既に終了しています。',
} as const

const why = z.string().trim().min(5, '理由を5文字以上で入力してください。').max(500)

export const assignContractor = command({
  name: 'parties.assignContractor',
  path: '/api/party-assignments/assign',
  summary:
    'Lets a contractor see companies, by their numbers, until a day not after the contractor’s own last day; all numbers or none.',
  permission: 'parties.assignContractor',
  input: z.object({
    staffId: id,
    partyNos: z
      .array(
        z
          .string()
          .trim()
          .regex(/^C-[0-9]{1,9}$/, '顧客番号は C-000123 の形で入力してください。'),
      )
      .min(1)
      .max(200),
    endsOn: isoDate,
    reason: why,
  }),
  output: z.object({ assigned: z.number().int() }),
  refusals: assignmentRefusals,
})

export const endAssignment = command({
  name: 'parties.endAssignment',
  path: '/api/party-assignments/:assignmentId/end',
  summary: 'Takes a company away from a contractor at once.',
  permission: 'parties.assignContractor',
  input: z.object({ assignmentId: id, reason: why }),
  output: z.object({ id }),
  refusals: assignmentRefusals,
})

const row = z.object({
  id,
  party: z.object({ id, partyNo: z.string(), legalName: z.string() }),
  staff: z.object({ id, name: z.string() }),
  startsOn: z.string(),
  endsOn: z.string(),
  reason: z.string(),
  assignedBy: z.string(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  endedReason: z.string().nullable(),
  inForce: z.boolean(),
})
export type AssignmentRow = z.infer<typeof row>

export const listAssignments = query({
  name: 'parties.listAssignments',
  path: '/api/party-assignments',
  summary: 'Which companies are or were assigned to which contractor, newest first.',
  permission: 'parties.readAssignments',
  sight: 'list',
  input: z.object({ ...pageInput, staffId: id.optional(), partyId: id.optional() }),
  output: pageOf(row),
})
