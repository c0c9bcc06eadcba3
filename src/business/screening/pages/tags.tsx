import { StatusTag, type Tone } from '../../../ui/index.ts'
import type { Standing } from '../contract.ts'
import { judgementLabels, stateLabels } from '../labels.ts'
import type { CaseState, Judgement } from '../tables.ts'

const stateTones: Record<CaseState, Tone> = {
  hit_review: 'warning',
  cleared: 'success',
  conditional: 'accent',
  escalated: 'waiting',
  rejected: 'danger',
}

export function CaseStateTag({ state }: { state: CaseState }) {
  return <StatusTag tone={stateTones[state]} word={stateLabels[state]} />
}

/** How a subject stands today: the case's state, or that there is none or it has run out. */
export function StandingTag({ standing }: { standing: Standing }) {
  if (standing === 'unscreened') return <StatusTag tone="warning" word="未照合" />
  if (standing === 'stale') return <StatusTag tone="danger" word="再照合の期日超過" />
  if (standing === 'conditions_over') return <StatusTag tone="danger" word="条件の期限超過" />
  return <CaseStateTag state={standing} />
}

const judgementTones: Record<Judgement, Tone> = { same: 'danger', different: 'success', unclear: 'warning' }

export function JudgementTag({ judgement }: { judgement: Judgement | null }) {
  if (judgement === null) return <StatusTag tone="waiting" word="未判断" />
  return <StatusTag tone={judgementTones[judgement]} word={judgementLabels[judgement]} />
}
