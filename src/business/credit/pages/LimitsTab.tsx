import { Suspense, useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useOfferedPanels } from '../../../platform/web/catalogue.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  EmptyState,
  KeyValue,
  type KeyValueItem,
  Loaded,
  Row,
  Stack,
  StatusTag,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { type LimitView, limitsOfParty } from '../contract.ts'
import { BreachDialog } from './BreachDialog.tsx'
import { type LimitAct, LimitDialog } from './LimitDialog.tsx'
import { LimitGauge, LimitStateTag, limitAmount, limitTitle } from './limit-words.tsx'
import { PartyOverrides } from './PartyOverrides.tsx'

const STANDING = new Set<LimitView['state']>(['in_force', 'suspended', 'reserved'])

/** A party's limits with what is at risk under each, and the earlier ones. */
export default function LimitsTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const all = useApi(limitsOfParty, { partyId: recordId })
  const { permissions } = useSession()
  const panels = useOfferedPanels('party-limits', permissions)
  const [act, setAct] = useState<LimitAct | null>(null)
  const [breach, setBreach] = useState<LimitView | null>(null)
  return (
    <>
      <Card
        title="与信枠"
        actions={
          <ActionButton
            kind="primary"
            disabledReason={whyNot('credit.request')}
            onClick={() => follow(`/parties/${recordId}/limits/new`)}
          >
            枠の設定・改定を申請
          </ActionButton>
        }
      >
        <Loaded from={all} rows={6}>
          {({ limits }) => {
            const standing = limits.filter(limit => STANDING.has(limit.state))
            return standing.length === 0 ? (
              <EmptyState
                title="有効な与信枠はありません"
                hint="審査担当が根拠と期日を付けて申請し、決裁者が承認すると、その範囲で債権を買い取れます。"
              />
            ) : (
              <Stack>
                {standing.map(limit => (
                  <OneLimit key={limit.id} limit={limit} onAct={setAct} onBreach={setBreach} />
                ))}
              </Stack>
            )
          }}
        </Loaded>
      </Card>
      {panels.map(panel => (
        <Suspense key={panel.key} fallback={null}>
          <panel.component typed={{ partyId: recordId }} fill={() => {}} />
        </Suspense>
      ))}
      <PartyOverrides partyId={recordId} />
      <LimitsSetAside recordId={recordId} />
      <EarlierLimits recordId={recordId} />
      {act && <LimitDialog act={act} onClose={() => setAct(null)} />}
      {breach && <BreachDialog limit={breach} onClose={() => setBreach(null)} />}
    </>
  )
}

/** What is above the limit, and who answered for it until when. */
function breachItems(limit: LimitView): KeyValueItem[] {
  const standing = limit.breaches.find(one => one.replacedOn === null)
  return [
    ...(limit.exceededYen === null
      ? []
      : [
          {
            key: 'exceeded',
            label: '超過額',
            wide: true,
            value: (
              <span>
                <StatusTag tone="danger" word={`超過 ${yenText(limit.exceededYen)}`} />
                {standing ? '' : '　超過の承認はまだありません'}
              </span>
            ),
          },
        ]),
    ...limit.breaches.map(one => ({
      key: one.id,
      label: '超過の承認',
      wide: true,
      value: `${one.acceptedOn}　申請 ${one.requestedBy}・承認 ${one.approvedBy}　超過 ${yenText(one.amountYen)}　解消の期限 ${one.acceptedUntil}　${one.cause}${one.replacedOn ? `（${one.replacedOn}に次の承認へ）` : ''}`,
    })),
  ]
}

