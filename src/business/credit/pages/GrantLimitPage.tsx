import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { FieldInput, FormSection, FormShell, type LookupValue } from '../../../ui/index.ts'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { openParty } from '../../parties/contract.ts'
import { PartyChoice, PartyFormHeader } from '../../parties/web.tsx'
import { grantLimit } from '../contract.ts'
import { limitKindLabels, termLabels } from '../labels.ts'
import type { StoredLimitKind } from '../tables.ts'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const noTerms = {
  limitYen: null as number | null,
  limitPpm: null as number | null,
  inForceFrom: null as string | null,
  inForceTo: null as string | null,
  reviewDueOn: null as string | null,
  assessedOn: null as string | null,
  grounds: '',
}

/** Asks for a limit, or for other terms of the one in force. */
export default function GrantLimitPage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=limits`
  /** A decided review may lead here and bring what it recommends. */
  const [url] = useUrlState()
  const review = one(url.review)
    ? {
        id: one(url.review) ?? '',
        reviewNo: one(url.reviewNo) ?? '',
        yen: Number(one(url.yen)) || null,
        assessedOn: one(url.assessedOn) ?? null,
        reviewDueOn: one(url.reviewDueOn) ?? null,
        kind: one(url.kind) ?? null,
      }
    : null
  const party = useApi(openParty, { partyId })
  const onlyOwes =
    party.state === 'ready' && !party.value.roles.includes('client') && party.value.roles.includes('debtor')
  const [chosen, setKind] = useState<string | null>(review?.kind ?? null)
  const kind = chosen ?? (onlyOwes ? 'debtor' : 'client')
  const [term, setTerm] = useState<string | null>('permanent')
  const [debtor, setDebtor] = useState<LookupValue | null>(null)
  const today = useToday()
  const [initial] = useState({
    ...noTerms,
    inForceFrom: today as string | null,
    assessedOn: (review?.assessedOn ?? today) as string | null,
    reviewDueOn: review?.reviewDueOn ?? null,
    limitYen: review?.yen ?? null,
    grounds: review ? `審査 ${review.reviewNo} の決定による。` : '',
  })
  const [typed, setTyped] = useState(initial)
  const [reason, setReason] = useState({ ...noReason, reasonCode: 'review' as string | null })
  const grant = useCommand(grantLimit, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const set = (part: Partial<typeof noTerms>) => setTyped({ ...typed, ...part })
  const isShare = kind === 'concentration'
  const missing = [
    [isShare ? typed.limitPpm : typed.limitYen, '限度額を入力してください。'],
    [typed.inForceFrom, '開始日を入力してください。'],
    [typed.reviewDueOn, '見直し期日を入力してください。'],
    [typed.assessedOn, '査定日を入力してください。'],
    [typed.grounds.trim().length >= 5 ? 'given' : null, '根拠を入力してください。'],
  ].find(([value]) => value === null)
  return (
    <>
      <PartyFormHeader title="与信枠の設定・改定を申請" partyId={partyId} tab="limits" tabLabel="与信" />
      <FormShell
        label="与信枠の設定"
        loading={false}
        submitError={grant.problem}
        submitting={grant.running}
        submitLabel="申請する"
        submitDisabledReason={missing ? String(missing[1]) : null}
        onSubmit={() =>
          grant.run({
            limitKind: kind as StoredLimitKind,
            subjectId: partyId,
            secondSubjectId: kind === 'pair' ? (debtor?.value ?? null) : null,
            term: term as 'permanent' | 'temporary',
            limitYen: isShare ? null : typed.limitYen,
            limitPpm: isShare ? typed.limitPpm : null,
            inForceFrom: typed.inForceFrom ?? '',
            inForceTo: typed.inForceTo,
            reviewDueOn: typed.reviewDueOn ?? '',
            assessedOn: typed.assessedOn ?? '',
            grounds: typed.grounds,
            reviewId: review?.id ?? null,
            change: toReason(reason),
          })
        }
        onCancel={() => follow(home)}
        dirty={typed !== initial}
        draft={{ state: 'off' }}
        footnote="設定・引上げ・延長は別の担当者の承認後に有効になります。引下げはすぐに有効になります。"
      >
        <FormSection title={review ? `枠（審査 ${review.reviewNo} に基づく）` : '枠'}>
          <FieldInput
            field={{
              name: 'limitKind',
              type: 'choice',
              label: '枠の種別',
              required: true,
              options: options(limitKindLabels),
              width: 'full',
            }}
            value={kind}
            onChange={setKind}
          />
          {kind === 'pair' && (
            <PartyChoice
              name="secondSubjectId"
              label="売掛先"
              only="debtor"
              value={debtor}
              onChange={setDebtor}
              required
            />
          )}
          <FieldInput
            field={{
              name: 'term',
              type: 'choice',
              label: '期間の種類',
              required: true,
              options: options(termLabels),
            }}
            value={term}
            onChange={setTerm}
          />
          {isShare ? (
            <FieldInput
              field={{ name: 'limitPpm', type: 'rate', label: '上限の割合', required: true }}
              value={typed.limitPpm}
              onChange={limitPpm => set({ limitPpm })}
            />
          ) : (
            <FieldInput
              field={{
                name: 'limitYen',
                type: 'yen',
                label: '限度額',
                required: true,
                example: '10,000,000',
              }}
              value={typed.limitYen}
              onChange={limitYen => set({ limitYen })}
            />
          )}
          <FieldInput
            field={{ name: 'inForceFrom', type: 'date', label: '開始日', required: true }}
            value={typed.inForceFrom}
            onChange={inForceFrom => set({ inForceFrom })}
          />
          <FieldInput
            field={{ name: 'inForceTo', type: 'date', label: '終了日', help: '一時枠では必ず入力します。' }}
            value={typed.inForceTo}
            onChange={inForceTo => set({ inForceTo })}
          />
        </FormSection>
        <FormSection title="査定">
          <FieldInput
            field={{ name: 'assessedOn', type: 'date', label: '査定日', required: true }}
            value={typed.assessedOn}
            onChange={assessedOn => set({ assessedOn })}
          />
          <FieldInput
            field={{ name: 'reviewDueOn', type: 'date', label: '見直し期日', required: true }}
            value={typed.reviewDueOn}
            onChange={reviewDueOn => set({ reviewDueOn })}
          />
          <FieldInput
            field={{
              name: 'grounds',
              type: 'longText',
              label: '根拠',
              required: true,
              width: 'full',
              rows: 4,
              example: '直近2期の決算書、過去12か月の入金実績（遅延なし）、外部評点52点',
              why: '承認者と、後から見る監査担当が判断できるように残します。',
            }}
            value={typed.grounds}
            onChange={grounds => set({ grounds })}
          />
        </FormSection>
        <ChangeReasonSection
          record={{ kind: 'party', id: partyId }}
          value={reason}
          onChange={part => setReason({ ...reason, ...part })}
        />
      </FormShell>
    </>
  )
}
