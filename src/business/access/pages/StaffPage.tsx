import { Suspense } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useOfferedTabs } from '../../../platform/web/catalogue.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  DetailShell,
  KeyValue,
  LoadingState,
  UiLink,
} from '../../../ui/index.ts'
import { type StaffDetail, staffDetail } from '../contract.ts'
import { roleDescriptions, roleLabels } from '../labels.ts'
import { GrantsTable } from './GrantsTable.tsx'
import { InviteCard } from './InviteCard.tsx'
import { OpenSignIns } from './OpenSignIns.tsx'
import { StaffActions } from './StaffActions.tsx'
import { rolesText, SecondFactorTag, StaffStateTag } from './tags.tsx'

/** One person of the company: what they may do since when and by whom, and where they are signed in. */
export default function StaffPage() {
  const staffId = usePathId('staffId')
  const [url, setUrl] = useUrlState()
  const staff = useApi(staffDetail, { staffId })
  const { permissions } = useSession()
  const offered = useOfferedTabs('staff', permissions)
  return (
    <DetailShell
      record={staff}
      activeTab={one(url.tab) ?? 'roles'}
      onTab={tab => setUrl({ tab })}
      header={person => ({
        title: person.name,
        tags: <StaffStateTag state={person.state} />,
        detail: `${person.email}　${rolesText(person.roles)}`,
        crumbs: [{ label: 'ユーザーと役割', href: '/staff' }],
        actions: <StaffActions person={person} />,
      })}
      tabs={person => [
        { key: 'roles', label: '役割', content: () => <RolesTab person={person} /> },
        { key: 'basics', label: '登録内容', content: () => <BasicsTab person={person} /> },
        {
          key: 'sign-ins',
          label: 'ログイン中の端末',
          content: () => <OpenSignIns staffId={person.id} name={person.name} signIns={person.signIns} />,
        },
        ...offered.map(({ key, label, component: Tab }) => ({
          key,
          label,
          content: () => (
            <Suspense fallback={<LoadingState rows={6} />}>
              <Tab recordId={person.id} />
            </Suspense>
          ),
        })),
      ]}
    />
  )
}

function RolesTab({ person }: { person: StaffDetail }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const ended = person.state === 'ended' ? 'このユーザーは利用を終了しています。' : null
  return (
    <>
      {person.invite && <InviteCard invite={person.invite} />}
      <Card
        title="いまの役割"
        actions={
          <ActionButton
            size="small"
            disabledReason={ended ?? whyNot('access.requestGrant')}
            onClick={() => follow(`/staff/${person.id}/grant`)}
          >
            役割の付与を申請
          </ActionButton>
        }
      >
        {person.roles.length === 0 ? (
          <p className="ui-faint">役割がありません。ログインしても業務の画面は開けません。</p>
        ) : (
          <KeyValue
            items={person.roles.map(role => ({
              key: role,
              label: roleLabels[role],
              value: roleDescriptions[role],
              wide: true,
            }))}
          />
        )}
        <p style={{ marginTop: 12 }}>
          <UiLink href={`/rights?staffId=${person.id}`}>この人は何ができるか</UiLink>
        </p>
      </Card>
      <GrantsTable person={person} />
    </>
  )
}

function BasicsTab({ person }: { person: StaffDetail }) {
  return (
    <Card title="登録内容">
      <KeyValue
        items={[
          { key: 'name', label: '氏名', value: person.name },
          { key: 'email', label: 'メールアドレス', value: person.email },
          { key: 'registeredAt', label: '登録日時', value: <DateTimeText at={person.registeredAt} /> },
          {
            key: 'secondFactor',
            label: '二段階認証',
            value: <SecondFactorTag on={person.secondFactor === 'on'} />,
          },
          {
            key: 'lastSignedInAt',
            label: '最終ログイン',
            value: <DateTimeText at={person.lastSignedInAt} />,
          },
          { key: 'endsOn', label: '利用期限', value: <DateText date={person.endsOn} /> },
          { key: 'leftAt', label: '利用終了', value: <DateTimeText at={person.leftAt} /> },
        ]}
      />
    </Card>
  )
}
