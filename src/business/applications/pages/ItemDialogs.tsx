import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import type { DocKind } from '../../documents/tables.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { addItem, recordItem, waiveItem } from '../contract.ts'
import { itemKindLabels } from '../labels.ts'
import type { ItemKind } from '../rules/checklist.ts'
import { type DialogProps, which } from './dialog-props.ts'
import { ReasonedStep } from './ReasonedStep.tsx'

const docKinds: Partial<Record<ItemKind, DocKind>> = {
  invoice: 'invoice',
  bank_statement: 'statement',
  identity: 'id',
  deal_evidence: 'order',
  registry: 'registry',
  accounts: 'statement',
  tax_return: 'tax',
  debtor_consent: 'consent',
}

export function AddItem({ application, onClose }: DialogProps) {
  const [kind, setKind] = useState<ItemKind>('deal_evidence')
  const [title, setTitle] = useState('')
  const add = useCommand(addItem, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="書類を追加で求めます"
      what="提出書類の一覧に加えます。揃うまで反社照合・審査へは進めません。"
      confirmLabel="加える"
      reason="optional"
      unfilled={kind === 'other' && title.trim() === '' ? '書類の名称を入力してください。' : null}
      running={add.running}
      problem={add.problem}
      onConfirm={reason =>
        add.run({
          ...which(application),
          kind,
          title: kind === 'other' ? title.trim() || null : null,
          note: reason || null,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'kind',
          type: 'choice',
          label: '書類',
          required: true,
          options: Object.entries(itemKindLabels).map(([value, label]) => ({ value, label })),
        }}
        value={kind}
        onChange={value => value && setKind(value as ItemKind)}
      />
      {kind === 'other' && (
        <FieldInput
          field={{ name: 'title', type: 'text', label: '書類の名称', required: true, maxLength: 100 }}
          value={title}
          onChange={setTitle}
        />
      )}
    </ConfirmAction>
  )
}

interface ItemProps extends DialogProps {
  itemId: string
}

const itemOf = ({ application, itemId }: ItemProps) => application.checklist.find(item => item.id === itemId)

export function Receive(props: ItemProps) {
  const { application, itemId, onClose } = props
  const item = itemOf(props)
  const [documents, setDocuments] = useState<readonly string[]>(item?.document ? [item.document.id] : [])
  const record = useCommand(recordItem, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      title={`${item?.title ?? '書類'}を受領します`}
      what="顧客に登録済みの書類から選ぶか、ファイルを追加します。1つの項目に1つの書類を結び付けます。"
      confirmLabel="受領にする"
      reason="optional"
      unfilled={documents.length === 0 ? '受領した書類を選ぶか、ファイルを追加してください。' : null}
      running={record.running}
      problem={record.problem}
      onConfirm={reason =>
        record.run({
          ...which(application),
          itemId,
          state: 'received',
          documentId: documents.at(-1) ?? null,
          note: reason || null,
        })
      }
      onClose={onClose}
    >
      <EvidenceInput
        record={{ kind: 'party', id: application.client.id }}
        value={documents.slice(-1)}
        onChange={setDocuments}
        docKind={(item && docKinds[item.kind]) ?? 'other'}
      />
    </ConfirmAction>
  )
}

export function GiveBack(props: ItemProps) {
  const { application, itemId, onClose } = props
  const item = itemOf(props)
  const record = useCommand(recordItem, { onDone: onClose })
  return (
    <ReasonedStep
      title={`${item?.title ?? '書類'}を差し戻します`}
      what="不足や誤りを書き、利用者に出し直してもらいます。"
      confirmLabel="差し戻す"
      command={record}
      onConfirm={reason =>
        record.run({
          ...which(application),
          itemId,
          state: 'returned',
          documentId: item?.document?.id ?? null,
          note: reason,
        })
      }
      onClose={onClose}
    />
  )
}

export function Waive(props: ItemProps) {
  const { application, itemId, onClose } = props
  const waive = useCommand(waiveItem, { onDone: onClose })
  return (
    <ReasonedStep
      title={`${itemOf(props)?.title ?? '書類'}を免除します`}
      what="この書類なしで審査します。誰がなぜ免除したかが残ります。本人確認の手続きは免除されません。"
      confirmLabel="免除する"
      command={waive}
      onConfirm={reason => waive.run({ ...which(application), itemId, reason })}
      onClose={onClose}
    />
  )
}
