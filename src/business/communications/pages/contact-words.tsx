import { DateText, DateTimeText, StatusTag, Yen } from '../../../ui/index.ts'
import type { CommunicationRow } from '../contract.ts'
import { categoryLabels, channelLabels, directionLabels } from '../labels.ts'

/** When it was: only the day where an old ledger knew no more. */
export function ContactTime({ row }: { row: Pick<CommunicationRow, 'occurredAt' | 'timeKnown'> }) {
  if (row.timeKnown) return <DateTimeText at={row.occurredAt} />
  return <DateText date={dayOf(row.occurredAt)} />
}

const TOKYO_OFFSET_MS = 9 * 3_600_000

/** The day and the minute in Tokyo of an instant, as the form writes them. */
export function dayOf(at: string | Date): string {
  return new Date(new Date(at).getTime() + TOKYO_OFFSET_MS).toISOString().slice(0, 10)
}

export function timeOf(at: string | Date): string {
  return new Date(new Date(at).getTime() + TOKYO_OFFSET_MS).toISOString().slice(11, 16)
}

/** A typed time as HH:MM: 14:30, 1430, 14時30分, 9; null when it is none. */
export function readTime(typed: string): string | null {
  const plain = typed.normalize('NFKC').trim()
  const found = /^(\d{1,2})(?:[:時](\d{1,2})?分?)?$/u.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain)
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)]
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** 「電話 発信」, and 不在 where nobody was reached. */
export function ChannelText({ row }: { row: Pick<CommunicationRow, 'channel' | 'direction' | 'reached'> }) {
  return (
    <>
      {channelLabels[row.channel]} {directionLabels[row.direction]}{' '}
      {row.reached === false && <StatusTag tone="neutral" word="不在・未達" />}
    </>
  )
}

export function CategoryTag({ row }: { row: Pick<CommunicationRow, 'category'> }) {
  const word = categoryLabels[row.category]
  return row.category === 'complaint' ? <StatusTag tone="warning" word={word} /> : <span>{word}</span>
}

/** What must not be overlooked: a rule that was broken, words for compliance alone, high priority. */
export function ContactMarks({ row }: { row: CommunicationRow }) {
  return (
    <>
      {row.policyCheck === 'blocked' && (
        <StatusTag tone="danger" word="規則に反する" detail={row.policyRules.join(' ')} />
      )}{' '}
      {row.disclosureScope === 'compliance_only' && (
        <StatusTag tone="accent" word="コンプライアンスのみ" detail="ほかの部署には表示されません。" />
      )}{' '}
      {row.priority === 'high' && <StatusTag tone="warning" word="優先度 高" />}
    </>
  )
}

export function PromiseOutcome({ outcome }: { outcome: 'kept' | 'broken' | null }) {
  if (outcome === null) return <StatusTag tone="waiting" word="期日前・未判断" />
  return outcome === 'kept' ? (
    <StatusTag tone="success" word="履行" />
  ) : (
    <StatusTag tone="danger" word="不履行" />
  )
}

export function PromiseText({ promise }: { promise: NonNullable<CommunicationRow['promise']> }) {
  return (
    <>
      約束：
      <DateText date={promise.dueOn} /> までに <Yen value={promise.amountYen} />{' '}
      <PromiseOutcome outcome={promise.outcome} />
    </>
  )
}
