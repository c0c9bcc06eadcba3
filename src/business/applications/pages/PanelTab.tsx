import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  Row,
  ScrollBox,
  Stack,
  StatusTag,
  type Tone,
  UiLink,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import type { ApplicationShown } from '../contract.ts'
import { sendingStateLabels, sharedItemLabels } from '../labels.ts'
import { openPanel, type PanelShown, type SendingShown } from '../panel-contract.ts'
import type { SendingState } from '../rules/panel.ts'
import { isEnded } from '../rules/states.ts'
import { LinesShown } from './OfferLines.tsx'
import { AcceptFunder, AnswerOfFunder, SendToFunders } from './PanelDialogs.tsx'

type Dialog = { kind: 'send' } | { kind: 'answer' | 'accept'; sending: SendingShown }

const tones: Record<SendingState, Tone> = {
  waiting: 'waiting',
  approved: 'accent',
  declined: 'neutral',
  accepted: 'success',
  withdrawn: 'neutral',
}

/** One application before several funders: who was asked with which consent, and whose payout is the highest (FF F6). */
export function PanelTab({ application }: { application: ApplicationShown }) {
  const panel = useApi(openPanel, { applicationId: application.id })
  const whyNot = useWhyNot()('applications.handle')
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)
  return (
    <Stack>
      <Card
        title="提示の比較"
        note="利用者が受け取る手取額の多い順です。承諾すると、ほかの会社と当社の見積は取下げになります。"
        actions={
          panel.state === 'ready' && (
            <ActionButton
              disabledReason={whyNot ?? panel.value.whyNot}
              onClick={() => setDialog({ kind: 'send' })}
            >
              提携買取会社へ送る
            </ActionButton>
          )
        }
      >
        <Loaded from={panel} rows={4}>
          {value =>
            value.sendings.length === 0 ? (
              <EmptyState
                title="まだどの会社にも送っていません"
                hint={
                  value.most === null
                    ? (value.whyNot ?? '')
                    : `同意書を登録してから、${value.most}社までの提携買取会社へ送れます。`
                }
              />
            ) : (
              <Offers
                panel={value}
                whyNot={whyNot ?? (isEnded(application.state) ? 'この申込は終わっています。' : null)}
                onDialog={setDialog}
              />
            )
          }
        </Loaded>
      </Card>
      {panel.state === 'ready' &&
        panel.value.sendings.map(sending => <SendingCard key={sending.id} sending={sending} />)}
      {dialog?.kind === 'send' && panel.state === 'ready' && (
        <SendToFunders application={application} panel={panel.value} onClose={close} />
      )}
      {dialog?.kind === 'answer' && (
        <AnswerOfFunder application={application} sending={dialog.sending} onClose={close} />
      )}
      {dialog?.kind === 'accept' && (
        <AcceptFunder application={application} sending={dialog.sending} onClose={close} />
      )}
    </Stack>
  )
}

