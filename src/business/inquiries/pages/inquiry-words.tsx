import { DateTimeText, StatusTag, type Tone } from '../../../ui/index.ts'
import { categoryLabels, priorityLabels } from '../../communications/labels.ts'
import type { InquiryRow } from '../contract.ts'
import { inquiryStateLabels } from '../labels.ts'
import type { InquiryState } from '../rules/states.ts'

const tones: Record<InquiryState, Tone> = {
  new: 'warning',
  triaged: 'warning',
  assigned: 'accent',
  waiting_client: 'waiting',
  waiting_internal: 'waiting',
  answered: 'success',
  reopened: 'warning',
  lapsed: 'neutral',
  closed: 'success',
  converted: 'success',
  spam: 'neutral',
  merged: 'neutral',
}

export function InquiryStateTag({ state }: { state: InquiryState }) {
  return <StatusTag tone={tones[state]} word={inquiryStateLabels[state]} />
}

export function InquiryTags({ row }: { row: Pick<InquiryRow, 'category' | 'priority'> }) {
  return (
    <>
      {row.category === 'complaint' ? (
        <StatusTag tone="warning" word={categoryLabels.complaint} />
      ) : (
        categoryLabels[row.category]
      )}{' '}
      {row.priority !== 'normal' && (
        <StatusTag
          tone={row.priority === 'high' ? 'danger' : 'neutral'}
          word={`優先度 ${priorityLabels[row.priority]}`}
        />
      )}
    </>
  )
}

/** What is due next and when, in words that say whether it is late. */
export function DueText({ row }: { row: InquiryRow }) {
  if (row.resolvedAt !== null)
    return (
      <>
        <DateTimeText at={row.resolvedAt} /> 回答
      </>
    )
  if (row.nextDue === null) return <StatusTag tone="waiting" word="時計停止中" />
  const what = row.firstAnsweredAt === null ? '初回回答' : '解決'
  return (
    <>
      {what} <DateTimeText at={row.nextDue} /> {row.isLate && <StatusTag tone="danger" word="期限超過" />}
    </>
  )
}

export function senderOf(row: Pick<InquiryRow, 'party' | 'sender'>): string {
  return row.party?.name ?? `${row.sender ?? ''}（未登録）`
}
