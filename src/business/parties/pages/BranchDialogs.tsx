import { useState } from 'react'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput, useSay } from '../../../ui/index.ts'
import { branchKindLabels, issuerLabels } from '../labels.ts'
import {
  addBranch,
  type Branch,
  changeBranch,
  closeBranch,
  endIdentifier,
  type Identifier,
  recordIdentifier,
} from '../places-contract.ts'
import type { BranchKind, IdentifierIssuer } from '../tables.ts'

export type PlaceDialog =
  | { kind: 'addBranch' }
  | { kind: 'changeBranch'; branch: Branch }
  | { kind: 'closeBranch'; branch: Branch }
  | { kind: 'recordCode' }
  | { kind: 'endCode'; code: Identifier }

interface DialogProps {
  partyId: string
  onClose: () => void
}

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const reasonOf = (reasonText: string) => ({
  reasonCode: 'customer_request' as const,
  reasonText,
  evidence: [],
})

export function BranchDialogs({ dialog, ...rest }: DialogProps & { dialog: PlaceDialog }) {
  switch (dialog.kind) {
    case 'addBranch':
      return <BranchForm branch={null} {...rest} />
    case 'changeBranch':
      return <BranchForm branch={dialog.branch} {...rest} />
    case 'closeBranch':
      return <EndDialog branch={dialog.branch} {...rest} />
    case 'recordCode':
      return <CodeForm {...rest} />
    case 'endCode':
      return <EndDialog code={dialog.code} {...rest} />
  }
}

function BranchForm({ branch, partyId, onClose }: DialogProps & { branch: Branch | null }) {
  const say = useSay()
  const [typed, setTyped] = useState({
    kind: (branch?.kind ?? 'branch') as BranchKind,
    name: branch?.name ?? '',
    nameKana: branch?.nameKana ?? '',
    postalCode: branch?.postalCode ?? '',
    address: branch?.address ?? '',
    phone: branch?.phone ?? '',
  })
  const [day, setDay] = useState<string | null>(branch ? todayInTokyo(new Date()) : null)
  const set = (part: Partial<typeof typed>) => setTyped(last => ({ ...last, ...part }))
  const onDone = () => {
    say.done(branch ? '支店・営業所を変更しました。' : '支店・営業所を登録しました。')
    onClose()
  }
  const add = useCommand(addBranch, { onDone })
  const change = useCommand(changeBranch, { onDone })
  const items = {
    kind: typed.kind,
    name: typed.name,
    nameKana: typed.nameKana || null,
    postalCode: typed.postalCode || null,
    address: typed.address || null,
    phone: typed.phone || null,
  }
  return (
    <ConfirmAction
      open
      title={branch ? `「${branch.name}」を変更します` : '支店・営業所を登録します'}
      what={
        branch
          ? '変更前の名称・所在地は、いつまでのものかとともに残ります。'
          : '会社名は付けずに、支店・営業所の名前だけを入力します。別の会社は顧客として登録してください。'
      }
      confirmLabel={branch ? '変更する' : '登録する'}
      reason={branch ? 'required' : 'none'}
      running={add.running || change.running}
      problem={add.problem ?? change.problem}
      onConfirm={reason =>
        branch
          ? change.run({
              branchId: branch.id,
              rowVersion: branch.rowVersion,
              ...items,
              effectiveOn: day ?? todayInTokyo(new Date()),
              change: reasonOf(reason),
            })
          : add.run({ partyId, ...items, validFrom: day })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'kind',
          type: 'choice',
          label: '種類',
          width: 'full',
          options: options(branchKindLabels),
        }}
        value={typed.kind}
        onChange={kind => set({ kind: (kind ?? 'branch') as BranchKind })}
      />
      <FieldInput
        field={{
          name: 'name',
          type: 'text',
          label: '名称',
          required: true,
          maxLength: 150,
          example: '大阪支店',
          width: 'full',
        }}
        value={typed.name}
        onChange={name => set({ name })}
      />
      <FieldInput
        field={{
          name: 'nameKana',
          type: 'kana',
          label: 'フリガナ',
          maxLength: 150,
          width: 'full',
          kana: 'full',
        }}
        value={typed.nameKana}
        onChange={nameKana => set({ nameKana })}
      />
      <FieldInput
        field={{ name: 'postalCode', type: 'postal', label: '郵便番号', example: '530-0001' }}
        value={typed.postalCode}
        onChange={postalCode => set({ postalCode })}
      />
      <FieldInput
        field={{ name: 'address', type: 'text', label: '所在地', maxLength: 300, width: 'full' }}
        value={typed.address}
        onChange={address => set({ address })}
      />
      <FieldInput
        field={{ name: 'phone', type: 'phone', label: '電話', example: '06-6345-1234' }}
        value={typed.phone}
        onChange={phone => set({ phone })}
      />
      <FieldInput
        field={{ name: 'day', type: 'date', label: branch ? '変更日（いつから）' : '開設日（分かる場合）' }}
        value={day}
        onChange={setDay}
      />
    </ConfirmAction>
  )
}

