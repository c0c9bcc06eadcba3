import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError, useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  type Column,
  ConfirmAction,
  DataTable,
  DateText,
  FieldInput,
  type Loadable,
  MaskedText,
  mapLoadable,
  PlainText,
  StatusTag,
  type Unmasked,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { endRole, type Member, peopleOfParty, unmaskPerson } from '../contract.ts'
import { boBasisLabels, contactChannelLabels, personRoleLabels } from '../labels.ts'

const pepLabels = { none: '', foreign: '外国PEPs', domestic: '国内PEPs' } as const

/** People of a party; what is secret opens for a stated reason. */
export default function PeopleTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const all = useApi(peopleOfParty, { partyId: recordId })
  const [ending, setEnding] = useState<Member | null>(null)
  return (
    <>
      <Card
        title="関係者"
        flush
        actions={
          <ActionButton
            kind="primary"
            disabledReason={whyNot('people.change')}
            onClick={() => follow(`/parties/${recordId}/people/new`)}
          >
            関係者を追加
          </ActionButton>
        }
      >
        <MemberTable
          rows={mapLoadable(all, body => body.people as readonly Member[])}
          onEnd={setEnding}
          onEdit={member => follow(`/parties/${recordId}/people/${member.id}/edit`)}
        />
      </Card>
      {ending && <EndDialog member={ending} partyId={recordId} onClose={() => setEnding(null)} />}
    </>
  )
}

async function secretsOf(personId: string, reason: string): Promise<Unmasked> {
  try {
    const { birthDate, homeAddress, phone, mobile } = await call(unmaskPerson, { personId, reason })
    return { text: [birthDate, homeAddress, phone, mobile].filter(Boolean).join('　') || '登録なし' }
  } catch (error) {
    return { problem: problemOfError(error) }
  }
}

function MemberTable({
  rows,
  onEnd,
  onEdit,
}: {
  rows: Loadable<readonly Member[]>
  onEnd: (member: Member) => void
  onEdit: (member: Member) => void
}) {
  const whyNot = useWhyNot()
  const merged = rows.state === 'ready' && rows.value.some(row => row.recordNo !== null)
  const [layout, setLayout] = useTableLayout('people.members')
  const columns: Column<Member>[] = [
    { key: 'name', title: '氏名', width: 120, hidable: false, render: row => row.name },
    {
      key: 'role',
      title: '役割',
      width: 120,
      wrap: true,
      render: row => (
        <>
          {personRoleLabels[row.role]}
          {row.boBasis && <div className="ui-faint">{boBasisLabels[row.boBasis] ?? row.boBasis}</div>}
        </>
      ),
    },
    {
      key: 'title',
      title: '役職・部署',
      width: 120,
      wrap: true,
      render: row => <PlainText text={[row.title, row.department].filter(Boolean).join('　') || null} />,
    },
    ...(merged
      ? [{ key: 'record', title: '記録', width: 100, render: (row: Member) => row.recordNo ?? '' }]
      : []),
    {
      key: 'window',
      title: '連絡',
      width: 120,
      wrap: true,
      render: row =>
        row.doNotContact ? (
          <>
            <StatusTag tone="danger" word="連絡しない" /> {row.doNotContactReason}
          </>
        ) : (
          <PlainText
            text={
              [row.contactChannel && contactChannelLabels[row.contactChannel], row.contactWindow]
                .filter(Boolean)
                .join('　') || null
            }
          />
        ),
    },
    {
      key: 'companies',
      title: '他社での役割',
      width: 110,
      kind: 'number',
      hiddenAtFirst: true,
      render: row => (row.companies > 1 ? `ほか${row.companies - 1}社` : ''),
    },
    {
      key: 'kana',
      title: 'フリガナ',
      width: 140,
      hiddenAtFirst: true,
      render: row => <PlainText text={row.kana} />,
    },
    {
      key: 'secrets',
      title: '生年月日・住所・電話',
      width: 180,
      hiddenAtFirst: true,
      render: row => (
        <MaskedText
          label="生年月日・住所・電話"
          masked={row.phoneLast ? `●●●${row.phoneLast}` : row.hasBirthDate ? '●●●' : '登録なし'}
          disabledReason={whyNot('parties.seeSensitive')}
          unmask={reason => secretsOf(row.personId, reason)}
        />
      ),
    },
    {
      key: 'pep',
      title: 'PEPs',
      width: 66,
      render: row =>
        row.pepKind === 'none' ? '' : <StatusTag tone="warning" word={pepLabels[row.pepKind]} />,
    },
    { key: 'from', title: '就任日', width: 100, render: row => <DateText date={row.validFrom} /> },
    {
      key: 'to',
      title: '退任日',
      width: 186,
      render: row =>
        row.validTo ? (
          <DateText date={row.validTo} />
        ) : (
          <>
            <ActionButton size="small" disabledReason={whyNot('people.change')} onClick={() => onEdit(row)}>
              変更
            </ActionButton>{' '}
            <ActionButton size="small" disabledReason={whyNot('people.change')} onClick={() => onEnd(row)}>
              退任を記録
            </ActionButton>
          </>
        ),
    },
  ]
  return (
    <DataTable
      label="関係者"
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      rowName={row => row.name}
      rowHref={row => `/people/${row.personId}`}
      pager={null}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="natural"
      empty={{
        title: '関係者はまだ登録されていません',
        hint: '代表者・実質的支配者・連絡窓口を登録すると、本人確認と反社照合の対象になります。',
      }}
    />
  )
}

function EndDialog({ member, partyId, onClose }: { member: Member; partyId: string; onClose: () => void }) {
  const follow = useFollow()
  const [endedOn, setEndedOn] = useState<string | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const end = useCommand(endRole, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <ConfirmAction
      open
      title={`${member.name} さんの${personRoleLabels[member.role]}を終了します`}
      what="代表者と実質的支配者の退任は、別の担当者の承認後に反映されます。過去の役割は履歴に残ります。"
      confirmLabel="記録する"
      reason="required"
      running={end.running}
      problem={end.problem}
      onConfirm={reasonText =>
        end.run({
          partyPersonId: member.id,
          endedOn: endedOn ?? '',
          change: { reasonCode: 'registry_change', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'endedOn', type: 'date', label: '退任日', required: true }}
        value={endedOn}
        onChange={setEndedOn}
      />
      <EvidenceInput record={{ kind: 'party', id: partyId }} value={evidence} onChange={setEvidence} />
    </ConfirmAction>
  )
}
