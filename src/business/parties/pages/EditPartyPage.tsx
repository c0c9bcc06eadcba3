import { useEffect, useState } from 'react'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { Card, FormSection, FormShell, Loaded, LoadingState, Notice, PageHeader } from '../../../ui/index.ts'
import { EffectiveDate } from '../../changes/web.tsx'
import type { CustomField } from '../../customization/contract.ts'
import type { LayoutSection } from '../../customization/tables.ts'
import { changedCustom, typedCustom, useCustomFields, useFormLayout } from '../../customization/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { changeBasics, openParty, type Party } from '../contract.ts'
import { BasicsSections } from './BasicsSections.tsx'
import { type BasicName, basicNames, changedInput, type TypedBasics, typedFrom } from './party-inputs.ts'
import { labelOfField, partyLayout } from './party-layout.ts'

/** Changes basic items from a day on. With `?asOf=DATE&restore=FIELD` the form begins with what the field held on that day. */
export default function EditPartyPage() {
  const partyId = usePathId('partyId')
  const [url] = useUrlState()
  const asOf = one(url.asOf)
  const field = one(url.restore)
  const party = useApi(openParty, { partyId, own: 'true' })
  const past = useApi(
    openParty,
    { partyId, own: 'true', ...(asOf ? { asOf } : {}) },
    { enabled: asOf !== undefined },
  )
  const name = basicNames.find(known => known === field)
  const fields = useCustomFields('party')
  const layout = useFormLayout('party')
  const restored = asOf !== undefined && (name !== undefined || field?.startsWith('custom.') === true)
  if (fields === null || layout === undefined) return <LoadingState rows={12} />
  const form = { fields, layout }
  return (
    <Loaded from={party} rows={12}>
      {value =>
        asOf && field && restored ? (
          <Loaded from={past} rows={12}>
            {then => <EditForm key={value.id} party={value} {...form} restore={{ field, then, asOf }} />}
          </Loaded>
        ) : (
          <EditForm key={value.id} party={value} {...form} restore={null} />
        )
      }
    </Loaded>
  )
}

interface EditFormProps {
  party: Party
  fields: readonly CustomField[]
  layout: readonly LayoutSection[] | null
  /** The item, basic or custom, which is put back to what it was on a day. */
  restore: { field: string; then: Party; asOf: string } | null
}

function EditForm({ party, fields, layout, restore }: EditFormProps) {
  const follow = useFollow()
  const [url] = useUrlState()
  const home = `/parties/${party.id}`
  const [initial] = useState<TypedBasics>(() => typedFrom(party))
  const [typed, setTyped] = useState<TypedBasics>(() => {
    const name = basicNames.find(known => known === restore?.field)
    return restore && name ? { ...initial, [name]: typedFrom(restore.then)[name] } : initial
  })
  const [initialCustom] = useState(() => typedCustom(fields, party.customValues))
  const [custom, setCustom] = useState(() => {
    const key = restore?.field.startsWith('custom.') ? restore.field.slice('custom.'.length) : null
    const then = restore && key ? typedCustom(fields, restore.then.customValues)[key] : undefined
    return key && then !== undefined ? { ...initialCustom, [key]: then } : initialCustom
  })
  const [effectiveOn, setEffectiveOn] = useState<string | null>(() => todayInTokyo(new Date()))
  const [reason, setReason] = useState({
    ...noReason,
    ...(restore
      ? { reasonCode: 'correction', reasonText: `${restore.asOf} 時点の値に戻す：` }
      : { reasonCode: 'customer_request' }),
  } as typeof noReason)
  useFieldInView(one(url.field))
  const change = useCommand(changeBasics, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const basics = changedInput(typed, initial)
  const changedBasics = Object.keys(basics) as BasicName[]
  const customInput = changedCustom(fields, custom, initialCustom)
  const labelOf = labelOfField(fields)
  const changed = [...changedBasics, ...Object.keys(customInput).map(key => `custom.${key}`)]
  return (
    <>
      <PageHeader
        title="基本情報の変更"
        code={party.partyNo}
        detail={party.legalName}
        crumbs={[
          { label: '顧客', href: '/parties' },
          { label: party.legalName, href: home },
        ]}
      />
      {restore && (
        <Notice tone="accent" title={`「${labelOf(restore.field)}」を ${restore.asOf} 時点の値に戻します`}>
          <p>内容と変更日を確かめ、理由を書いて送信してください。</p>
        </Notice>
      )}
      <Card title="変更の内容">
        <FormShell
          label="基本情報の変更"
          loading={false}
          submitError={change.problem}
          submitting={change.running}
          submitLabel="変更する"
          submitDisabledReason={
            changed.length === 0
              ? '変更された項目がありません。'
              : effectiveOn
                ? null
                : '変更日を入力してください。'
          }
          onSubmit={() =>
            change.run({
              partyId: party.id,
              rowVersion: party.rowVersion,
              basics,
              ...(Object.keys(customInput).length ? { custom: customInput } : {}),
              effectiveOn: effectiveOn ?? '',
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={changed.length > 0}
          draft={{ state: 'off' }}
          footnote="所在地の変更には裏付け資料が必要です。商号の変更は別の申請で行います。"
        >
          <BasicsSections
            value={typed}
            onChange={part => setTyped(last => ({ ...last, ...part }))}
            partyKind={party.partyKind}
            ownerName={typed.ownerStaffId === party.owner.id ? party.owner.name : null}
            at="basics."
            layout={partyLayout(fields, layout)}
            custom={{
              fields,
              typed: custom,
              held: party.customValues,
              recordId: party.id,
              onChange: part => setCustom(last => ({ ...last, ...part })),
            }}
          />
          <FormSection title="いつから">
            <EffectiveDate value={effectiveOn} onChange={setEffectiveOn} />
            <ChangedList labels={changed.map(labelOf)} />
          </FormSection>
          <ChangeReasonSection
            record={{ kind: 'party', id: party.id }}
            value={reason}
            onChange={part => setReason(last => ({ ...last, ...part }))}
          />
        </FormShell>
      </Card>
    </>
  )
}

/** What is about to change, said once more beside the day from which it holds. */
function ChangedList({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null
  return (
    <div className="ui-field ui-field-medium">
      <span className="ui-field-label">変更する項目</span>
      <p>{labels.join('、')}</p>
    </div>
  )
}

/** Comes from "what is missing": the field is brought into view and takes the typing at once. */
function useFieldInView(field: string | undefined): void {
  useEffect(() => {
    if (!field) return
    const name = field.startsWith('custom.') ? field : `basics.${field}`
    const input = document.querySelector<HTMLElement>(`[id$="-${CSS.escape(name)}"]`)
    input?.scrollIntoView({ block: 'center' })
    input?.focus()
  }, [field])
}
