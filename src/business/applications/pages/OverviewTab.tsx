import type { ReactNode } from 'react'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  KeyValue,
  Row,
  RuleResults,
  Stack,
  StatusTag,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { payoutAfterLabels } from '../../contracts/labels.ts'
import type { PlanClock } from '../../plans/contract.ts'
import { clockEventLabels, registrationLabels } from '../../plans/labels.ts'
import { planAmountWords, planFeeWords, planHoursWords } from '../../plans/web.tsx'
import type { ApplicationShown } from '../contract.ts'
import { channelText, formLabels } from '../labels.ts'
import { hoursText } from './application-words.tsx'
import type { ApplicationDialog } from './dialog-props.ts'
import { labelOf, mainStep } from './steps.ts'

interface TabProps {
  application: ApplicationShown
  onDialog: (dialog: ApplicationDialog) => void
}

/** What may be done next with what stands in its way, and what was asked. */
export function OverviewTab({ application, onDialog }: TabProps) {
  return (
    <Stack>
      <NextSteps application={application} />
      <Facts application={application} onDialog={onDialog} />
      <Clock application={application} />
    </Stack>
  )
}

function NextSteps({ application }: { application: ApplicationShown }) {
  const main = mainStep(application.state)
  const held = application.steps.filter(step => step.to === main && step.hindrances.length > 0)
  if (application.steps.length === 0) return null
  const { id } = application.client
  return (
    <Card title="次に進むために">
      {held.length === 0 ? (
        <p style={{ margin: 0 }}>
          止めるものはありません。
          {application.state === 'ready_to_fund' && '債権の買取と支払へ進んでください。'}
        </p>
      ) : (
        <Stack>
          <RuleResults
            label="次に進むために必要なこと"
            rules={held.flatMap(step =>
              step.hindrances.map((one, at) => ({
                key: `${step.to}-${one.code}-${at}`,
                name: labelOf(application.state, step.to),
                outcome: 'failed' as const,
                word: '未了',
                sentence: one.message,
              })),
            )}
          />
          <Row>
            <span className="ui-faint">利用者の</span>
            <UiLink href={`/parties/${id}?tab=screening`}>反社照合</UiLink>
            <UiLink href={`/parties/${id}?tab=limits`}>与信枠</UiLink>
            <UiLink href={`/parties/${id}?tab=kyc`}>本人確認</UiLink>
            <UiLink href={`/parties/${id}?tab=accounts`}>口座</UiLink>
            <UiLink href={`/parties/${id}?tab=contracts`}>契約</UiLink>
          </Row>
        </Stack>
      )}
    </Card>
  )
}

