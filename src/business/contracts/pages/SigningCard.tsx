import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  FieldInput,
  inputOf,
  KeyValue,
  Loaded,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { peopleOfParty } from '../../people/contract.ts'
import type { ContractShown } from '../contract.ts'
import { signingFields as fields } from '../fields.ts'
import { renewalLabels } from '../labels.ts'
import { openSigning, recordSigning, type SigningShown } from '../signing-contract.ts'

/** How the contract was signed and how it goes on; corrected with a reason. */
export function SigningCard({ contract }: { contract: ContractShown }) {
  const whyNot = useWhyNot()
  const shown = useApi(openSigning, { contractId: contract.id })
  const [editing, setEditing] = useState(false)
  const notSigned = contract.signedOn === null ? '締結された契約だけに記録できます。' : null
  return (
    <Card
      title="締結の記録"
      actions={
        shown.state === 'ready' && (
          <ActionButton
            disabledReason={whyNot('contracts.draft') ?? notSigned}
            onClick={() => setEditing(true)}
          >
            {shown.value.rowVersion === 0 ? '記録する' : '訂正する'}
          </ActionButton>
        )
      }
    >
      <Loaded from={shown} rows={4}>
        {value => (
          <>
            <KeyValue items={itemsOf(contract, value)} />
            {editing && <SigningDialog contract={contract} said={value} onClose={() => setEditing(false)} />}
          </>
        )}
      </Loaded>
    </Card>
  )
}

function itemsOf(contract: ContractShown, said: SigningShown) {
  const yesNo = (value: boolean | null) => (value === null ? '未確認' : value ? 'はい' : 'いいえ')
  const isPaper = contract.signMethod === 'paper'
  const line = (name: keyof typeof fields, value: React.ReactNode) => ({
    key: name,
    label: fields[name].label.ja,
    value: value ?? '—',
  })
  return [
    {
      key: 'signedOn',
      label: '締結日',
      value: contract.signedOn ? <DateText date={contract.signedOn} /> : '未締結',
      ...(contract.signMethod ? { note: isPaper ? '書面' : '電子契約' } : {}),
    },
    line('signerId', said.signer && <UiLink href={`/people/${said.signer.id}`}>{said.signer.name}</UiLink>),
    line('signatureValid', yesNo(said.signatureValid)),
    ...(isPaper
      ? [
          line('stampDutyYen', said.stampDutyYen === null ? null : yenText(said.stampDutyYen)),
          line('stampCancelled', yesNo(said.stampCancelled)),
        ]
      : [line('signProvider', said.signProvider), line('envelopeNo', said.envelopeNo)]),
    line('renewal', said.renewal && renewalLabels[said.renewal]),
    {
      ...line('noticeDays', said.noticeDays === null ? null : `${said.noticeDays}日前`),
      ...(said.noticeBy
        ? {
            note: (
              <>
                申し出の期限 <DateText date={said.noticeBy} />
              </>
            ),
          }
        : {}),
    },
    line('antisocialClauseVersion', said.antisocialClauseVersion),
  ]
}

const boolOf = (value: string | null) => (value === null ? null : value === 'yes')
const wordOf = (value: boolean | null) => (value === null ? null : value ? 'yes' : 'no')

function SigningDialog({
  contract,
  said,
  onClose,
}: {
  contract: ContractShown
  said: SigningShown
  onClose: () => void
}) {
  const [typed, setTyped] = useState({ ...said, signerId: said.signer?.id ?? null })
  const people = useApi(peopleOfParty, { partyId: contract.partyId })
  const record = useCommand(recordSigning, { onDone: onClose })
  const isNew = said.rowVersion === 0
  const isPaper = contract.signMethod === 'paper'
  const set = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part })
  const options = people.state === 'ready' ? people.value.people : []
  const signers = [...new Map(options.map(one => [one.personId, one.name])).entries()]
  return (
    <ConfirmAction
      open
      wide
      title={isNew ? '締結の記録を登録します' : '締結の記録を訂正します'}
      what="契約書の原本または電子契約サービスの記録のとおりに入力します。前後の値は履歴に残ります。"
      confirmLabel={isNew ? '登録する' : '訂正する'}
      reason={isNew ? 'none' : 'required'}
      running={record.running}
      problem={record.problem}
      onConfirm={reason =>
        record.run({
          contractId: contract.id,
          rowVersion: said.rowVersion,
          signerId: typed.signerId,
          signProvider: isPaper ? null : typed.signProvider || null,
          envelopeNo: isPaper ? null : typed.envelopeNo || null,
          signatureValid: typed.signatureValid,
          stampDutyYen: isPaper ? typed.stampDutyYen : null,
          stampCancelled: isPaper ? typed.stampCancelled : null,
          renewal: typed.renewal,
          noticeDays: typed.noticeDays,
          antisocialClauseVersion: typed.antisocialClauseVersion || null,
          reason,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'signerId',
          type: 'choice',
          label: fields.signerId.label.ja,
          help: fields.signerId.help,
          options: signers.map(([value, label]) => ({ value, label })),
        }}
        value={typed.signerId}
        onChange={(signerId: string | null) => set({ signerId })}
      />
      <FieldInput
        field={inputOf(fields.signatureValid)}
        value={wordOf(typed.signatureValid)}
        onChange={(value: string | null) => set({ signatureValid: boolOf(value) })}
      />
      {isPaper ? (
        <>
          <FieldInput
            field={inputOf(fields.stampDutyYen)}
            value={typed.stampDutyYen}
            onChange={(stampDutyYen: number | null) => set({ stampDutyYen })}
          />
          <FieldInput
            field={inputOf(fields.stampCancelled)}
            value={wordOf(typed.stampCancelled)}
            onChange={(value: string | null) => set({ stampCancelled: boolOf(value) })}
          />
        </>
      ) : (
        (['signProvider', 'envelopeNo'] as const).map(name => (
          <FieldInput
            key={name}
            field={inputOf(fields[name])}
            value={typed[name] ?? ''}
            onChange={(value: string | null) => set({ [name]: value })}
          />
        ))
      )}
      <FieldInput
        field={inputOf(fields.renewal)}
        value={typed.renewal}
        onChange={(renewal: string | null) => set({ renewal: renewal as SigningShown['renewal'] })}
      />
      <FieldInput
        field={inputOf(fields.noticeDays, { unit: '日前' })}
        value={typed.noticeDays}
        onChange={(noticeDays: number | null) => set({ noticeDays })}
      />
      <FieldInput
        field={inputOf(fields.antisocialClauseVersion)}
        value={typed.antisocialClauseVersion ?? ''}
        onChange={(antisocialClauseVersion: string | null) => set({ antisocialClauseVersion })}
      />
    </ConfirmAction>
  )
}