function Offers({
  panel,
  whyNot,
  onDialog,
}: {
  panel: PanelShown
  whyNot: string | null
  onDialog: (dialog: Dialog) => void
}) {
  const best = Math.max(
    0,
    ...panel.sendings.map(one => (one.state === 'approved' && !one.isExpired && one.netYen) || 0),
  )
  return (
    <ScrollBox label="提携買取会社の提示">
      <table className="ui-lines">
        <thead>
          <tr>
            <th scope="col">会社</th>
            <th scope="col">状態</th>
            <th scope="col" data-number>
              手取額
            </th>
            <th scope="col" data-number>
              手数料
            </th>
            <th scope="col" data-number>
              留保金
            </th>
            <th scope="col">有効期限</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {panel.ours && (
            <tr>
              <th scope="row">当社（{panel.ours.quoteNo}）</th>
              <td>
                <StatusTag
                  tone={panel.ours.isOpen ? 'accent' : 'neutral'}
                  word={panel.ours.isOpen ? '提示あり' : '終了'}
                />
              </td>
              <td data-number>
                <Yen value={panel.ours.netYen} strong={panel.ours.isOpen && panel.ours.netYen >= best} />
              </td>
              <td />
              <td />
              <td>
                <DateTimeText at={panel.ours.expiresAt} />
              </td>
              <td>「見積」で回答を記録します</td>
            </tr>
          )}
          {panel.sendings.map(sending => (
            <tr key={sending.id}>
              <th scope="row">{sending.funder.name}</th>
              <td>
                <StatusTag
                  tone={sending.isExpired ? 'danger' : tones[sending.state]}
                  word={sending.isExpired ? '期限切れ' : sendingStateLabels[sending.state]}
                />
              </td>
              <td data-number>
                {sending.netYen !== null && (
                  <Yen value={sending.netYen} strong={sending.netYen === best && !sending.isExpired} />
                )}
              </td>
              <td data-number>{sending.feeYen !== null && <Yen value={sending.feeYen} />}</td>
              <td data-number>{sending.reserveYen !== null && <Yen value={sending.reserveYen} />}</td>
              <td>{sending.expiresAt ? <DateTimeText at={sending.expiresAt} /> : sending.declineReason}</td>
              <td>
                {['waiting', 'approved', 'declined'].includes(sending.state) && (
                  <Row>
                    <ActionButton
                      size="small"
                      disabledReason={whyNot}
                      onClick={() => onDialog({ kind: 'answer', sending })}
                    >
                      {sending.state === 'waiting' ? '回答を記録' : '回答を改める'}
                    </ActionButton>
                    {sending.state === 'approved' && (
                      <ActionButton
                        size="small"
                        kind="primary"
                        disabledReason={whyNot ?? (sending.isExpired ? '有効期限が過ぎています。' : null)}
                        onClick={() => onDialog({ kind: 'accept', sending })}
                      >
                        承諾を記録
                      </ActionButton>
                    )}
                  </Row>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function SendingCard({ sending }: { sending: SendingShown }) {
  return (
    <Card title={sending.funder.name} note={sendingStateLabels[sending.state]}>
      <KeyValue
        items={[
          {
            key: 'funder',
            label: '会社',
            value: <UiLink href={`/parties/${sending.funder.id}`}>{sending.funder.partyNo}</UiLink>,
          },
          {
            key: 'sent',
            label: '送信',
            value: <DateTimeText at={sending.sentAt} />,
            note: sending.sentBy,
          },
          {
            key: 'shared',
            label: '渡した情報',
            value: sending.shared.map(item => sharedItemLabels[item]).join('、'),
          },
          { key: 'consent', label: '利用者の同意', value: <EvidenceList ids={[sending.consentId]} /> },
          ...(sending.answeredOn
            ? [
                {
                  key: 'answer',
                  label: '回答',
                  value:
                    sending.netYen === null
                      ? `見送り：${sending.declineReason}`
                      : `買取額 ${yenText(sending.purchasedYen ?? 0)}　費用 ${yenText(sending.chargesYen ?? 0)}`,
                  note: `${sending.answeredOn}　記録 ${sending.answerRecordedBy ?? ''}`,
                },
                {
                  key: 'answerProof',
                  label: '回答の裏付け',
                  value: <EvidenceList ids={sending.answerDocuments} />,
                },
              ]
            : []),
          ...(sending.lines.length > 0
            ? [
                {
                  key: 'lines',
                  label: '債権ごとの内訳',
                  wide: true,
                  value: <LinesShown lines={sending.lines} />,
                },
              ]
            : []),
          ...(sending.acceptedOn
            ? [
                {
                  key: 'accepted',
                  label: '利用者の承諾',
                  value: `${sending.acceptedOn}　${sending.acceptedBy ?? '（廃棄済）'}`,
                },
                {
                  key: 'acceptProof',
                  label: '承諾の裏付け',
                  value: <EvidenceList ids={sending.acceptDocuments} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}
