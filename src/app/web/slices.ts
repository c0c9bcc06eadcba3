import { accessWeb } from '../../business/access/web.tsx'
import { accountsWeb } from '../../business/accounts/web.tsx'
import { alertsWeb } from '../../business/alerts/web.tsx'
import { applicationsWeb } from '../../business/applications/web.tsx'
import { approvalsWeb } from '../../business/approvals/web.tsx'
import { assessmentWeb } from '../../business/assessment/web.tsx'
import { auditWeb } from '../../business/audit/web.tsx'
import { cardsWeb } from '../../business/cards/web.ts'
import { changesWeb } from '../../business/changes/web.tsx'
import { changewatchWeb } from '../../business/changewatch/web.tsx'
import { collectionsWeb } from '../../business/collections/web.tsx'
import { communicationsWeb } from '../../business/communications/web.tsx'
import { contractsWeb } from '../../business/contracts/web.tsx'
import { creditWeb } from '../../business/credit/web.tsx'
import { customizationWeb } from '../../business/customization/web.tsx'
import { disposalWeb } from '../../business/disposal/web.tsx'
import { documentsWeb } from '../../business/documents/web.tsx'
import { groupsWeb } from '../../business/groups/web.tsx'
import { homeWeb } from '../../business/home/web.tsx'
import { importsWeb } from '../../business/imports/web.tsx'
import { incidentsWeb } from '../../business/incidents/web.tsx'
import { inquiriesWeb } from '../../business/inquiries/web.tsx'
import { kycWeb } from '../../business/kyc/web.tsx'
import { lettersWeb } from '../../business/letters/web.tsx'
import { listsWeb } from '../../business/lists/web.tsx'
import { moneyledgerWeb } from '../../business/moneyledger/web.tsx'
import { ownershipWeb } from '../../business/ownership/web.tsx'
import { partiesWeb } from '../../business/parties/web.tsx'
import { paymentsWeb } from '../../business/payments/web.tsx'
import { payoutsWeb } from '../../business/payouts/web.tsx'
import { peopleWeb } from '../../business/people/web.tsx'
import { plansWeb } from '../../business/plans/web.tsx'
import { policyWeb } from '../../business/policy/web.tsx'
import { qualityWeb } from '../../business/quality/web.tsx'
import { receivablesWeb } from '../../business/receivables/web.tsx'
import { reconciliationWeb } from '../../business/reconciliation/web.tsx'
import { registersWeb } from '../../business/registers/web.tsx'
import { resolutionWeb } from '../../business/resolution/web.tsx'
import { screeningWeb } from '../../business/screening/web.tsx'
import { tasksWeb } from '../../business/tasks/web.tsx'
import type { WebSlice } from '../../platform/web/page.ts'

/** The web doors of the slices, in the order of `src/app/slices.ts`. */
export const webSlices: readonly WebSlice[] = [
  accessWeb,
  listsWeb,
  auditWeb,
  approvalsWeb,
  documentsWeb,
  registersWeb,
  changesWeb,
  customizationWeb,
  partiesWeb,
  policyWeb,
  peopleWeb,
  ownershipWeb,
  screeningWeb,
  kycWeb,
  accountsWeb,
  creditWeb,
  groupsWeb,
  changewatchWeb,
  assessmentWeb,
  contractsWeb,
  tasksWeb,
  plansWeb,
  receivablesWeb,
  payoutsWeb,
  moneyledgerWeb,
  alertsWeb,
  importsWeb,
  disposalWeb,
  qualityWeb,
  cardsWeb,
  homeWeb,
  paymentsWeb,
  reconciliationWeb,
  communicationsWeb,
  lettersWeb,
  collectionsWeb,
  inquiriesWeb,
  incidentsWeb,
  applicationsWeb,
  resolutionWeb,
]
