import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { FieldInput, FormSection, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { grantRole, type StaffDetail, staffDetail } from '../contract.ts'
import { roleDescriptions, roleLabels } from '../labels.ts'
import { isRole, roles } from '../roles.ts'

export default function GrantRolePage() {
  const staffId = usePathId('staffId')
  const staff = useApi(staffDetail, { staffId })
  return (
    <Loaded from={staff} rows={8}>
      {person => <GrantForm person={person} />}
    </Loaded>
  )
}

/** Asks for a role; roles that may not be combined with those held are shown with the reason. */
function GrantForm({ person }: { person: StaffDetail }) {
  const follow = useFollow()
  const home = `/staff/${person.id}`
  const [role, setRole] = useState<string | null>(null)
  const [validTo, setValidTo] = useState<string | null>(person.endsOn)
  const [reasonText, setReason] = useState('')
  const grant = useCommand(grantRole, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: () => follow(home),
  })
  const send = () => {
    if (role && isRole(role))
      grant.run({
        staffId: person.id,
        role,
        validTo,
        change: { reasonCode: 'review', reasonText, evidence: [] },
      })
  }
  return (
    <>
      <PageHeader
        title="役割の付与を申請"
        detail={person.name}
        crumbs={[
          { label: 'ユーザーと役割', href: '/staff' },
          { label: person.name, href: home },
        ]}
      />
      <FormShell
        label="役割の付与"
        loading={false}
        submitError={grant.problem}
        submitting={grant.running}
        submitLabel="承認を申請する"
        submitDisabledReason={
          role === null
            ? '役割を選んでください。'
            : reasonText.trim().length < 5
              ? '理由を5文字以上で入力してください。'
              : null
        }
        onSubmit={send}
        onCancel={() => follow(home)}
        dirty={role !== null}
        draft={{ state: 'off' }}
        footnote="もう一人の管理者が承認すると、すぐに反映されます。"
      >
        <FormSection title="役割">
          <FieldInput
            field={{
              name: 'role',
              type: 'choice',
              label: '付与する役割',
              required: true,
              options: optionsFor(person),
            }}
            value={role}
            onChange={setRole}
          />
          <FieldInput
            field={{
              name: 'validTo',
              type: 'date',
              label: '終了日',
              required: role === 'contractor',
              help: '外部委託先には必須です。終了日の翌日から、この役割は自動的に外れます。',
            }}
            value={validTo}
            onChange={setValidTo}
          />
          <FieldInput
            field={{
              name: 'change.reasonText',
              type: 'longText',
              label: '理由',
              required: true,
              width: 'full',
              rows: 2,
              example: '12月1日付の異動で営業第一課に着任するため',
            }}
            value={reasonText}
            onChange={setReason}
          />
        </FormSection>
      </FormShell>
    </>
  )
}

function optionsFor(person: StaffDetail) {
  return roles.map(role => {
    const barred = person.barredRoles.find(entry => entry.role === role)?.sentence
    const held = person.roles.includes(role) ? 'すでに付与されています。' : undefined
    const disabledReason = held ?? barred
    return {
      value: role,
      label: roleLabels[role],
      detail: roleDescriptions[role],
      ...(disabledReason ? { disabledReason } : {}),
    }
  })
}
