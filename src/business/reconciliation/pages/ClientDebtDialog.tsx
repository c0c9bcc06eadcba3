import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, yenText } from '../../../ui/index.ts'
import { penaltyTriggerLabels } from '../../contracts/labels.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { type ClientDebts, chargePenalty, setOff, waiveDebt } from '../debts-contract.ts'
import { clientDebtLabels, waivableLabels } from '../labels.ts'
import type { ClientDebtItem, WaivableItem } from '../tables.ts'

export type ClientDebtDialogKind = 'penalty' | 'waiver' | 'set_off'

const words: Record<ClientDebtDialogKind, { title: string; what: string }> = {
  penalty: {
    title: '違約金の計上を申請します',
    what: '契約で定めた額を計上します。同じ事由でも、発生するたびに1件です。売掛先の支払不能を理由には計上できません。',
  },
  waiver: {
    title: '免除を申請します',
    what: '免除した額は請求しません。買取手数料の免除は、利用者への返金になります。',
  },
  set_off: {
    title: '相殺を申請します',
    what: '利用者に支払う金額（返還・返金、または支払を依頼していない買取の送金額）と、利用者の債務を、同じ額だけ消します。送金額と相殺すると、実際に振り込む額がその分減ります。相殺の意思表示（通知）の写しを添付してください。',
  },
}

interface DialogProps {
  kind: ClientDebtDialogKind
  receivableId: string
  shown: ClientDebts
  onClose: () => void
}

/** Under which name the command takes the day. */
const dayNames = { penalty: 'happenedOn', waiver: 'waivedOn', set_off: 'setOffOn' } as const

/** Asks for a penalty, a waiver or a set-off on one claim; a second person decides. */
export function ClientDebtDialog({ kind, receivableId, shown, onClose }: DialogProps) {
  const follow = useFollow()
  const onPending = (answer: { changeRequestId: string }) =>
    follow(`/change-requests/${answer.changeRequestId}`)
  const penalty = useCommand(chargePenalty, { onPending, onDone: onClose })
  const waiver = useCommand(waiveDebt, { onPending, onDone: onClose })
  const offset = useCommand(setOff, { onPending, onDone: onClose })
  const commands = { penalty, waiver, set_off: offset }
  const today = useToday()
  const items = itemsFor(kind, shown)
  const [item, setItem] = useState<string | null>(items[0]?.value ?? null)
  const [dueId, setDue] = useState<string | null>(shown.dues[0]?.id ?? shown.payouts[0]?.purchaseId ?? null)
  const mostYen = mostFor(kind, shown, item, dueId)
  const [yen, setYen] = useState<number | null>(mostYen)
  const [on, setOn] = useState<string | null>(today)
  const [noticeOn, setNoticeOn] = useState<string | null>(today)
  const [basis, setBasis] = useState('民法第505条')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const confirm = (reasonText: string) => {
    const change = { reasonCode: 'review' as const, reasonText, evidence: [...evidence] }
    if (kind === 'penalty')
      penalty.run({
        receivableId,
        trigger: item as ClientDebts['penalties'][number]['trigger'],
        happenedOn: on ?? '',
        change,
      })
    if (kind === 'waiver')
      waiver.run({ receivableId, item: item as WaivableItem, yen: yen ?? 0, waivedOn: on ?? '', change })
    if (kind === 'set_off')
      offset.run({
        partyId: shown.client.id,
        ours: [{ receivableId, item: item as ClientDebtItem, yen: yen ?? 0 }],
        theirs: [
          shown.payouts.some(one => one.purchaseId === dueId)
            ? { purchaseId: dueId ?? '', yen: yen ?? 0 }
            : { dueId: dueId ?? '', yen: yen ?? 0 },
        ],
        setOffOn: on ?? '',
        noticeOn: noticeOn ?? '',
        basis,
        change,
      })
  }
  const lacking =
    item === null
      ? '項目を選んでください。'
      : kind === 'set_off' && dueId === null
        ? '当社の債務を選んでください。'
        : kind !== 'penalty' && yen === null
          ? '額を入力してください。'
          : on === null || (kind === 'set_off' && noticeOn === null)
            ? '日付を入力してください。'
            : null
  return (
    <ConfirmAction
      open
      title={words[kind].title}
      what={words[kind].what}
      confirmLabel="承認を申請する"
      reason="required"
      unfilled={lacking}
      running={commands[kind].running}
      problem={commands[kind].problem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: kind === 'penalty' ? 'trigger' : 'item',
          type: 'choice',
          label:
            kind === 'penalty' ? '事由（契約の条項と額）' : kind === 'waiver' ? '免除する項目' : '当社の債権',
          required: true,
          options: items,
        }}
        value={item}
        onChange={value => {
          setItem(value)
          setYen(mostFor(kind, shown, value, dueId))
        }}
      />
      {kind === 'set_off' && (
        <FieldInput
          field={{
            name: 'dueId',
            type: 'choice',
            label: '当社の債務（返還・返金・送金額）',
            required: true,
            options: [
              ...shown.dues.map(due => ({
                value: due.id,
                label: `${due.dueNo}　${due.what}　残り${yenText(due.leftYen)}`,
              })),
              ...shown.payouts.map(one => ({
                value: one.purchaseId,
                label: `${one.purchaseNo}　買取の送金額から差引　残り${yenText(one.leftYen)}`,
              })),
            ],
          }}
          value={dueId}
          onChange={value => {
            setDue(value)
            setYen(mostFor(kind, shown, item, value))
          }}
        />
      )}
      {kind !== 'penalty' && (
        <FieldInput
          field={{
            name: kind === 'set_off' ? 'ours.0.yen' : 'yen',
            type: 'yen',
            label: kind === 'waiver' ? '免除する額' : '相殺する額',
            required: true,
            ...(mostYen === null ? {} : { help: `最大 ${yenText(mostYen)}` }),
          }}
          value={yen}
          onChange={setYen}
        />
      )}
      <FieldInput
        field={{
          name: dayNames[kind],
          type: 'date',
          label: { penalty: '発生日', waiver: '免除日', set_off: '相殺の効力日' }[kind],
          required: true,
        }}
        value={on}
        onChange={setOn}
      />
      {kind === 'set_off' && (
        <>
          <FieldInput
            field={{ name: 'noticeOn', type: 'date', label: '意思表示の到達日', required: true }}
            value={noticeOn}
            onChange={setNoticeOn}
          />
          <FieldInput
            field={{ name: 'basis', type: 'text', label: '相殺の根拠', required: true }}
            value={basis}
            onChange={setBasis}
          />
        </>
      )}
      <EvidenceInput
        required
        record={{ kind: 'party', id: shown.client.id }}
        value={evidence}
        onChange={setEvidence}
        docKind={kind === 'set_off' ? 'set_off_notice' : 'notice'}
      />
    </ConfirmAction>
  )
}

