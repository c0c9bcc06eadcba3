import type { Standing } from './contract.ts'
import { stateLabels } from './labels.ts'

/** How a subject stands today: the case's state, or that there is none or it has run out. */
export const standingWords: Record<Standing, string> = {
  ...stateLabels,
  unscreened: '未照合',
  stale: '再照合の期日超過',
  conditions_over: '条件の期限超過',
}
