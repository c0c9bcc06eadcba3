import { stepLabels } from '../labels.ts'
import type { ApplicationState } from '../rules/states.ts'

/** Which permission a step takes; the same as its command. */
export function permissionOf(to: ApplicationState): string {
  if (['docs_pending', 'screening', 'in_review', 'rejected', 'quoted'].includes(to))
    return 'applications.review'
  return ['contracting', 'ready_to_fund', 'cancelled', 'closed'].includes(to)
    ? 'applications.contract'
    : 'applications.handle'
}

/** The step one hopes for from each state. */
export function mainStep(state: ApplicationState): ApplicationState | null {
  const way: Partial<Record<ApplicationState, ApplicationState>> = {
    draft: 'submitted',
    submitted: 'screening',
    docs_pending: 'screening',
    screening: 'in_review',
    in_review: 'quoted',
    quoted: 'accepted',
    accepted: 'contracting',
    contracting: 'ready_to_fund',
    funded: 'closed',
  }
  return way[state] ?? null
}

/** The same step has another word where it goes back. */
export function labelOf(from: ApplicationState, to: ApplicationState): string {
  if (from === 'quoted' && to === 'in_review') return '見積を撤回して審査に戻す'
  if (from === 'contracting' && to === 'quoted') return '見積を出し直す'
  if (from === 'ready_to_fund' && to === 'contracting') return '契約手続きに戻す'
  return stepLabels[to]
}
