import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, inputOf } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { addSeenDocument, type KycCase } from '../contract.ts'
import { documentFields as fields } from '../fields.ts'
import { documentKindLabels } from '../labels.ts'
import { type DocumentKind, MUST_BE_MASKED, TWO_SIDED } from '../rules.ts'
import type { DocumentSide } from '../tables.ts'
import { options } from './CaseInputs.tsx'
import { PersonChoice } from './PersonChoice.tsx'

/** Records a document that was seen, with the copy that was kept of it. */
export function DocumentDialog({
  row,
  partyId,
  onClose,
}: {
  row: KycCase
  partyId: string
  onClose: () => void
}) {
  const today = useToday()
  const [kind, setKind] = useState<string | null>(null)
  const [personId, setPerson] = useState<string | null>(null)
  const [issuer, setIssuer] = useState('')
  const [number, setNumber] = useState('')
  const [days, setDays] = useState<Record<'issuedOn' | 'expiresOn' | 'seenOn', string | null>>({
    issuedOn: null,
    expiresOn: null,
    seenOn: today,
  })
  const [side, setSide] = useState<string | null>(null)
  const [masked, setMasked] = useState(false)
  const [files, setFiles] = useState<readonly string[]>([])
  const add = useCommand(addSeenDocument, { onDone: onClose })
  const chosen = kind as DocumentKind | null
  const twoSided = chosen !== null && TWO_SIDED.includes(chosen)
  const needsMask = chosen !== null && MUST_BE_MASKED.includes(chosen)
  const day = (name: keyof typeof days, label: string, required = false) => (
    <FieldInput
      field={{ name, type: 'date', label, required }}
      value={days[name]}
      onChange={value => setDays({ ...days, [name]: value })}
    />
  )
  return (
    <ConfirmAction
      open
      wide
      title="確認した書類を記録します"
      what="番号は暗号化し、下4桁だけを表示します。マイナンバーは入力しないでください（保存を拒否します）。"
      confirmLabel="記録する"
      reason="none"
      unfilled={
        kind === null
          ? '書類を選んでください。'
          : files.length > 1
            ? '写しのファイルは、書類1件に1つです。'
            : null
      }
      running={add.running}
      problem={add.problem}
      onConfirm={() =>
        add.run({
          caseId: row.id,
          kind: kind as DocumentKind,
          personId,
          issuer: issuer || null,
          number: number || null,
          issuedOn: days.issuedOn,
          expiresOn: days.expiresOn,
          seenOn: days.seenOn ?? '',
          side: twoSided ? (side as DocumentSide | null) : null,
          masked,
          documentId: files[0] ?? null,
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
          options: options(documentKindLabels),
        }}
        value={kind}
        onChange={setKind}
      />
      <PersonChoice partyId={partyId} value={personId} onChange={setPerson} />
      <FieldInput field={inputOf(fields.issuer)} value={issuer} onChange={setIssuer} />
      <FieldInput field={{ ...inputOf(fields.number), type: 'code' }} value={number} onChange={setNumber} />
      {day('issuedOn', '発行日')}
      {day('expiresOn', '有効期限')}
      {day('seenOn', '確認日', true)}
      {twoSided && (
        <FieldInput
          field={
            chosen === 'my_number_card_front'
              ? { ...inputOf(fields.side), options: options({ front: '表面' }) }
              : inputOf(fields.side)
          }
          value={side}
          onChange={setSide}
        />
      )}
      <FieldInput
        field={inputOf(fields.masked, { required: needsMask && files.length > 0 })}
        value={masked}
        onChange={value => setMasked(value === true)}
      />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={files}
        onChange={setFiles}
        docKind={kind === 'registry' ? 'registry' : 'id'}
      />
    </ConfirmAction>
  )
}