function CodeForm({ partyId, onClose }: DialogProps) {
  const say = useSay()
  const [issuer, setIssuer] = useState<IdentifierIssuer>('tdb')
  const [issuerName, setIssuerName] = useState('')
  const [value, setValue] = useState('')
  const [validFrom, setValidFrom] = useState<string | null>(null)
  const run = useCommand(recordIdentifier, {
    onDone: () => {
      say.done('外部コードを記録しました。')
      onClose()
    },
  })
  return (
    <ConfirmAction
      open
      title="外部コードを記録します"
      what="同じ発行元のコードがある場合、そのコードは前日で終了し、履歴に残ります。"
      confirmLabel="記録する"
      reason="none"
      running={run.running}
      problem={run.problem}
      onConfirm={() => run.run({ partyId, issuer, issuerName: issuerName || null, value, validFrom })}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'issuer',
          type: 'choice',
          label: '発行元',
          width: 'full',
          options: options(issuerLabels),
        }}
        value={issuer}
        onChange={next => setIssuer((next ?? 'tdb') as IdentifierIssuer)}
      />
      {issuer === 'other' && (
        <FieldInput
          field={{ name: 'issuerName', type: 'text', label: '発行元の名前', required: true, maxLength: 50 }}
          value={issuerName}
          onChange={setIssuerName}
        />
      )}
      <FieldInput
        field={{
          name: 'value',
          type: 'code',
          label: 'コード',
          required: true,
          maxLength: 40,
          example: '581234567',
        }}
        value={value}
        onChange={setValue}
      />
      <FieldInput
        field={{ name: 'validFrom', type: 'date', label: '開始日（分かる場合）' }}
        value={validFrom}
        onChange={setValidFrom}
      />
    </ConfirmAction>
  )
}

/** Closes a branch or ends a code, on a day and for a reason. */
function EndDialog({ branch, code, onClose }: DialogProps & { branch?: Branch; code?: Identifier }) {
  const say = useSay()
  const [day, setDay] = useState<string | null>(() => todayInTokyo(new Date()))
  const onDone = () => {
    say.done(branch ? '閉鎖を記録しました。' : '終了を記録しました。')
    onClose()
  }
  const close = useCommand(closeBranch, { onDone })
  const end = useCommand(endIdentifier, { onDone })
  return (
    <ConfirmAction
      open
      title={branch ? `「${branch.name}」の閉鎖を記録します` : `コード「${code?.value}」の終了を記録します`}
      what="記録は残り、これからもその名前や番号で会社が見つかります。"
      confirmLabel="記録する"
      reason="required"
      running={close.running || end.running}
      problem={close.problem ?? end.problem}
      onConfirm={reason => {
        const change = reasonOf(reason)
        if (branch)
          close.run({ branchId: branch.id, rowVersion: branch.rowVersion, closedOn: day ?? '', change })
        else if (code)
          end.run({ identifierId: code.id, rowVersion: code.rowVersion, endsOn: day ?? '', change })
      }}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: branch ? 'closedOn' : 'endsOn',
          type: 'date',
          label: branch ? '閉鎖日（この日から営業なし）' : '最後に有効だった日',
          required: true,
        }}
        value={day}
        onChange={setDay}
      />
    </ConfirmAction>
  )
}
