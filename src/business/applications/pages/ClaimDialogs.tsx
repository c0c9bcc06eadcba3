import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput, Loaded, yenText } from '../../../ui/index.ts'
import { receivableStateLabels } from '../../receivables/labels.ts'
import { claimsToLink, linkClaim, unlinkClaim } from '../contract.ts'
import { type DialogProps, which } from './dialog-props.ts'
import { ReasonedStep } from './ReasonedStep.tsx'

export function LinkClaim({ application, onClose }: DialogProps) {
  const [receivableId, setReceivableId] = useState<string | null>(null)
  const free = useApi(claimsToLink, { applicationId: application.id })
  const link = useCommand(linkClaim, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="登録済みの債権を紐づけます"
      what="この利用者の、買取前で、ほかの申込に紐づいていない債権から選びます。"
      confirmLabel="紐づける"
      reason="none"
      unfilled={receivableId === null ? '債権を選んでください。' : null}
      running={link.running}
      problem={link.problem}
      onConfirm={() => receivableId && link.run({ ...which(application), receivableId })}
      onClose={onClose}
    >
      <Loaded from={free} rows={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="ui-faint">紐づけられる債権はありません。「債権を登録する」から登録してください。</p>
          ) : (
            <FieldInput
              field={{
                name: 'receivableId',
                type: 'choice',
                label: '債権',
                required: true,
                width: 'full',
                options: rows.map(row => ({
                  value: row.id,
                  label: `${row.receivableNo}　${row.debtorName}　${yenText(row.faceYen)}`,
                  detail: `請求書 ${row.invoiceNo}　支払期日 ${row.dueOn}　${receivableStateLabels[row.state]}`,
                })),
              }}
              value={receivableId}
              onChange={setReceivableId}
            />
          )
        }
      </Loaded>
    </ConfirmAction>
  )
}

export function UnlinkClaim({ application, onClose, receivableId }: DialogProps & { receivableId: string }) {
  const unlink = useCommand(unlinkClaim, { onDone: onClose })
  const claim = application.linked.find(one => one.id === receivableId)
  return (
    <ReasonedStep
      title={`${claim?.receivableNo ?? '債権'}を申込から外します`}
      what="債権そのものは残り、別の申込に紐づけられます。"
      confirmLabel="外す"
      command={unlink}
      onConfirm={reason => unlink.run({ ...which(application), receivableId, reason })}
      onClose={onClose}
    />
  )
}
