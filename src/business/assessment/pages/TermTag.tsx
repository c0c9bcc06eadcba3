import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useToday } from '../../../platform/web/session.ts'
import { StatusTag } from '../../../ui/index.ts'

interface Term {
  validFrom: string
  expiresOn: string | null
  validTo: string | null
  endReason: string | null
}

/** Whether security stands today: to come, in force, about to expire, expired, or ended. */
export function TermTag({ term, noticeDays }: { term: Term; noticeDays: number }) {
  const today = useToday()
  if (term.validTo !== null && term.validTo <= today)
    return <StatusTag tone="neutral" word="終了" detail={`${term.validTo}　${term.endReason ?? ''}`} />
  if (term.validFrom > today) return <StatusTag tone="waiting" word="開始前" />
  if (term.expiresOn !== null && term.expiresOn < today) return <StatusTag tone="danger" word="期限切れ" />
  if (term.expiresOn !== null && term.expiresOn <= addDays(today, noticeDays))
    return <StatusTag tone="warning" word="期限間近" />
  return <StatusTag tone="success" word="有効" />
}
