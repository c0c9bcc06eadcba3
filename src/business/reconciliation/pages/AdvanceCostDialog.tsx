import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { costKindLabels, liableLabels } from '../labels.ts'
import type { CostKind, LiableSide } from '../tables.ts'
import { advanceCost, type TakeBackShown } from '../take-back-contract.ts'

const PAYEES: Record<CostKind, string> = {
  certified_mail: '日本郵便株式会社',
  court_fee: '',
  registration: '',
  lawyer: '',
  other: '',
}

/** 立替費用: what was paid for whoever is liable, with its receipt; a second person decides. */
export function AdvanceCostDialog({
  receivableId,
  shown,
  onClose,
}: {
  receivableId: string
  shown: TakeBackShown
  onClose: () => void
}) {
  const follow = useFollow()
  const [kind, setKind] = useState<CostKind>('certified_mail')
  const [payee, setPayee] = useState(PAYEES.certified_mail)
  const [liable, setLiable] = useState<LiableSide>('client')
  const [yen, setYen] = useState<number | null>(null)
  const [on, setOn] = useState<string | null>(useToday())
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const ask = useCommand(advanceCost, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      title="立替費用の計上を申請します"
      what="当社が支払った費用を、負担する人の債務に加えます。その人からの入金は、費用 → 遅延損害金 → 元本の順に充てます（契約で元本を先とした場合を除く）。領収書を添付してください。"
      confirmLabel="承認を申請する"
      reason="required"
      unfilled={
        payee.trim() === ''
          ? '支払先を入力してください。'
          : yen === null
            ? '金額を入力してください。'
            : on === null
              ? '支払日を入力してください。'
              : null
      }
      running={ask.running}
      problem={ask.problem}
      onConfirm={reasonText =>
        ask.run({
          receivableId,
          costKind: kind,
          liable,
          payee,
          yen: yen ?? 0,
          paidOn: on ?? '',
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'costKind',
          type: 'choice',
          label: '費用の種類',
          required: true,
          options: Object.entries(costKindLabels).map(([value, label]) => ({ value, label })),
        }}
        value={kind}
        onChange={value => {
          setKind(value as CostKind)
          setPayee(PAYEES[value as CostKind])
        }}
      />
      <FieldInput
        field={{ name: 'payee', type: 'text', label: '支払先', required: true, maxLength: 100 }}
        value={payee}
        onChange={value => setPayee(value ?? '')}
      />
      <FieldInput
        field={{
          name: 'liable',
          type: 'choice',
          label: '負担する人',
          required: true,
          options: shown.liable.map(value => ({ value, label: liableLabels[value] })),
        }}
        value={liable}
        onChange={value => setLiable(value as LiableSide)}
      />
      <FieldInput
        field={{ name: 'yen', type: 'yen', label: '金額', required: true }}
        value={yen}
        onChange={setYen}
      />
      <FieldInput
        field={{ name: 'paidOn', type: 'date', label: '支払日', required: true }}
        value={on}
        onChange={setOn}
      />
      <EvidenceInput
        required
        record={{ kind: 'party', id: shown.clientId }}
        value={evidence}
        onChange={setEvidence}
        docKind="other"
      />
    </ConfirmAction>
  )
}
