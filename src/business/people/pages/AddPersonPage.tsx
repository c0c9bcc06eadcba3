import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, PageHeader } from '../../../ui/index.ts'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { addPerson } from '../contract.ts'
import { boBasisLabels, personRoleLabels } from '../labels.ts'
import type { PersonRole } from '../tables.ts'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const nobody = {
  familyName: '',
  givenName: '',
  familyKana: '',
  givenKana: '',
  latinName: '',
  birthDate: null as string | null,
  homeAddress: '',
  phone: '',
  email: '',
  pepKind: 'none' as string | null,
}

/** Gives a person a role in the party; a further representative or beneficial owner waits for a second person. */
export default function AddPersonPage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=people`
  const [role, setRole] = useState<string | null>('representative')
  const [post, setPost] = useState({
    title: '',
    department: '',
    boBasis: null as string | null,
    validFrom: null as string | null,
  })
  const [person, setPerson] = useState(nobody)
  const [reason, setReason] = useState({ ...noReason, reasonCode: 'registry_change' as string | null })
  const add = useCommand(addPerson, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const text = (name: keyof typeof nobody, label: string, more: object = {}) => (
    <FieldInput
      field={{ name: `person.${name}`, type: 'text', label, ...more } as never}
      value={person[name] as never}
      onChange={value => setPerson({ ...person, [name]: value })}
    />
  )
  const incomplete = !person.familyName.trim() || !person.givenName.trim()
  return (
    <>
      <PageHeader title="関係者を追加" crumbs={[{ label: '関係者', href: home }]} />
      <Card title="追加する人">
        <FormShell
          label="関係者を追加"
          loading={false}
          submitError={add.problem}
          submitting={add.running}
          submitLabel="追加する"
          submitDisabledReason={incomplete ? '氏名を入力してください。' : null}
          onSubmit={() =>
            add.run({
              partyId,
              role: role as PersonRole,
              title: post.title || null,
              department: post.department || null,
              boBasis: (post.boBasis || null) as never,
              validFrom: post.validFrom,
              person: {
                familyName: person.familyName,
                givenName: person.givenName,
                familyKana: person.familyKana || null,
                givenKana: person.givenKana || null,
                latinName: person.latinName || null,
                birthDate: person.birthDate,
                homeAddress: person.homeAddress || null,
                phone: person.phone || null,
                email: person.email || null,
                pepKind: person.pepKind as 'none',
              },
              ...(reason.reasonText ? { change: toReason(reason) } : {}),
            })
          }
          onCancel={() => follow(home)}
          dirty={person !== nobody}
          draft={{ state: 'off' }}
          footnote="取引開始後の代表者・実質的支配者の追加は、理由と裏付け資料を付けて申請し、別の担当者が承認します。"
        >
          <FormSection title="役割">
            <FieldInput
              field={{
                name: 'role',
                type: 'choice',
                label: '役割',
                required: true,
                options: options(personRoleLabels),
                width: 'full',
              }}
              value={role}
              onChange={setRole}
            />
            <FieldInput
              field={{ name: 'title', type: 'text', label: '役職', example: '代表取締役' }}
              value={post.title}
              onChange={title => setPost({ ...post, title })}
            />
            <FieldInput
              field={{ name: 'department', type: 'text', label: '部署' }}
              value={post.department}
              onChange={department => setPost({ ...post, department })}
            />
            {role === 'beneficial_owner' && (
              <FieldInput
                field={{
                  name: 'boBasis',
                  type: 'choice',
                  label: '支配の根拠',
                  required: true,
                  options: options(boBasisLabels),
                  width: 'full',
                }}
                value={post.boBasis}
                onChange={boBasis => setPost({ ...post, boBasis })}
              />
            )}
            <FieldInput
              field={{ name: 'validFrom', type: 'date', label: '就任日' }}
              value={post.validFrom}
              onChange={validFrom => setPost({ ...post, validFrom })}
            />
          </FormSection>
          <FormSection title="本人">
            {text('familyName', '姓', { required: true })}
            {text('givenName', '名', { required: true })}
            {text('familyKana', 'セイ', { type: 'kana', kana: 'full' })}
            {text('givenKana', 'メイ', { type: 'kana', kana: 'full' })}
            {text('latinName', 'ローマ字氏名', { help: '外国籍の方、海外の制裁リストとの照合に使います。' })}
            {text('birthDate', '生年月日', {
              type: 'date',
              why: '代表者・実質的支配者などの本人特定と、反社・制裁リストとの照合に使います。',
            })}
            {text('homeAddress', '住所', { width: 'full' })}
            {text('phone', '電話番号', { type: 'phone' })}
            {text('email', 'メールアドレス', { type: 'email' })}
            {text('pepKind', 'PEPs', {
              type: 'choice',
              options: options({ none: '該当なし', foreign: '外国PEPs', domestic: '国内PEPs' }),
            })}
          </FormSection>
          <ChangeReasonSection
            record={{ kind: 'party', id: partyId }}
            value={reason}
            onChange={part => setReason({ ...reason, ...part })}
          />
        </FormShell>
      </Card>
    </>
  )
}
