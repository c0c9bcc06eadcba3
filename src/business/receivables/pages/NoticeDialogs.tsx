import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { recordNotice, recordNoticeOutcome } from '../contract.ts'
import { noticeKindLabels, noticeMethodLabels } from '../labels.ts'
import type { DialogProps } from './ReceivableDialogs.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

export function NoticeDialog({ receivable, onClose }: DialogProps) {
  const follow = useFollow()
  const [kind, setKind] = useState<string | null>('assignment_notice')
  const [method, setMethod] = useState<string | null>('content_certified')
  const [sentTo, setSentTo] = useState('')
  const [sentOn, setSentOn] = useState<string | null>(null)
  const [postNo, setPostNo] = useState('')
  const [trigger, setTrigger] = useState('')
  const [department, setDepartment] = useState('')
  const [byAssignor, setByAssignor] = useState<string | null>('yes')
  const [fixedDateKind, setFixedKind] = useState<string | null>(null)
  const [fixedOn, setFixedOn] = useState<string | null>(null)
  const isNotice = kind === 'assignment_notice'
  const isRegistration = kind === 'registration'
  const record = useCommand(recordNotice, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const critical = receivable.legalKind !== 'three_party' && sentOn !== null && kind !== 'registration'
  return (
    <ConfirmAction
      open
      wide
      title="通知・承諾・登記を記録します"
      what={
        critical
          ? '2社間の取引で売掛先に知らせることになります。きっかけを記録し、別の担当者の承認を待ちます。'
          : '送付日を空けると、署名済みの通知書を留保した記録になります。'
      }
      confirmLabel={critical ? '承認を申請する' : '記録する'}
      reason={critical ? 'required' : 'optional'}
      running={record.running}
      problem={record.problem}
      onConfirm={reasonText =>
        record.run({
          receivableId: receivable.id,
          noticeKind: kind as 'assignment_notice',
          method: (isRegistration ? 'electronic' : method) as 'content_certified',
          sentTo,
          sentOn,
          postNo: postNo || null,
          department: isRegistration ? null : department || null,
          byAssignor: isNotice ? byAssignor === 'yes' : null,
          fixedDateKind: isRegistration ? null : fixedDateKind,
          fixedOn: isRegistration ? null : fixedOn,
          trigger: trigger || null,
          ...(critical ? { change: { reasonCode: 'review' as const, reasonText, evidence: [] } } : {}),
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'noticeKind',
          type: 'choice',
          label: '種類',
          required: true,
          options: options(noticeKindLabels),
        }}
        value={kind}
        onChange={setKind}
      />
      {!isRegistration && (
        <FieldInput
          field={{
            name: 'method',
            type: 'choice',
            label: '方法',
            required: true,
            options: options(noticeMethodLabels),
          }}
          value={method}
          onChange={setMethod}
        />
      )}
      <FieldInput
        field={{
          name: 'sentTo',
          type: 'text',
          label: isRegistration ? '申請先' : '送付先（宛名・住所の記載）',
          required: true,
          example: isRegistration
            ? '東京法務局 民事行政部債権登録課'
            : '東京都港区芝1-2-3 株式会社まるまる商事 御中',
        }}
        value={sentTo}
        onChange={setSentTo}
      />
      <FieldInput
        field={{ name: 'sentOn', type: 'date', label: isRegistration ? '申請日' : '送付日' }}
        value={sentOn}
        onChange={setSentOn}
      />
      {!isRegistration && (
        <>
          <FieldInput
            field={{
              name: 'department',
              type: 'text',
              label: '部署',
              example: '経理部 支払担当',
              maxLength: 100,
            }}
            value={department}
            onChange={setDepartment}
          />
          {isNotice && (
            <FieldInput
              field={{
                name: 'byAssignor',
                type: 'choice',
                label: '通知する人',
                required: true,
                options: [
                  { value: 'yes', label: '譲渡人（利用者）' },
                  { value: 'no', label: '譲受人（当社）' },
                ],
                why: '譲受人だけの通知は、登記がなければ売掛先に対抗できません（民法467条1項）。',
              }}
              value={byAssignor}
              onChange={setByAssignor}
            />
          )}
          <FieldInput
            field={{
              name: 'fixedDateKind',
              type: 'choice',
              label: '確定日付',
              options: ['内容証明', '公証人の日付', '公正証書'].map(value => ({ value, label: value })),
              help: '第三者に対抗するには、確定日付のある証書が必要です。',
            }}
            value={fixedDateKind}
            onChange={setFixedKind}
          />
          {fixedDateKind && (
            <FieldInput
              field={{ name: 'fixedOn', type: 'date', label: '確定日付の日' }}
              value={fixedOn}
              onChange={setFixedOn}
            />
          )}
        </>
      )}
      <FieldInput
        field={{ name: 'postNo', type: 'code', label: '引受番号' }}
        value={postNo}
        onChange={setPostNo}
      />
      {critical && (
        <FieldInput
          field={{
            name: 'trigger',
            type: 'longText',
            label: 'きっかけ',
            required: true,
            example: '送金期日から10日を過ぎても送金がない',
          }}
          value={trigger}
          onChange={setTrigger}
        />
      )}
    </ConfirmAction>
  )
}

export function OutcomeDialog({ onClose, noticeId }: DialogProps & { noticeId: string }) {
  const [outcome, setOutcome] = useState<string | null>('delivered')
  const [on, setOn] = useState<string | null>(useToday())
  const [to, setTo] = useState('')
  const [time, setTime] = useState('')
  const record = useCommand(recordNoticeOutcome, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="通知の結果を記録します"
      what="到達した日から対抗要件を備えます（送った日ではありません）。"
      confirmLabel="記録する"
      reason="none"
      running={record.running}
      problem={record.problem}
      onConfirm={() =>
        record.run({
          noticeId,
          outcome: outcome as 'delivered',
          on: on ?? '',
          deliveredTo: to || null,
          deliveredTime: (outcome === 'delivered' && time) || null,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'outcome',
          type: 'choice',
          label: '結果',
          required: true,
          options: [
            { value: 'delivered', label: '到達・承諾・登記' },
            { value: 'returned', label: '返送' },
          ],
        }}
        value={outcome}
        onChange={setOutcome}
      />
      <FieldInput
        field={{ name: 'on', type: 'date', label: '日付', required: true }}
        value={on}
        onChange={setOn}
      />
      <FieldInput
        field={{ name: 'deliveredTo', type: 'text', label: '受取人' }}
        value={to}
        onChange={setTo}
      />
      {outcome === 'delivered' && (
        <FieldInput
          field={{
            name: 'deliveredTime',
            type: 'text',
            label: '到達した時刻',
            example: '10:15',
            why: '同じ日に別の譲渡通知が届いたとき、先に届いたほうが優先します。',
          }}
          value={time}
          onChange={setTime}
        />
      )}
    </ConfirmAction>
  )
}
