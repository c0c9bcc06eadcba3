import { Suspense } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useOfferedPanels } from '../../../platform/web/catalogue.ts'
import { useSession } from '../../../platform/web/session.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, PageHeader } from '../../../ui/index.ts'
import {
  changedCustom,
  type TypedCustom,
  typedCustom,
  useCustomFields,
  useFormLayout,
} from '../../customization/web.tsx'
import { useDraft } from '../../desk/web.ts'
import { registerParty } from '../contract.ts'
import { roleLabels } from '../labels.ts'
import type { PartyKind, PartyRole } from '../tables.ts'
import { BasicsSections } from './BasicsSections.tsx'
import { inputOf, noBasics, toInput } from './party-inputs.ts'
import { partyLayout } from './party-layout.ts'

/** Registers a client or debtor; what is typed is kept until it is sent. */
export default function RegisterPartyPage() {
  const [url] = useUrlState()
  const follow = useFollow()
  const { permissions } = useSession()
  const panels = useOfferedPanels('party-registration', permissions)
  const role: PartyRole = one(url.role) === 'debtor' ? 'debtor' : 'client'
  const draft = useDraft(`parties.register.${role}`, {
    ...noBasics,
    partyKind: 'corporation' as string | null,
    legalName: '',
    roles: [role] as readonly string[],
    custom: {} as TypedCustom,
  })
  const typed = draft.value
  const register = useCommand(registerParty, {
    onDone: answer => {
      draft.discard()
      follow(`/parties/${answer.id}`)
    },
  })
  const fields = useCustomFields('party')
  const layout = useFormLayout('party')
  const { partyKind, legalName, roles, custom, ...basics } = typed
  const known = fields ?? []
  const home = role === 'debtor' ? '/debtors' : '/parties'
  return (
    <>
      <PageHeader
        title={role === 'debtor' ? '売掛先を登録' : '顧客を登録'}
        crumbs={[{ label: role === 'debtor' ? '売掛先' : '顧客', href: home }]}
      />
      <Card title="登録する内容">
        <FormShell
          label="顧客登録"
          loading={!draft.ready || fields === null || layout === undefined}
          submitError={register.problem}
          submitting={register.running}
          submitLabel="登録する"
          submitDisabledReason={legalName.trim() === '' ? '正式名称を入力してください。' : null}
          onSubmit={() =>
            register.run({
              partyKind: partyKind as PartyKind,
              legalName,
              roles: roles as PartyRole[],
              ...toInput(basics),
              custom: changedCustom(known, { ...typedCustom(known), ...custom }, typedCustom(known)),
            })
          }
          onCancel={() => follow(home)}
          dirty={draft.dirty}
          draft={draft.status}
        >
          <FormSection title="だれを登録するか">
            <FieldInput
              field={inputOf('partyKind', { required: true })}
              value={partyKind as never}
              onChange={value => draft.change({ partyKind: value as never })}
            />
            <FieldInput
              field={inputOf('legalName', { required: true })}
              value={legalName as never}
              onChange={value => draft.change({ legalName: value as never })}
            />
            <FieldInput
              field={{
                name: 'roles',
                type: 'multi',
                label: '役割',
                required: true,
                options: Object.entries(roleLabels).map(([value, label]) => ({ value, label })),
              }}
              value={roles}
              onChange={value => draft.change({ roles: value })}
            />
          </FormSection>
          {panels.map(panel => (
            <Suspense key={panel.key} fallback={null}>
              <panel.component typed={typed} fill={draft.change as never} />
            </Suspense>
          ))}
          <BasicsSections
            value={{ ...noBasics, ...basics }}
            onChange={part => draft.change(part as never)}
            partyKind={partyKind}
            layout={partyLayout(known, layout ?? null)}
            custom={{
              fields: known,
              typed: { ...typedCustom(known), ...custom },
              held: [],
              recordId: null,
              onChange: part => draft.change({ custom: { ...custom, ...part } }),
            }}
          />
        </FormShell>
      </Card>
    </>
  )
}
