import { type Problem, UiLink } from '../../../ui/index.ts'

/** Under a refusal for want of room: where an exception is asked for, and why one may be or not. */
export function OverrideHint({ problem, receivableId }: { problem: Problem | null; receivableId: string }) {
  if (!problem?.reasons.some(reason => reason.code.startsWith('limit_must_'))) return null
  return (
    <p style={{ margin: 0 }}>
      <UiLink href={`/receivables/${receivableId}?tab=limits`}>
        枠ごとの空きと、超過承認を申請できるかを見る
      </UiLink>
    </p>
  )
}
