import { CheckOutlined, MinusOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import type { z } from 'zod'
import { useApi } from '../../../platform/web/api.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { Card, Loaded, PageHeader } from '../../../ui/index.ts'
import { listStaff, whatMay } from '../contract.ts'
import { roleDescriptions, roleLabels, sliceLabels } from '../labels.ts'
import { isRole, roles } from '../roles.ts'
import './entrance.css'

type Rights = z.output<typeof whatMay.output>

/** 「この人は何ができるか」: every permission in words, for a role or a person, and which role gives it. */
export default function RightsPage() {
  const [url, setUrl] = useUrlState()
  const staffId = one(url.staffId)
  const wanted = one(url.role)
  const role = wanted && isRole(wanted) ? wanted : 'sales'
  const rights = useApi(whatMay, staffId ? { staffId } : { role })
  const people = useApi(listStaff, { limit: 200, state: ['active', 'invited'] })
  const choices = people.state === 'ready' ? people.value.rows : []
  return (
    <>
      <PageHeader
        title="役割ごとの権限"
        detail="役割かユーザーを選ぶと、できることと、その根拠になる役割を表示します。"
      />
      <div className="access-chooser">
        <label htmlFor="rights-role">
          役割
          <Select
            id="rights-role"
            style={{ width: 220 }}
            value={staffId ? undefined : role}
            placeholder="役割を選ぶ"
            options={roles.map(key => ({ value: key, label: roleLabels[key] }))}
            onChange={(key: string) => setUrl({ role: key, staffId: undefined }, { push: true })}
          />
        </label>
        <label htmlFor="rights-person">
          ユーザー
          <Select
            id="rights-person"
            style={{ width: 260 }}
            value={staffId}
            placeholder="ユーザーを選ぶ"
            showSearch={{ optionFilterProp: 'label' }}
            options={choices.map(person => ({ value: person.id, label: person.name }))}
            onChange={(key: string) => setUrl({ staffId: key, role: undefined }, { push: true })}
          />
        </label>
      </div>
      <Loaded from={rights} rows={12}>
        {value => <RightsView rights={value} person={Boolean(staffId)} />}
      </Loaded>
    </>
  )
}

function RightsView({ rights, person }: { rights: Rights; person: boolean }) {
  const allowed = rights.groups
    .flatMap(group => group.permissions)
    .filter(permission => permission.allowed).length
  return (
    <>
      <Card title={rights.name} note={`できること ${allowed} 件`}>
        {person && (
          <p>役割：{rights.roles.length ? rights.roles.map(role => roleLabels[role]).join('・') : 'なし'}</p>
        )}
        {rights.roles.map(role => (
          <p key={role} className="ui-faint">
            {person && `${roleLabels[role]}：`}
            {roleDescriptions[role]}
          </p>
        ))}
        {rights.incompatible.length > 0 && (
          <details style={{ marginTop: 8 }}>
            <summary>
              兼ねられない役割（{new Set(rights.incompatible.map(entry => entry.with)).size}）
            </summary>
            <ul style={{ margin: '6px 0 0', paddingInlineStart: 20 }}>
              {rights.incompatible.map(entry => (
                <li key={`${entry.role}-${entry.with}`}>
                  {roleLabels[entry.with]}：{entry.sentence}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Card>
      <div className="rights-columns" style={{ marginTop: 14 }}>
        {rights.groups.map(group => (
          <Card key={group.slice} title={sliceLabels[group.slice] ?? group.slice}>
            <ul className="rights-list">
              {group.permissions.map(permission => (
                <PermissionLine key={permission.code} permission={permission} />
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  )
}

function PermissionLine({ permission }: { permission: Rights['groups'][number]['permissions'][number] }) {
  const giving = permission.givenBy.map(role => roleLabels[role]).join('・')
  return (
    <li className={permission.allowed ? '' : 'rights-may-not'}>
      {permission.allowed ? (
        <CheckOutlined className="rights-may" aria-label="できる" />
      ) : (
        <MinusOutlined aria-label="できない" />
      )}
      <span>
        {permission.label}
        <span className="rights-by">
          {permission.allowed ? `根拠：${giving}` : `必要な役割：${giving || 'なし'}`}
        </span>
      </span>
    </li>
  )
}
