import { type ReactNode, useState } from 'react'
import { ConfirmAction, type ConfirmActionProps, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'

interface OwnershipDialogProps
  extends Pick<ConfirmActionProps, 'title' | 'what' | 'confirmLabel' | 'unfilled' | 'onClose'> {
  recordId: string
  command: Pick<ConfirmActionProps, 'running' | 'problem'>
  onConfirm: (change: { reasonText: string; evidence: string[] }) => void
  /** Where the papers are not left to the person who asks. */
  needsEvidence?: boolean
  children?: ReactNode
}

/** Before ties and holdings of a company are recorded or ended: why, and by which papers. */
export function OwnershipDialog({
  recordId,
  command,
  onConfirm,
  needsEvidence = false,
  unfilled = null,
  children,
  ...said
}: OwnershipDialogProps) {
  const [evidence, setEvidence] = useState<readonly string[]>([])
  return (
    <ConfirmAction
      open
      {...said}
      reason="required"
      unfilled={unfilled}
      running={command.running}
      problem={command.problem}
      onConfirm={reasonText => onConfirm({ reasonText, evidence: [...evidence] })}
    >
      {children}
      <EvidenceInput
        required={needsEvidence}
        record={{ kind: 'party', id: recordId }}
        value={evidence}
        onChange={setEvidence}
      />
    </ConfirmAction>
  )
}

interface EndDialogProps extends Omit<OwnershipDialogProps, 'onConfirm' | 'unfilled' | 'children'> {
  endedOn: string | null
  onEndedOn: (day: string | null) => void
  onConfirm: (endedOn: string, change: { reasonText: string; evidence: string[] }) => void
}

/** The same before something ends on a day. */
export function OwnershipEndDialog({ endedOn, onEndedOn, onConfirm, ...said }: EndDialogProps) {
  return (
    <OwnershipDialog
      {...said}
      unfilled={endedOn ? null : '終了日を入力してください。'}
      onConfirm={change => endedOn && onConfirm(endedOn, change)}
    >
      <FieldInput
        field={{ name: 'endedOn', type: 'date', label: '終了日', required: true }}
        value={endedOn}
        onChange={onEndedOn}
      />
    </OwnershipDialog>
  )
}
