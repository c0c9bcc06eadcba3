import type { WebSlice } from '../../platform/web/page.ts'
import { eventLabels } from './labels.ts'

export { EffectiveDate, PlannedHint } from './pages/EffectiveDate.tsx'
export { PlannedChanges } from './pages/PlannedChanges.tsx'

export const changesWeb: WebSlice = {
  pages: [],
  eventLabels,
  eventFields: { effectiveOn: { label: '変更日' } },
}
