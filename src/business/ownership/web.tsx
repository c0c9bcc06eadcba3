import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels, exclusionGroundLabels, sourceLabels, tieLabels } from './labels.ts'
import { ownershipPast } from './past.ts'

export { HoldersCard } from './pages/HoldersCard.tsx'
export { OwnersCard } from './pages/OwnersCard.tsx'
export { OwnershipPicture } from './pages/OwnershipPicture.tsx'
export { TiesCard } from './pages/TiesCard.tsx'
export { UnableCard } from './pages/UnableCard.tsx'

export const ownershipWeb: WebSlice = {
  pages: [
    {
      path: '/parties/$partyId/shares/new',
      permission: 'people.change',
      component: lazy(() => import('./pages/RecordHoldingPage.tsx')),
    },
  ],
  past: ownershipPast,
  eventLabels,
  eventFields: {
    share: { label: '持分' },
    source: { label: '出所', choices: sourceLabels },
    ground: { label: '理由の区分', choices: exclusionGroundLabels },
    relation: { label: '関係', choices: tieLabels },
  },
}
