import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { partiesInReach } from '../parties/index.ts'
import { commands } from './commands.ts'
import { listInquiries, openInquiryPage } from './contract.ts'
import { inquiryFields } from './fields.ts'
import { lists } from './lists.ts'
import { list, open } from './queries.ts'
import './tables.ts'

const HANDLERS = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
] as const

/** 問合せ・苦情: what somebody asks or complains of, each with an owner and deadlines by the business clock. */
export const inquiries: Slice = {
  name: 'inquiries',
  lists,
  permissions: [
    { code: 'inquiries.read', label: '問合せ・苦情を見る', roles: [...HANDLERS, 'auditor'] },
    { code: 'inquiries.handle', label: '問合せ・苦情を受け付ける・回答する', roles: HANDLERS },
  ],
  commands,
  records: [
    {
      kind: 'inquiry',
      read: 'inquiries.read',
      find: async (at, id) => {
        const row = await at.db
          .selectFrom('inquiry')
          .select(['id', 'party_id', 'seen_no'])
          .where('id', '=', id)
          .executeTakeFirst()
        if (!row) return null
        if (at.actor.reach !== 'all') {
          if (!row.party_id) return null
          const own = await partiesInReach(at)
            .select('party.id')
            .where('party.id', '=', row.party_id)
            .executeTakeFirst()
          if (!own) return null
        }
        return { dataSubjectId: row.party_id ?? row.id, seenNo: row.seen_no }
      },
      fields: Object.fromEntries(Object.values(inquiryFields).map(field => [field.name, field.label.ja])),
    },
  ],
  routes: ({ keys }) => [
    answerQuery(listInquiries, (context, input) => list(keys, context, input)),
    answerQuery(openInquiryPage, (context, { inquiryId }) => open(keys, context, inquiryId)),
    ...commands.map(runCommand),
  ],
}
