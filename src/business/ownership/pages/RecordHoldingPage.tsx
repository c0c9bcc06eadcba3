import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, LookupInput, type LookupValue } from '../../../ui/index.ts'
import { EffectiveDate } from '../../changes/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { PartyChoice, PartyFormHeader } from '../../parties/web.tsx'
import { findPeople } from '../../people/contract.ts'
import { recordHolding } from '../contract.ts'
import { rightLabels, sourceLabels } from '../labels.ts'
import type { HoldingSource, RightKind } from '../tables.ts'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** Records from when on a company or a person holds how much of the party. */
export default function RecordHoldingPage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=group`
  const [url] = useUrlState()
  const given = one(url.holder)?.split(':')
  const [kind, setKind] = useState<string | null>(given?.[0] ?? 'party')
  const [holder, setHolder] = useState<LookupValue | null>(
    given?.[1] ? { value: given[1], label: one(url.name) ?? '' } : null,
  )
  const [right, setRight] = useState<string | null>(one(url.right) ?? 'votes')
  const [sharePpm, setSharePpm] = useState<number | null>(null)
  const [votes, setVotes] = useState<number | null>(null)
  const [total, setTotal] = useState<number | null>(null)
  const [source, setSource] = useState<string | null>('shareholder_register')
  const [validFrom, setValidFrom] = useState<string | null>(useToday())
  const [reason, setReason] = useState(noReason)
  const record = useCommand(recordHolding, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const byVotes = votes !== null || total !== null
  const missing = !holder
    ? '株主を選んでください。'
    : byVotes
      ? votes === null || total === null
        ? '議決権数と総議決権数の両方を入力してください。'
        : null
      : sharePpm
        ? null
        : '割合か、議決権数と総議決権数を入力してください。'
  return (
    <>
      <PartyFormHeader title="持株を記録" partyId={partyId} tab="group" tabLabel="グループ・株主" />
      <Card title="だれが、いつから、どれだけ持っているか">
        <FormShell
          label="持株を記録"
          loading={false}
          submitError={record.problem}
          submitting={record.running}
          submitLabel="記録する"
          submitDisabledReason={missing}
          onSubmit={() =>
            record.run({
              partyId,
              holderPartyId: kind === 'party' ? (holder?.value ?? null) : null,
              holderPersonId: kind === 'person' ? (holder?.value ?? null) : null,
              right: right as RightKind,
              ...(byVotes ? { shareVotes: votes, shareTotal: total } : { sharePpm }),
              source: source as HoldingSource | null,
              validFrom,
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={holder !== null}
          draft={{ state: 'off' }}
          footnote="申込・取引中の会社の実質的支配者や親会社が変わるときは、裏付け資料を付けて申請し、別の担当者が承認します。"
        >
          <FormSection title="株主">
            <FieldInput
              field={{
                name: 'holderKind',
                type: 'choice',
                label: '株主の区分',
                required: true,
                options: options({ party: '法人（登録済みの会社）', person: '個人（登録済みの人）' }),
              }}
              value={kind}
              onChange={value => {
                setKind(value)
                setHolder(null)
              }}
            />
            {kind === 'person' ? (
              <PersonChoice value={holder} onChange={setHolder} />
            ) : (
              <PartyChoice name="holderPartyId" label="株主" value={holder} onChange={setHolder} required />
            )}
          </FormSection>
          <FormSection title="持分">
            <FieldInput
              field={{
                name: 'right',
                type: 'choice',
                label: '権利',
                required: true,
                options: options(rightLabels),
                help: '株式会社・有限会社は議決権。合同会社・一般社団法人などは、収益の配当や財産の分配を受ける権利で判定します。',
              }}
              value={right}
              onChange={setRight}
            />
            <FieldInput
              field={{
                name: 'sharePpm',
                type: 'rate',
                label: '割合',
                example: '60',
                help: '議決権数が分かるときは、割合の代わりに数で入力すると端数まで正確に判定します。',
              }}
              value={sharePpm}
              onChange={setSharePpm}
            />
            <FieldInput
              field={{ name: 'shareVotes', type: 'number', label: '議決権数（個）', example: '120', min: 1 }}
              value={votes}
              onChange={setVotes}
            />
            <FieldInput
              field={{
                name: 'shareTotal',
                type: 'number',
                label: '総議決権数（個）',
                example: '200',
                min: 1,
                help: '役員の選任と定款の変更について議決権を行使できない株式は除きます。',
              }}
              value={total}
              onChange={setTotal}
            />
            <FieldInput
              field={{ name: 'source', type: 'choice', label: '出所', options: options(sourceLabels) }}
              value={source}
              onChange={setSource}
            />
            <EffectiveDate value={validFrom} onChange={setValidFrom} label="いつから" />
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

function PersonChoice({
  value,
  onChange,
}: {
  value: LookupValue | null
  onChange: (value: LookupValue | null) => void
}) {
  return (
    <LookupInput
      field={{
        type: 'lookup',
        name: 'holderPersonId',
        label: '株主',
        required: true,
        help: '登録がない人は、先に「関係者」タブで株主として追加してください。',
      }}
      value={value}
      onChange={onChange}
      find={async (text, signal) => {
        if (!text) return []
        const { rows } = await call(findPeople, { text, limit: 12 }, { signal })
        return rows.map(row => ({
          value: row.id,
          label: row.name,
          detail: [row.personNo, row.companies[0]?.legalName].filter(Boolean).join('　'),
        }))
      }}
    />
  )
}
