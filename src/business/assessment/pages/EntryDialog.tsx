import { type ReactNode, useState } from 'react'
import { ConfirmAction, type Problem } from '../../../ui/index.ts'

interface EntryDialogProps {
  title: string
  what: ReactNode
  confirmLabel: string
  danger?: boolean
  /** Whether a reason is asked; the dialog hands it on. */
  reason?: 'required' | 'none'
  /** What must still be filled in, in words; said when somebody tries. */
  missing: readonly (string | false | null)[]
  running: boolean
  problem: Problem | null
  onConfirm: (reason: string) => void
  onClose: () => void
  children: ReactNode
}

/** A dialog with fields of its own: what is missing is said at once, in the same place as what the server refuses. */
export function EntryDialog({
  missing,
  reason = 'none',
  problem,
  onConfirm,
  children,
  ...rest
}: EntryDialogProps) {
  const [tried, setTried] = useState(false)
  const open = missing.filter(one => typeof one === 'string')
  const said: Problem | null =
    tried && open.length > 0
      ? {
          kind: 'invalid',
          title: '入力が足りません',
          reasons: open.map(sentence => ({ code: sentence, sentence, field: null })),
          requestId: null,
        }
      : problem
  return (
    <ConfirmAction
      open
      wide
      {...rest}
      reason={reason}
      problem={said}
      onConfirm={text => {
        setTried(true)
        if (open.length === 0) onConfirm(text)
      }}
    >
      <div className="ui-form-grid">{children}</div>
    </ConfirmAction>
  )
}