function Facts({ application: value, onDialog }: TabProps) {
  const whyNot = useWhyNot()
  const { previousFactor, inquiry, broker } = value
  const stands = value.quotes.find(quote => quote.state === 'offered' || quote.state === 'accepted')
  const short = stands ? stands.netYen - value.requestedYen : 0
  return (
    <Card
      title="申込の内容"
      actions={
        value.mayChange && (
          <ActionButton
            size="small"
            disabledReason={whyNot('applications.handle')}
            onClick={() => onDialog({ kind: 'change' })}
          >
            変更
          </ActionButton>
        )
      }
    >
      <KeyValue
        items={[
          {
            key: 'client',
            label: '利用者',
            value: (
              <UiLink href={`/parties/${value.client.id}?tab=applications`}>
                {value.client.partyNo}　{value.client.name}
              </UiLink>
            ),
          },
          { key: 'requested', label: '希望額', value: yenText(value.requestedYen) },
          {
            key: 'net',
            label: '見積の手取額',
            value: stands ? yenText(stands.netYen) : '',
            ...(short < 0 ? { note: `希望額に ${yenText(-short)} 足りません` } : {}),
          },
          {
            key: 'neededBy',
            label: '希望日',
            value: value.neededBy ? <DateText date={value.neededBy} /> : '',
          },
          {
            key: 'plan',
            label: '商品',
            value: value.plan ? (
              <UiLink href={`/plans/${value.plan.planId}`}>
                {value.plan.name}　第{value.plan.version}版
              </UiLink>
            ) : (
              '商品によらない'
            ),
            ...(value.planParameters
              ? {
                  note: `買取額 ${planAmountWords(value.planParameters.minYen, value.planParameters.maxYen)}　手数料 ${planFeeWords(value.planParameters.feeMinPpm, value.planParameters.feeMaxPpm)}`,
                }
              : {}),
          },
          ...(value.planParameters
            ? [
                {
                  key: 'registration',
                  label: '債権譲渡登記',
                  value: registrationLabels[value.planParameters.registration],
                },
                {
                  key: 'payoutAfter',
                  label: '送金の条件',
                  value: payoutAfterLabels[value.planParameters.payoutAfter],
                },
              ]
            : []),
          { key: 'channel', label: '受付手段', value: channelText(value.channel) },
          ...(value.plan ? [] : [{ key: 'form', label: '形式', value: formLabels[value.form] }]),
          { key: 'campaign', label: '広告・きっかけ', value: value.campaign ?? '' },
          {
            key: 'broker',
            label: '紹介元',
            value: broker ? <UiLink href={`/parties/${broker.id}`}>{broker.name}</UiLink> : '',
          },
          {
            key: 'inquiry',
            label: '元の問合せ',
            value: inquiry ? <UiLink href={`/inquiries/${inquiry.id}`}>{inquiry.inquiryNo}</UiLink> : '',
          },
          {
            key: 'previous',
            label: '乗り換え前の会社',
            value: previousFactor ? previousFactor.name : '',
            ...(previousFactor
              ? {
                  note: `終了日 ${previousFactor.endedOn ?? '未確認'}　未払額 ${previousFactor.openYen === null ? '未確認' : yenText(previousFactor.openYen)}`,
                }
              : {}),
          },
          { key: 'owner', label: '担当者', value: value.owner.name },
          { key: 'drafted', label: '登録者', value: value.draftedBy.name },
          {
            key: 'decision',
            label: '最初の判断',
            value: value.firstDecision
              ? `${value.firstDecision === 'quoted' ? '見積を提示' : '謝絶'}（${value.decidedBy?.name ?? ''}）`
              : '',
            ...(value.decidedAt ? { note: <DateTimeText at={value.decidedAt} /> } : {}),
          },
          { key: 'reason', label: '判断の理由', value: value.decisionReason ?? '', wide: true },
        ]}
      />
    </Card>
  )
}

/** What the bank's cut-off makes of a promise of money on the same day (FF §7). */
function transferNote({
  earliestOn,
  cutOff,
  stillToday,
}: NonNullable<ApplicationShown['sameDayTransfer']>): ReactNode {
  if (stillToday) return `本日の着金には、振込の締切${cutOff}までに銀行への送信が必要です`
  return (
    <>
      本日の振込は締め切られています（締切{cutOff}）。着金は
      <DateText date={earliestOn} />
      以降です
    </>
  )
}

function Clock({ application: value }: { application: ApplicationShown }) {
  if (value.submittedAt === null) return null
  const decisionClock = value.planParameters?.decisionClock ?? value.planParameters?.quoteClock
  const due = (at: string | null, clock: PlanClock | null | undefined) =>
    at === null && clock ? (
      `${clockEventLabels[clock.startsAt]}から数えます`
    ) : (
      <>
        <DateTimeText at={at} />
        {value.clock?.isLate && value.clock.dueAt === at && <StatusTag tone="danger" word="期限超過" />}
      </>
    )
  return (
    <Card title="期限" note={`${planHoursWords(value.hours)}で数えます`}>
      <KeyValue
        items={[
          { key: 'submitted', label: '受付', value: <DateTimeText at={value.submittedAt} /> },
          { key: 'decision', label: '審査の回答', value: due(value.decisionDue, decisionClock) },
          {
            key: 'funding',
            label: '実行',
            value: due(value.fundingDue, value.planParameters?.fundingClock),
            ...(value.sameDayTransfer ? { note: transferNote(value.sameDayTransfer) } : {}),
          },
          {
            key: 'elapsed',
            label: '経過（営業時間）',
            value: value.elapsedMinutes === null ? '' : hoursText(value.elapsedMinutes),
          },
          { key: 'paused', label: '利用者を待った時間', value: hoursText(value.pausedMinutes) },
        ]}
      />
    </Card>
  )
}
