import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, inputOf } from '../../../ui/index.ts'
import { peopleOfParty } from '../../people/contract.ts'
import { type Account, recordCallback } from '../contract.ts'
import { callbackFields as fields } from '../fields.ts'
import type { CallbackNumber, CallbackResult } from '../tables.ts'

const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/

/** Records the call to a known number after a payout account was changed. */
export function CallbackDialog({
  account,
  partyId,
  onClose,
}: {
  account: Account
  partyId: string
  onClose: () => void
}) {
  const people = useApi(peopleOfParty, { partyId })
  const [personId, setPerson] = useState<string | null>(null)
  const [numberOf, setNumberOf] = useState<string | null>('company')
  const [day, setDay] = useState<string | null>(useToday())
  const [time, setTime] = useState('')
  const [result, setResult] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const record = useCommand(recordCallback, { onDone: onClose })
  const rows = people.state === 'ready' ? people.value.people : []
  const known = [...new Map(rows.map(one => [one.personId, one.name])).entries()]
  const typed = time.normalize('NFKC').trim()
  const unfilled =
    !day || !TIME.test(typed)
      ? '電話した日と時刻（14:30 の形）を入力してください。'
      : result === null
        ? '結果を選んでください。'
        : null
  return (
    <ConfirmAction
      open
      wide
      title="折り返し確認を記録します"
      what="口座の変更より前から登録されている番号に、当社から電話した結果です。依頼書やメールに書かれた番号にはかけません。記録は消せません。"
      confirmLabel="記録する"
      danger={result === 'denied'}
      reason="none"
      unfilled={unfilled}
      running={record.running}
      problem={record.problem}
      onConfirm={() =>
        record.run({
          accountId: account.id,
          personId,
          numberOf: numberOf as CallbackNumber,
          calledAt: `${day}T${typed.padStart(5, '0')}:00+09:00`,
          result: result as CallbackResult,
          note: note || null,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={inputOf(fields.numberOf, { required: true })}
        value={numberOf}
        onChange={setNumberOf}
      />
      <FieldInput
        field={{
          name: 'personId',
          type: 'choice',
          label: fields.personId.label.ja,
          help: fields.personId.help,
          why: fields.personId.why,
          options: known.map(([value, label]) => ({ value, label })),
        }}
        value={personId}
        onChange={setPerson}
      />
      <FieldInput
        field={{ ...inputOf(fields.calledOn), label: 'かけた日', required: true }}
        value={day}
        onChange={setDay}
      />
      <FieldInput
        field={{ name: 'calledTime', type: 'text', label: 'かけた時刻', required: true, example: '14:30' }}
        value={time}
        onChange={setTime}
      />
      <FieldInput field={inputOf(fields.result, { required: true })} value={result} onChange={setResult} />
      <FieldInput field={{ ...inputOf(fields.note), rows: 2 }} value={note} onChange={setNote} />
    </ConfirmAction>
  )
}
