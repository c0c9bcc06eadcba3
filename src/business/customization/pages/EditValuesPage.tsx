import { useState } from 'react'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FormSection, FormShell, Loaded, LoadingState, PageHeader, useSay } from '../../../ui/index.ts'
import { EffectiveDate } from '../../changes/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import type { CustomField } from '../contract.ts'
import { kindLabels } from '../labels.ts'
import type { CustomKind } from '../tables.ts'
import { type CustomValue, changeValues, readValues } from '../value-contract.ts'
import { CustomInput } from './CustomInput.tsx'
import { useCustomFields } from './definitions.ts'
import { changedCustom, typedCustom } from './typed-custom.ts'

/** Changes the custom values of a record of any kind, from a day on. */
export default function EditValuesPage() {
  const kind = usePathId('recordKind') as CustomKind
  const recordId = usePathId('recordId')
  const fields = useCustomFields(kind)
  const values = useApi(readValues, { recordKind: kind, recordId })
  if (!fields) return <LoadingState rows={8} />
  return (
    <Loaded from={values} rows={8}>
      {answer => (
        <EditForm
          kind={kind}
          recordId={recordId}
          fields={fields}
          values={answer.values}
          closed={answer.closed}
        />
      )}
    </Loaded>
  )
}

interface EditFormProps {
  kind: CustomKind
  recordId: string
  fields: readonly CustomField[]
  values: readonly CustomValue[]
  closed: string | null
}

function EditForm({ kind, recordId, fields, values, closed }: EditFormProps) {
  const follow = useFollow()
  const say = useSay()
  const hrefOf = useRecordHref()
  const home = hrefOf(kind, recordId)
  const [initial] = useState(() => typedCustom(fields, values))
  const [typed, setTyped] = useState(initial)
  const [effectiveOn, setEffectiveOn] = useState<string | null>(() => todayInTokyo(new Date()))
  const [reason, setReason] = useState(noReason)
  const back = () => (home ? follow(home) : window.history.back())
  const change = useCommand(changeValues, {
    onDone: () => {
      say.done('追加項目を変更しました。')
      back()
    },
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const changed = changedCustom(fields, typed, initial)
  const dirty = Object.keys(changed).length > 0
  return (
    <>
      <PageHeader
        title={`${kindLabels[kind]}の追加項目の変更`}
        crumbs={home ? [{ label: `${kindLabels[kind]}に戻る`, href: home }] : []}
      />
      <Card title="変更の内容">
        <FormShell
          label="追加項目の変更"
          loading={false}
          submitError={change.problem}
          submitting={change.running}
          submitLabel="変更する"
          submitDisabledReason={
            closed ??
            (dirty ? (effectiveOn ? null : '変更日を入力してください。') : '変更された項目がありません。')
          }
          onSubmit={() =>
            change.run({
              recordKind: kind,
              recordId,
              values: changed,
              effectiveOn: effectiveOn ?? '',
              change: toReason(reason),
            })
          }
          onCancel={back}
          dirty={dirty}
          draft={{ state: 'off' }}
        >
          <FormSection title="追加項目">
            {fields.map(field => (
              <CustomInput
                key={field.key}
                field={field}
                at="values."
                value={typed[field.key] ?? null}
                held={values.find(value => value.key === field.key) ?? null}
                recordId={recordId}
                onChange={value => setTyped(last => ({ ...last, [field.key]: value }))}
              />
            ))}
          </FormSection>
          <FormSection title="いつから">
            <EffectiveDate value={effectiveOn} onChange={setEffectiveOn} />
          </FormSection>
          <ChangeReasonSection
            record={{ kind, id: recordId }}
            value={reason}
            onChange={part => setReason(last => ({ ...last, ...part }))}
          />
        </FormShell>
      </Card>
    </>
  )
}
