import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput, Notice, tokyoMinute } from '../../../ui/index.ts'
import type { ClaimNature } from '../../access/contract.ts'
import { claimNatureLabels } from '../../access/labels.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { claimTypesOffered, recordRegistration } from '../registration-contract.ts'
import type { DialogProps } from './ReceivableDialogs.tsx'

const natures = Object.entries(claimNatureLabels).map(([value, label]) => ({ value, label }))

/** The certificate tells number, time, term and claim type; the type is compared with the legal nature of the claim. */
export function RegistrationDialog({ receivable, onClose, noticeId }: DialogProps & { noticeId: string }) {
  const stood = receivable.notices.find(notice => notice.id === noticeId)?.registration ?? null
  const [registrationNo, setNo] = useState(stood?.registrationNo ?? '')
  const [at, setAt] = useState(stood ? tokyoMinute(stood.registeredAt) : '')
  const [expiresOn, setExpires] = useState<string | null>(stood?.expiresOn ?? null)
  const [claimTypeCode, setCode] = useState(stood?.claimTypeCode ?? '')
  const [claimNature, setNature] = useState<string | null>(stood?.claimNature ?? null)
  const [natureChecked, setChecked] = useState(false)
  const offered = useApi(claimTypesOffered, {})
  const types = offered.state === 'ready' ? offered.value.types : []
  const mismatch =
    claimNature !== null && types.some(one => one.code === claimTypeCode && one.nature !== claimNature)
  const [certificate, setCertificate] = useState<readonly string[]>(stood ? [stood.certificateId] : [])
  const command = useCommand(recordRegistration, { onDone: onClose })
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(at.trim())
  const unfilled =
    registrationNo.trim() === ''
      ? '登記番号を入力してください。'
      : !found
        ? '「登記の日時」を 2026-11-20 10:15 の形で入力してください。'
        : expiresOn === null
          ? '存続期間の満了日を入力してください。'
          : claimNature === null
            ? '債権の法的性質を選んでください。'
            : certificate.length !== 1
              ? '登記事項証明書を1つ選んでください。'
              : null
  return (
    <ConfirmAction
      open
      wide
      title={stood ? '債権譲渡登記の記録を訂正します' : '債権譲渡登記を記録します'}
      what="登記事項証明書のとおりに入力します。登記の日時から、売掛先以外の第三者に対抗できます。"
      confirmLabel={stood ? '訂正する' : '記録する'}
      reason={stood ? 'required' : 'none'}
      running={command.running}
      problem={command.problem}
      unfilled={unfilled}
      onConfirm={reason =>
        found &&
        command.run({
          noticeId,
          rowVersion: stood?.rowVersion ?? 0,
          registrationNo: registrationNo.trim(),
          registeredAt: `${found[1]}T${found[2]}:00+09:00`,
          expiresOn: expiresOn ?? '',
          claimTypeCode: claimTypeCode.trim(),
          claimNature: claimNature as ClaimNature,
          natureChecked,
          documentIds: [...certificate],
          reason,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'registrationNo',
          type: 'text',
          label: '登記番号',
          required: true,
          maxLength: 30,
          example: '第2026-012345号',
        }}
        value={registrationNo}
        onChange={setNo}
      />
      <FieldInput
        field={{
          name: 'registeredAt',
          type: 'text',
          label: '登記の日時',
          required: true,
          example: '2026-11-20 10:15',
          why: 'ほかの譲渡・差押えとの優劣は、この時刻で決まります。',
        }}
        value={at}
        onChange={setAt}
      />
      <FieldInput
        field={{
          name: 'expiresOn',
          type: 'date',
          label: '存続期間の満了日',
          required: true,
          help: '登記の日から50年までです。',
        }}
        value={expiresOn}
        onChange={setExpires}
      />
      <FieldInput
        field={{
          name: 'claimNature',
          type: 'choice',
          label: '債権の法的性質',
          required: true,
          options: natures,
          why: '種類コードは、経理上の科目ではなく法的性質で決まります。「売掛債権」は物の売買代金、仕事や役務の対価は「その他の報酬債権」などの報酬です。',
          width: 'full',
        }}
        value={claimNature}
        onChange={setNature}
      />
      {types.length > 0 ? (
        <FieldInput
          field={{
            name: 'claimTypeCode',
            type: 'choice',
            label: '債権の種類コード',
            required: true,
            options: [
              ...types.map(one => ({ value: one.code, label: `${one.code}　${one.label}` })),
              ...(stood && !types.some(one => one.code === stood.claimTypeCode)
                ? [{ value: stood.claimTypeCode, label: `${stood.claimTypeCode}（一覧にありません）` }]
                : []),
            ],
            help: '登記事項証明書に記載されたコードを、会社設定の一覧から選びます。',
          }}
          value={claimTypeCode || null}
          onChange={(code: string | null) => setCode(code ?? '')}
        />
      ) : (
        <FieldInput
          field={{
            name: 'claimTypeCode',
            type: 'code',
            label: '債権の種類コード',
            required: true,
            help: '登記事項証明書に記載された4桁のコードです。会社設定の「債権の種類コード」に登録すると、一覧から選べます。',
          }}
          value={claimTypeCode}
          onChange={setCode}
        />
      )}
      {mismatch && (
        <Notice tone="danger" title="種類コードが法的性質と合いません">
          報酬の債権を「売掛債権」とした登記は、効力が否定されることがあります（東京高判平成13年11月13日）。登記事項証明書と契約を確かめてください。
        </Notice>
      )}
      <FieldInput
        field={{
          name: 'natureChecked',
          type: 'bool',
          label: '法的性質の確認',
          sentence:
            'コードが、この債権の法的性質（売買代金か、請負・役務の報酬かなど）と合うことを確かめました',
          why: '経理上の「売掛金」でも、報酬の債権を「売掛債権」として登記すると、効力が否定されることがあります。',
          width: 'full',
        }}
        value={natureChecked}
        onChange={setChecked}
      />
      <EvidenceInput
        record={{ kind: 'receivable', id: receivable.id }}
        value={certificate}
        onChange={setCertificate}
        docKind="registry"
        label="登記事項証明書"
        required
      />
    </ConfirmAction>
  )
}
