import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, inputOf } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { type KycCase, recordElectronicCheck } from '../contract.ts'
import { electronicFields as fields } from '../fields.ts'
import { methodLabels } from '../labels.ts'
import { type ElectronicPart, methods } from '../rules.ts'
import type { IcReadResult, Liveness } from '../tables.ts'
import { PersonChoice } from './PersonChoice.tsx'

const boolOf = (value: string | null) => (value === null ? null : value === 'yes')
const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/

/** Records what a chip, a signature, a selfie or a bank said; only the parts of the method are asked. */
export function ElectronicDialog({
  row,
  partyId,
  onClose,
}: {
  row: KycCase
  partyId: string
  onClose: () => void
}) {
  const today = useToday()
  const [personId, setPerson] = useState<string | null>(null)
  const [provider, setProvider] = useState('')
  const [checkedOn, setCheckedOn] = useState<string | null>(today)
  const [ic, setIc] = useState<string | null>(null)
  const [signature, setSignature] = useState<string | null>(null)
  const [revokedOn, setRevokedOn] = useState<string | null>(null)
  const [revokedAt, setRevokedAt] = useState('')
  const [score, setScore] = useState<number | null>(null)
  const [liveness, setLiveness] = useState<string | null>(null)
  const [bank, setBank] = useState<string | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const record = useCommand(recordElectronicCheck, { onDone: onClose })
  const asks = (part: ElectronicPart) => methods[row.methodCode].electronic.some(one => one.part === part)
  const time = revokedAt.normalize('NFKC').trim()
  const timeProblem =
    asks('revocation') && revokedOn !== null && !TIME.test(time)
      ? '失効確認の時刻は 14:30 の形で入力してください。'
      : null
  return (
    <ConfirmAction
      open
      wide
      title="電子的な確認を記録します"
      what={`「${methodLabels[row.methodCode]}」に必要な項目です。記録は消せません。やり直した結果を記録すると、新しいものが有効になります。`}
      confirmLabel="記録する"
      reason="none"
      unfilled={timeProblem}
      running={record.running}
      problem={record.problem}
      onConfirm={() =>
        record.run({
          caseId: row.id,
          personId,
          checkedOn: checkedOn ?? '',
          provider: provider || null,
          icReadResult: ic as IcReadResult | null,
          signatureValid: boolOf(signature),
          revocationCheckedAt: revokedOn ? `${revokedOn}T${time.padStart(5, '0')}:00+09:00` : null,
          faceMatchScore: score,
          liveness: liveness as Liveness | null,
          bankConfirmed: boolOf(bank),
          evidence: [...evidence],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={inputOf(fields.checkedOn, { required: true })}
        value={checkedOn}
        onChange={setCheckedOn}
      />
      <FieldInput field={inputOf(fields.provider)} value={provider} onChange={setProvider} />
      {asks('ic') && <FieldInput field={inputOf(fields.icReadResult)} value={ic} onChange={setIc} />}
      {asks('signature') && (
        <FieldInput field={inputOf(fields.signatureValid)} value={signature} onChange={setSignature} />
      )}
      {asks('revocation') && (
        <>
          <FieldInput
            field={{ ...inputOf(fields.revocationCheckedAt), label: '失効確認の日' }}
            value={revokedOn}
            onChange={setRevokedOn}
          />
          <FieldInput
            field={{ name: 'revocationTime', type: 'text', label: '失効確認の時刻', example: '14:30' }}
            value={revokedAt}
            onChange={setRevokedAt}
          />
        </>
      )}
      {asks('face') && (
        <FieldInput field={inputOf(fields.faceMatchScore)} value={score} onChange={setScore} />
      )}
      {asks('liveness') && (
        <FieldInput field={inputOf(fields.liveness)} value={liveness} onChange={setLiveness} />
      )}
      {asks('bank') && <FieldInput field={inputOf(fields.bankConfirmed)} value={bank} onChange={setBank} />}
      <PersonChoice partyId={partyId} value={personId} onChange={setPerson} />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="id"
      />
    </ConfirmAction>
  )
}
