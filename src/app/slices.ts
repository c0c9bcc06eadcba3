import { access } from '../business/access/index.ts'
import { accounts } from '../business/accounts/index.ts'
import { alerts } from '../business/alerts/index.ts'
import { applications } from '../business/applications/index.ts'
import { approvals } from '../business/approvals/index.ts'
import { assessment } from '../business/assessment/index.ts'
import { audit } from '../business/audit/index.ts'
import { cards } from '../business/cards/index.ts'
import { changes } from '../business/changes/index.ts'
import { changewatch } from '../business/changewatch/index.ts'
import { collections } from '../business/collections/index.ts'
import { communications } from '../business/communications/index.ts'
import { contracts } from '../business/contracts/index.ts'
import { credit } from '../business/credit/index.ts'
import { customization } from '../business/customization/index.ts'
import { desk } from '../business/desk/index.ts'
import { disposal } from '../business/disposal/index.ts'
import { documents } from '../business/documents/index.ts'
import { groups } from '../business/groups/index.ts'
import { home } from '../business/home/index.ts'
import { imports } from '../business/imports/index.ts'
import { incidents } from '../business/incidents/index.ts'
import { inquiries } from '../business/inquiries/index.ts'
import { kyc } from '../business/kyc/index.ts'
import { letters } from '../business/letters/index.ts'
import { lists } from '../business/lists/index.ts'
import { moneyledger } from '../business/moneyledger/index.ts'
import { ownership } from '../business/ownership/index.ts'
import { parties } from '../business/parties/index.ts'
import { payments } from '../business/payments/index.ts'
import { payouts } from '../business/payouts/index.ts'
import { people } from '../business/people/index.ts'
import { plans } from '../business/plans/index.ts'
import { policy } from '../business/policy/index.ts'
import { quality } from '../business/quality/index.ts'
import { receivables } from '../business/receivables/index.ts'
import { reconciliation } from '../business/reconciliation/index.ts'
import { registers } from '../business/registers/index.ts'
import { resolution } from '../business/resolution/index.ts'
import { screening } from '../business/screening/index.ts'
import { tasks } from '../business/tasks/index.ts'
import type { Slice } from '../platform/slice.ts'

/** The table of contents: the slices with routes, in the order of `slice-order.ts`. */
export const slices: readonly Slice[] = [
  access,
  desk,
  lists,
  audit,
  approvals,
  documents,
  registers,
  changes,
  customization,
  parties,
  policy,
  people,
  ownership,
  screening,
  kyc,
  accounts,
  moneyledger,
  credit,
  groups,
  changewatch,
  assessment,
  contracts,
  tasks,
  plans,
  receivables,
  payouts,
  payments,
  reconciliation,
  communications,
  letters,
  collections,
  inquiries,
  incidents,
  applications,
  resolution,
  imports,
  disposal,
  alerts,
  quality,
  cards,
  home,
]
