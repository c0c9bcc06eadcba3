import { useEffect, useRef, useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  ConfirmAction,
  DateText,
  Loaded,
  mapLoadable,
  Notice,
  PageHeader,
  Reasons,
  StatusTag,
  TabStrip,
  type Tone,
  useSay,
  WorkbenchShell,
  Yen,
} from '../../../ui/index.ts'
import { holdPayment } from '../../payments/contract.ts'
import {
  acceptAllSafe,
  acceptMatch,
  type BenchItem,
  proposeMatches,
  type Suggestion,
  suggestionOf,
  undoMatch,
  workbench,
} from '../contract.ts'
import type { ShortReason } from '../tables.ts'
import { useDivision } from './bench-state.ts'
import { SuggestionPane } from './SuggestionPane.tsx'

const statusTags: Record<BenchItem['status'], [Tone, string]> = {
  auto: ['success', '安全な候補'],
  proposed: ['accent', '候補あり'],
  unidentified: ['warning', '入金元不明'],
  none: ['neutral', '未照合'],
}

type Show = 'open' | 'auto' | 'held'

/** Deposits left, the claims they pay right with reasons and the running difference; letters decide. */
export default function WorkbenchPage() {
  const [url, setUrl] = useUrlState()
  const follow = useFollow()
  const whyNot = useWhyNot()
  const say = useSay()
  const show = (one(url.show) ?? 'open') as Show
  const page = useApi(workbench, { show, limit: 200 })
  const mayConfirm = whyNot('reconciliation.confirm')
  const propose = useCommand(proposeMatches, {
    onDone: done =>
      say.done(`照合しました：安全${done.auto}件・候補${done.proposed}件・不明${done.unidentified}件`),
  })
  const [askSafe, setAskSafe] = useState(false)
  const safe = useCommand(acceptAllSafe, {
    onDone: done => {
      setAskSafe(false)
      say.done(`安全な候補を${done.accepted}件、${done.acceptedYen.toLocaleString('ja-JP')}円確定しました。`)
    },
  })
  const sums = page.state === 'ready' ? page.value : null
  const asked = useRef(false)
  const unlooked = sums?.rows.some(row => row.status === 'none' && row.state === 'matching') ?? false
  // Deposits just taken in are looked at once without being asked for.
  useEffect(() => {
    if (!unlooked || mayConfirm !== null || asked.current) return
    asked.current = true
    propose.run({})
  }, [unlooked, mayConfirm, propose])
  return (
    <>
      <PageHeader
        title="消込"
        detail={sums ? `消込待ち ${sums.waiting}件　${sums.waitingYen.toLocaleString('ja-JP')}円` : ''}
        actions={
          <>
            <ActionButton disabledReason={null} onClick={() => follow('/reconciliation/matches')}>
              消込の履歴
            </ActionButton>
            <ActionButton disabledReason={null} onClick={() => follow('/reconciliation/aliases')}>
              学習した名義
            </ActionButton>
            <ActionButton
              disabledReason={mayConfirm}
              running={propose.running}
              onClick={() => propose.run({})}
            >
              候補を作り直す
            </ActionButton>
            <ActionButton
              kind="primary"
              disabledReason={mayConfirm ?? (sums?.safe ? null : '安全な候補はありません。')}
              onClick={() => setAskSafe(true)}
            >
              {`安全な候補をすべて確定${sums?.safe ? `（${sums.safe}件）` : ''}`}
            </ActionButton>
          </>
        }
      />
      {propose.problem && (
        <Notice tone="danger" title={propose.problem.title} live>
          <Reasons reasons={propose.problem.reasons} />
        </Notice>
      )}
      <TabStrip
        label="表示する入金"
        tabs={[
          { key: 'open', label: '消込待ち' },
          { key: 'auto', label: '安全な候補' },
          { key: 'held', label: '保留中' },
        ]}
        active={show}
        panelId="bench"
        onChoose={key => setUrl({ show: key === 'open' ? undefined : key, payment: undefined })}
      />
      <div id="bench" role="tabpanel" aria-label="消込待ちの入金">
        <Bench page={page} active={one(url.payment) ?? null} onActivate={payment => setUrl({ payment })} />
      </div>
      <ConfirmAction
        open={askSafe}
        title="安全な候補をすべて確定します"
        what="説明が1通りしかない入金だけを、もう一度照合したうえで消し込みます。1件ずつ取り消すことができます。"
        confirmLabel="すべて確定する"
        reason="none"
        running={safe.running}
        problem={safe.problem}
        onConfirm={() => safe.run({})}
        onClose={() => setAskSafe(false)}
      />
    </>
  )
}

interface BenchProps {
  page: ReturnType<typeof useApi<(typeof workbench)['input'], (typeof workbench)['output']>>
  active: string | null
  onActivate: (paymentId: string) => void
}

