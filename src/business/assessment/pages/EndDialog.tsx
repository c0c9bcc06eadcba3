import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { FieldInput, useSay } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { endCollateral, endGuarantee } from '../contract.ts'
import { EntryDialog } from './EntryDialog.tsx'

interface EndDialogProps {
  what: 'collateral' | 'guarantee'
  id: string
  partyId: string
  /** 「担保 CL-000001」. */
  title: string
  onClose: () => void
}

/** Ends collateral or a guarantee from a day on, with the reason. */
export function EndDialog({ what, id, partyId, title, onClose }: EndDialogProps) {
  const say = useSay()
  const [endedOn, setEndedOn] = useState<string | null>(useToday())
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const onDone = () => {
    say.done(`${title} を解除しました。`)
    onClose()
  }
  const collateral = useCommand(endCollateral, { onDone })
  const guarantee = useCommand(endGuarantee, { onDone })
  return (
    <EntryDialog
      title={`${title} を解除します`}
      what="この日から数えられなくなります。記録と、それまでの期間は残ります。"
      confirmLabel="解除する"
      danger
      reason="required"
      missing={[endedOn === null && '解除日を入力してください。']}
      running={collateral.running || guarantee.running}
      problem={collateral.problem ?? guarantee.problem}
      onConfirm={reason => {
        const ended = { endedOn: endedOn ?? '', reason, evidence: [...evidence] }
        if (what === 'collateral') collateral.run({ collateralId: id, ...ended })
        else guarantee.run({ guaranteeId: id, ...ended })
      }}
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'endedOn', type: 'date', label: '解除日', required: true }}
        value={endedOn}
        onChange={setEndedOn}
      />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="contract"
      />
    </EntryDialog>
  )
}