function OneLimit({
  limit,
  onAct,
  onBreach,
}: {
  limit: LimitView
  onAct: (act: LimitAct) => void
  onBreach: (limit: LimitView) => void
}) {
  const whyNot = useWhyNot()
  return (
    <section aria-label={limitTitle(limit)}>
      <LimitGauge limit={limit} />
      <KeyValue
        items={[
          { key: 'state', label: '状態', value: <LimitStateTag limit={limit} /> },
          { key: 'no', label: '番号', value: `${limit.limitNo}（${limit.subject.partyNo}）` },
          ...(limit.secondSubject
            ? [
                {
                  key: 'second',
                  label: '売掛先',
                  value: (
                    <UiLink href={`/parties/${limit.secondSubject.id}`}>{limit.secondSubject.name}</UiLink>
                  ),
                },
              ]
            : []),
          ...breachItems(limit),
          { key: 'assessed', label: '査定日', value: <DateText date={limit.assessedOn} /> },
          { key: 'review', label: '見直し期日', value: <DateText date={limit.reviewDueOn} /> },
          {
            key: 'by',
            label: '申請・承認',
            value: `${limit.requestedBy.name}・${limit.approvedBy?.name ?? '（引下げ）'}${limit.authorityLevel ? `（決裁権限 ${limit.authorityLevel}）` : ''}`,
          },
          ...(limit.review
            ? [
                {
                  key: 'creditReview',
                  label: '審査',
                  value: (
                    <UiLink href={`/parties/${limit.subject.id}?tab=credit-file`}>
                      {limit.review.reviewNo}
                    </UiLink>
                  ),
                },
              ]
            : []),
          { key: 'grounds', label: '根拠', value: limit.grounds, wide: true },
        ]}
      />
      <Row>
        {limit.exceededYen !== null && (
          <ActionButton
            size="small"
            disabledReason={whyNot('credit.request')}
            onClick={() => onBreach(limit)}
          >
            超過の承認を申請
          </ActionButton>
        )}
        {limit.state === 'suspended' ? (
          <ActionButton
            size="small"
            disabledReason={whyNot('credit.request')}
            onClick={() => onAct({ kind: 'lift', limit })}
          >
            停止解除を申請
          </ActionButton>
        ) : (
          <ActionButton
            size="small"
            kind="danger"
            disabledReason={whyNot('credit.suspend')}
            onClick={() => onAct({ kind: 'suspend', limit })}
          >
            停止する
          </ActionButton>
        )}
        <ActionButton
          size="small"
          disabledReason={whyNot('credit.suspend')}
          onClick={() => onAct({ kind: 'revoke', limit })}
        >
          取り消す
        </ActionButton>
      </Row>
    </section>
  )
}

/** Limits of other records of the company, which do not count while the records are one. */
function LimitsSetAside({ recordId }: { recordId: string }) {
  const all = useApi(limitsOfParty, { partyId: recordId })
  const aside = all.state === 'ready' ? all.value.limits.filter(limit => limit.state === 'set_aside') : []
  if (aside.length === 0) return null
  return (
    <Card title="統合により適用外の枠" note="統合を解除すると、元の記録の枠として有効に戻ります">
      <KeyValue
        items={aside.map(limit => ({
          key: limit.id,
          label: limitTitle(limit),
          value: (
            <span>
              {limitAmount(limit)} <LimitStateTag limit={limit} />
            </span>
          ),
          note: `${limit.limitNo}　${limit.subject.partyNo} の枠　${limit.inForceFrom} 〜 ${limit.inForceTo ?? '期限なし'}`,
        }))}
      />
    </Card>
  )
}

function EarlierLimits({ recordId }: { recordId: string }) {
  const all = useApi(limitsOfParty, { partyId: recordId })
  const earlier =
    all.state === 'ready'
      ? all.value.limits.filter(limit => !STANDING.has(limit.state) && limit.state !== 'set_aside')
      : []
  if (earlier.length === 0) return null
  return (
    <Card title="過去の与信枠">
      <KeyValue
        items={earlier.map(limit => ({
          key: limit.id,
          label: limitTitle(limit),
          value: (
            <span>
              {limitAmount(limit)} <LimitStateTag limit={limit} />
            </span>
          ),
          note: `${limit.inForceFrom} 〜 ${limit.inForceTo ?? ''}`,
        }))}
      />
    </Card>
  )
}