function Bench({ page, active, onActivate }: BenchProps) {
  const rows = page.state === 'ready' ? page.value.rows : []
  const chosen = rows.find(row => row.paymentId === active) ?? rows[0] ?? null
  const [text, setText] = useState('')
  const found = useApi(
    suggestionOf,
    { paymentId: chosen?.paymentId ?? '', ...(text ? { text } : {}) },
    { enabled: chosen !== null },
  )
  const suggestion: Suggestion | null = found.state === 'ready' ? found.value : null
  const division = useDivision(chosen?.paymentId ?? '', suggestion)
  const [shortReason, setShortReason] = useState<ShortReason | null>(null)
  const [dialog, setDialog] = useState<'hold' | 'undo' | null>(null)
  const [lastMatch, setLastMatch] = useState<{ id: string; matchNo: string } | null>(null)
  const say = useSay()
  const whyNot = useWhyNot()
  const accept = useCommand(acceptMatch, {
    onDone: done => {
      setLastMatch({ id: done.id, matchNo: done.matchNo })
      setShortReason(null)
      say.done(
        done.excessYen > 0
          ? `消し込みました（${done.matchNo}）。超過 ${done.excessYen.toLocaleString('ja-JP')}円を返金できます。`
          : `消し込みました（${done.matchNo}）。`,
      )
    },
  })
  const hold = useCommand(holdPayment, { onDone: () => setDialog(null) })
  const undo = useCommand(undoMatch, {
    onDone: () => {
      setDialog(null)
      setLastMatch(null)
      say.done('消込を取り消しました。')
    },
  })
  const mayNot = whyNot('reconciliation.confirm')
  const tooMuch = chosen !== null && division.totalYen > chosen.amountYen
  const whyNotAccept =
    mayNot ??
    (division.lines.length === 0
      ? '充当する債権と金額を選んでください。'
      : tooMuch
        ? '充当額が入金額を超えています。'
        : null)
  const run = () => {
    if (!chosen) return
    accept.run({
      paymentId: chosen.paymentId,
      lines: division.lines,
      shortReason: shortReason ?? suggestion?.shortReason ?? null,
    })
  }
  const split = () => {
    if (!chosen) return
    const next = suggestion?.claims.find(claim => division.yenOf(claim.receivableId) === 0)
    const leftYen = chosen.amountYen - division.totalYen
    if (next && leftYen > 0) division.put(next.receivableId, Math.min(leftYen, next.openYen))
  }
  return (
    <>
      <WorkbenchShell
        label="消込待ちの入金"
        items={mapLoadable(page, body => body.rows as readonly BenchItem[])}
        itemKey={item => item.paymentId}
        entry={item => <Entry item={item} />}
        activeKey={active}
        onActivate={key => {
          setText('')
          accept.reset()
          onActivate(key)
        }}
        keys={[
          { key: 'a', label: '確定', disabledReason: whyNotAccept, onPress: run },
          { key: 's', label: '残りを次の債権へ', disabledReason: mayNot, onPress: split },
          {
            key: 'h',
            label: '保留',
            disabledReason: whyNot('payments.judge'),
            onPress: () => setDialog('hold'),
          },
          {
            key: 'u',
            label: '直前の消込を取消',
            disabledReason: mayNot ?? (lastMatch ? null : 'この画面で確定した消込がありません。'),
            onPress: () => setDialog('undo'),
          },
        ]}
        empty={{
          title: '消込待ちの入金はありません',
          hint: '明細を取り込むと、ここに並びます。候補が出ないときは「候補を作り直す」を押してください。',
        }}
      >
        {item => (
          <Loaded from={found} rows={8}>
            {value => (
              <SuggestionPane
                item={item}
                suggestion={value}
                division={division}
                text={text}
                onText={setText}
                shortReason={shortReason ?? value.shortReason}
                onShortReason={setShortReason}
                problem={accept.problem}
                accept={
                  <ActionButton
                    kind="primary"
                    running={accept.running}
                    disabledReason={whyNotAccept}
                    onClick={run}
                  >
                    確定する
                  </ActionButton>
                }
                hold={
                  <ActionButton disabledReason={whyNot('payments.judge')} onClick={() => setDialog('hold')}>
                    保留
                  </ActionButton>
                }
              />
            )}
          </Loaded>
        )}
      </WorkbenchShell>
      {dialog === 'hold' && chosen && (
        <ConfirmAction
          open
          title="この入金を保留します"
          what="消込の一覧から外し、「保留中」に移します。"
          confirmLabel="保留する"
          reason="required"
          running={hold.running}
          problem={hold.problem}
          onConfirm={reason => hold.run({ paymentId: chosen.paymentId, reason })}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'undo' && lastMatch && (
        <ConfirmAction
          open
          title={`消込 ${lastMatch.matchNo} を取り消します`}
          what="仕訳を反対仕訳で取り消し、入金と債権を元に戻します。"
          confirmLabel="取り消す"
          danger
          reason="required"
          running={undo.running}
          problem={undo.problem}
          onConfirm={reason => undo.run({ matchId: lastMatch.id, reason })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
}

function Entry({ item }: { item: BenchItem }) {
  const [tone, word] = statusTags[item.status]
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <strong>{item.payerKana || item.bankSummary}</strong>
        <Yen value={item.amountYen} strong />
      </div>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <span className="ui-faint">
          <DateText date={item.receivedOn} />　{item.payerBank}
        </span>
        {item.takenBack ? (
          <StatusTag tone="danger" word="銀行が取消" />
        ) : item.heldReason ? (
          <StatusTag tone="waiting" word="保留" detail={item.heldReason} />
        ) : (
          <StatusTag tone={tone} word={word} />
        )}
      </div>
    </>
  )
}
