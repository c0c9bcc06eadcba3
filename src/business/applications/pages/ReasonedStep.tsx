import { ConfirmAction, type Problem } from '../../../ui/index.ts'

interface ReasonedStepProps {
  title: string
  what: string
  confirmLabel: string
  danger?: boolean
  /** Left out: the reason must be given. */
  reason?: 'required' | 'optional' | 'none'
  command: { running: boolean; problem: Problem | null }
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** An act on an application which asks for a reason and nothing else. */
export function ReasonedStep({ command, reason = 'required', ...props }: ReasonedStepProps) {
  return <ConfirmAction open reason={reason} running={command.running} problem={command.problem} {...props} />
}
