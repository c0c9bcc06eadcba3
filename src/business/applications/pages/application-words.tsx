import { DateTimeText, StatusTag, type Tone } from '../../../ui/index.ts'
import type { ApplicationRow } from '../contract.ts'
import { applicationStateLabels, clockLabels, itemStateLabels, quoteStateLabels } from '../labels.ts'
import type { ItemState } from '../rules/checklist.ts'
import type { ApplicationState } from '../rules/states.ts'
import type { QuoteState } from '../tables.ts'

const tones: Record<ApplicationState, Tone> = {
  draft: 'neutral',
  submitted: 'warning',
  docs_pending: 'waiting',
  screening: 'accent',
  in_review: 'accent',
  quoted: 'waiting',
  accepted: 'accent',
  contracting: 'accent',
  ready_to_fund: 'accent',
  funded: 'success',
  closed: 'success',
  abandoned: 'neutral',
  withdrawn: 'neutral',
  expired: 'neutral',
  rejected: 'danger',
  declined: 'neutral',
  cancelled: 'neutral',
}

export function ApplicationStateTag({ state }: { state: ApplicationState }) {
  return <StatusTag tone={tones[state]} word={applicationStateLabels[state]} />
}

const quoteTones: Record<QuoteState, Tone> = {
  offered: 'waiting',
  accepted: 'success',
  declined: 'neutral',
  expired: 'neutral',
  withdrawn: 'neutral',
}

export function QuoteStateTag({ state }: { state: QuoteState }) {
  return <StatusTag tone={quoteTones[state]} word={quoteStateLabels[state]} />
}

const itemTones: Record<ItemState, Tone> = {
  missing: 'warning',
  received: 'success',
  returned: 'danger',
  waived: 'neutral',
}

export function ItemStateTag({ state }: { state: ItemState }) {
  return <StatusTag tone={itemTones[state]} word={itemStateLabels[state]} />
}

/** 540 → 9時間, 75 → 1時間15分; business time. */
export function hoursText(minutes: number): string {
  const size = Math.abs(minutes)
  const [hours, rest] = [Math.floor(size / 60), size % 60]
  return [hours > 0 ? `${hours}時間` : '', rest > 0 || hours === 0 ? `${rest}分` : ''].join('')
}

/** What is due next, when, and how much business time is left. */
export function ClockText({ row }: { row: Pick<ApplicationRow, 'clock'> }) {
  const { clock } = row
  if (clock === null) return null
  if (clock.isPaused)
    return (
      <>
        {clockLabels[clock.what]}　残り{hoursText(clock.minutesLeft)}{' '}
        <StatusTag tone="waiting" word="時計停止中" detail="利用者の書類または回答を待っています。" />
      </>
    )
  return (
    <>
      {clockLabels[clock.what]} <DateTimeText at={clock.dueAt} />{' '}
      {clock.isLate ? (
        <StatusTag tone="danger" word={`${hoursText(clock.minutesLeft)}超過`} />
      ) : (
        <span className="ui-faint ui-nowrap">残り{hoursText(clock.minutesLeft)}</span>
      )}
    </>
  )
}
