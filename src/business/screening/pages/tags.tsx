import { StatusTag, type Tone } from '../../../ui/index.ts'
import type { Standing } from '../contract.ts'
import { judgementLabels, stateLabels } from '../labels.ts'
import { standingWords } from '../standing-words.ts'
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

const standingTones: Record<Standing, Tone> = {
  ...stateTones,
  unscreened: 'warning',
  stale: 'danger',
  conditions_over: 'danger',
}

/** How a subject stands today: the case's state, or that there is none or it has run out. */
export function StandingTag({ standing }: { standing: Standing }) {
  return <StatusTag tone={standingTones[standing]} word={standingWords[standing]} />
}

const judgementTones: Record<Judgement, Tone> = { same: 'danger', different: 'success', unclear: 'warning' }

export function JudgementTag({ judgement }: { judgement: Judgement | null }) {
  if (judgement === null) return <StatusTag tone="waiting" word="未判断" />
  return <StatusTag tone={judgementTones[judgement]} word={judgementLabels[judgement]} />
}