function itemsFor(kind: ClientDebtDialogKind, shown: ClientDebts): { value: string; label: string }[] {
  if (kind === 'penalty')
    return shown.penalties.map(one => ({
      value: one.trigger,
      label: `${penaltyTriggerLabels[one.trigger]}　${one.clause}　${yenText(one.penaltyYen)}`,
    }))
  const open = shown.debts.filter(one => one.openYen > 0)
  if (kind === 'set_off')
    return open.map(one => ({
      value: one.item,
      label: `${clientDebtLabels[one.item]}　残り${yenText(one.openYen)}`,
    }))
  return [
    ...open
      .filter(one => one.item !== 'principal')
      .map(one => ({ value: one.item, label: `${clientDebtLabels[one.item]}　残り${yenText(one.openYen)}` })),
    ...(shown.feeYen > 0
      ? [{ value: 'fee', label: `${waivableLabels.fee}　残り${yenText(shown.feeYen)}` }]
      : []),
    ...(shown.debtorCostYen > 0
      ? [
          {
            value: 'debtor_cost',
            label: `${waivableLabels.debtor_cost}　残り${yenText(shown.debtorCostYen)}`,
          },
        ]
      : []),
  ]
}

function mostFor(
  kind: ClientDebtDialogKind,
  shown: ClientDebts,
  item: string | null,
  dueId: string | null,
): number | null {
  if (kind === 'penalty') return null
  const besides: Record<string, number> = { fee: shown.feeYen, debtor_cost: shown.debtorCostYen }
  const openYen = besides[item ?? ''] ?? shown.debts.find(one => one.item === item)?.openYen ?? 0
  const dueYen =
    shown.dues.find(due => due.id === dueId)?.leftYen ??
    shown.payouts.find(one => one.purchaseId === dueId)?.leftYen ??
    0
  return kind === 'set_off' ? Math.min(openYen, dueYen) : openYen
}
