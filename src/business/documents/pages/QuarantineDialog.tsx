import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import type { DocumentShown } from '../contract.ts'
import { endQuarantine } from '../readings/contract.ts'

const because = [
  { value: 'masked', label: '番号を隠した新しい版を登録した（元の版は閉じたままにする）' },
  { value: 'no_number', label: 'マイナンバーではなかった（すべての版を開く）' },
]

export function QuarantineDialog({ document, onClose }: { document: DocumentShown; onClose: () => void }) {
  const [why, setWhy] = useState<string | null>('masked')
  const end = useCommand(endQuarantine, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="隔離を解きます"
      what="書類を開いて、番号の有無を確かめてから解いてください。"
      confirmLabel="隔離を解く"
      reason="required"
      running={end.running}
      problem={end.problem}
      onConfirm={reason =>
        end.run({ documentId: document.id, because: why === 'no_number' ? 'no_number' : 'masked', reason })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'because', type: 'choice', label: '解く理由', required: true, options: because }}
        value={why}
        onChange={setWhy}
      />
    </ConfirmAction>
  )
}
