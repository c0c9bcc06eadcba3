import { accessWeb } from '../../business/access/web.tsx'
import { accountsWeb } from '../../business/accounts/web.tsx'
import { alertsWeb } from '../../business/alerts/web.tsx'
import { approvalsWeb } from '../../business/approvals/web.tsx'
import { auditWeb } from '../../business/audit/web.tsx'
import { creditWeb } from '../../business/credit/web.tsx'
import { documentsWeb } from '../../business/documents/web.tsx'
import { homeWeb } from '../../business/home/web.tsx'
import { importsWeb } from '../../business/imports/web.tsx'
import { moneyledgerWeb } from '../../business/moneyledger/web.tsx'
import { partiesWeb } from '../../business/parties/web.tsx'
import { peopleWeb } from '../../business/people/web.tsx'
import { resolutionWeb } from '../../business/resolution/web.tsx'
import type { WebSlice } from '../../platform/web/page.ts'

/** The web doors of the slices, in the order of `src/app/slices.ts`. */
export const webSlices: readonly WebSlice[] = [
  accessWeb,
  auditWeb,
  approvalsWeb,
  documentsWeb,
  partiesWeb,
  peopleWeb,
  resolutionWeb,
  accountsWeb,
  creditWeb,
  moneyledgerWeb,
  alertsWeb,
  importsWeb,
  homeWeb,
]
