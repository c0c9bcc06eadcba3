import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  KeyValue,
  percentText,
  RuleResults,
  ScoreExplain,
  StatusTag,
  UiLink,
  Waterfall,
  type WaterfallStep,
  yenText,
} from '../../../ui/index.ts'
import { claimNatureLabels } from '../../access/labels.ts'
import { receivableKindLabels } from '../../contracts/labels.ts'
import type { ReceivableShown } from '../contract.ts'
import {
  duplicateLabels,
  duplicateRuleLabels,
  noticeKindLabels,
  noticeMethodLabels,
  perfectionLabels,
  restrictionLabels,
  setOffLabels,
} from '../labels.ts'
import type { Perfection } from '../tables.ts'
import type { ReceivableDialog } from './ReceivableDialogs.tsx'

interface CardProps {
  receivable: ReceivableShown
}

/** Face → what is bought → advance → fee → what the client gets, and what stays as reserve (FF §4.2). */
function stepsOf(value: ReceivableShown): WaterfallStep[] {
  const { faceYen, eligibleYen, purchasedYen } = value
  const steps: WaterfallStep[] = [{ key: 'face', label: '額面', value: faceYen, kind: 'level' }]
  if (eligibleYen !== faceYen)
    steps.push({ key: 'deductions', label: '控除・対象外', value: eligibleYen - faceYen, kind: 'change' })
  const bought = purchasedYen ?? eligibleYen
  if (bought !== eligibleYen)
    steps.push({ key: 'kept', label: '買い取らない部分', value: bought - eligibleYen, kind: 'change' })
  const fee = value.feeYen ?? value.quote?.feeYen
  const reserve = value.reserveYen ?? value.quote?.reserveYen
  if (fee === undefined || reserve === undefined || fee === null || reserve === null) return steps
  const planned = purchasedYen === null ? '（今日買い取る場合）' : undefined
  steps.push({
    key: 'bought',
    label: '買取額',
    value: bought,
    kind: 'level',
    ...(planned ? { note: planned } : {}),
  })
  if (reserve > 0) steps.push({ key: 'reserve', label: '留保金', value: -reserve, kind: 'change' })
  steps.push({ key: 'fee', label: '手数料（非課税）', value: -fee, kind: 'change' })
  steps.push({ key: 'price', label: '今回支払う代金', value: bought - reserve - fee, kind: 'level' })
  if (value.collectedYen > 0)
    steps.push({ key: 'collected', label: '回収額', value: value.collectedYen, kind: 'level' })
  return steps
}

export function MoneyCard({ receivable }: CardProps) {
  const { purchase } = receivable
  return (
    <Card title="金額の流れ">
      <Waterfall label="額面から支払額まで" steps={stepsOf(receivable)} />
      {purchase && (
        <KeyValue
          items={[
            {
              key: 'purchase',
              label: '買取',
              value: `${purchase.purchaseNo}（${purchase.claims}件）`,
              note: <DateText date={purchase.purchasedOn} />,
            },
            { key: 'net', label: '買取全体の送金額', value: yenText(purchase.netYen) },
            {
              key: 'charges',
              label: '費用・消費税',
              value: `${yenText(purchase.chargesYen)}・${yenText(purchase.taxYen)}`,
            },
            {
              key: 'annualised',
              label: '実質年率換算',
              value: purchase.annualisedPpm === null ? '—' : percentText(purchase.annualisedPpm),
            },
            { key: 'open', label: '未回収額', value: yenText(receivable.openYen ?? 0) },
            {
              key: 'funded',
              label: '送金日',
              value: receivable.fundedOn ? <DateText date={receivable.fundedOn} /> : '未送金',
            },
          ]}
        />
      )}
    </Card>
  )
}

export function FactsCard({ receivable: value }: CardProps) {
  return (
    <>
      <Card title="債権の内容">
        <KeyValue
          items={[
            {
              key: 'client',
              label: '顧客',
              value: <UiLink href={`/parties/${value.clientId}`}>{value.clientName}</UiLink>,
            },
            {
              key: 'debtor',
              label: '売掛先',
              value: <UiLink href={`/parties/${value.debtorId}`}>{value.debtorName}</UiLink>,
            },
            {
              key: 'contract',
              label: '契約',
              value: value.contractId ? (
                <UiLink href={`/contracts/${value.contractId}`}>{value.contractNo}</UiLink>
              ) : (
                '未選択'
              ),
            },
            { key: 'kind', label: '種類', value: receivableKindLabels[value.receivableKind] },
            { key: 'currency', label: '通貨', value: '日本円（JPY）' },
            { key: 'issuedOn', label: '発行日', value: <DateText date={value.issuedOn} /> },
            { key: 'dueOn', label: '支払期日', value: <DateText date={value.dueOn} /> },
            { key: 'payableOn', label: '回収期日', value: <DateText date={value.payableOn} /> },
            {
              key: 'restriction',
              label: '譲渡制限特約',
              value: restrictionLabels[value.assignmentRestriction],
            },
            {
              key: 'setOff',
              label: '相殺のおそれ',
              value: setOffLabels[value.setOffRisk as keyof typeof setOffLabels],
            },
            ...(value.transactionRecordUntil
              ? [
                  {
                    key: 'recordUntil',
                    label: '取引記録の保存期限',
                    value: <DateText date={value.transactionRecordUntil} />,
                    note: '最後の資金の動きから、運用規程の年数（犯収法7条：7年以上）',
                  },
                ]
              : []),
            { key: 'registeredBy', label: '登録', value: value.registeredBy.name },
            { key: 'verifiedBy', label: '確認', value: value.verifiedBy ?? '—' },
            { key: 'approvedBy', label: '承認', value: value.approvedBy ?? '—' },
          ]}
        />
      </Card>
      {value.findings.length > 0 && (
        <Card title="確認で見つかった事項">
          <RuleResults
            label="確認で見つかった事項"
            rules={value.findings.map(finding => ({
              key: finding.rule,
              name: finding.outcome === 'to_compliance' ? 'コンプライアンスの確認' : '注意',
              outcome: finding.outcome === 'to_compliance' ? 'failed' : 'unknown',
              sentence: finding.sentence,
              source: finding.source,
              ...(finding.outcome === 'to_compliance' ? { word: '要承認' } : { word: '注意' }),
            }))}
          />
        </Card>
      )}
    </>
  )
}

export function DuplicatesCard({ receivable }: CardProps) {
  return receivable.checks.map(check => (
    <Card key={check.id} title={check.occasion === 'offer' ? '申込時の照合' : '支払前の照合'}>
      <p>
        <StatusTag
          tone={check.result === 'clear' ? 'success' : 'danger'}
          word={duplicateLabels[check.result]}
        />{' '}
        <DateTimeText at={check.checkedAt} />
        {check.verdict &&
          `　判断：${check.verdict === 'different' ? '別の債権' : '同じ債権'}（${check.judgedBy}、承認 ${check.confirmedBy}）　理由：${check.verdictReason}`}
      </p>
      {check.matches.length === 0 && (
        <EmptyState
          title="似た債権はありません"
          hint="全顧客の債権と過去の申込（謝絶・取下げを含む）を照合しました。"
        />
      )}
      {check.matches.map(match => (
        <section key={match.receivableId} aria-label={match.receivableNo}>
          <p>
            <UiLink href={`/receivables/${match.receivableId}`}>{match.receivableNo}</UiLink>
            {`　${match.clientName} → ${match.debtorName}　請求書番号 ${match.invoiceNo}　${yenText(match.faceYen)}　支払期日 ${match.dueOn}`}
          </p>
          <ScoreExplain
            label={`${match.receivableNo}との類似`}
            score={match.points}
            max={100}
            band={
              match.result === 'weak'
                ? { tone: 'neutral', word: '弱い一致' }
                : { tone: 'danger', word: duplicateLabels[match.result] }
            }
            parts={match.signals.map(signal => ({
              key: signal.rule,
              name: duplicateRuleLabels[signal.rule] ?? signal.rule,
              points: signal.points,
              sentence: signal.sentence,
            }))}
          />
        </section>
      ))}
    </Card>
  ))
}

export function NoticesCard({
  receivable,
  onDialog,
}: CardProps & { onDialog: (dialog: ReceivableDialog) => void }) {
  const whyNot = useWhyNot()
  return (
    <Card
      title={`通知・承諾・登記（対抗要件：${perfectionLabels[receivable.perfection as Perfection]}）`}
      actions={
        <ActionButton
          disabledReason={whyNot('receivables.notify')}
          onClick={() => onDialog({ kind: 'notice' })}
        >
          通知などを記録
        </ActionButton>
      }
    >
      {receivable.notices.length === 0 && (
        <EmptyState
          title="通知の記録はありません"
          hint="2社間の取引では、通知書を留保し、きっかけがあるときだけ承認を得て送ります。"
        />
      )}
      {receivable.notices.map(notice => (
        <p key={notice.id}>
          <strong>{noticeKindLabels[notice.noticeKind]}</strong>
          {[
            '',
            ...(notice.noticeKind === 'registration' ? [] : [noticeMethodLabels[notice.method]]),
            notice.department ? `${notice.sentTo} ${notice.department}` : notice.sentTo,
            notice.noticeKind === 'registration'
              ? `申請 ${notice.sentOn ?? '日付なし'}`
              : notice.sentOn
                ? `送付 ${notice.sentOn}`
                : '留保（未送付）',
            ...(notice.postNo ? [`引受番号 ${notice.postNo}`] : []),
            ...(notice.byAssignor === null ? [] : [notice.byAssignor ? '譲渡人から' : '譲受人から']),
            ...(notice.fixedDateKind ? [`確定日付 ${notice.fixedDateKind} ${notice.fixedOn ?? ''}`] : []),
            ...(notice.deliveredTo ? [`受取人 ${notice.deliveredTo}`] : []),
            '',
          ].join('　')}
          {notice.deliveredOn && (
            <StatusTag
              tone="success"
              word={`${notice.noticeKind === 'registration' ? '登記' : '到達'} ${notice.deliveredOn} ${notice.deliveredTime ?? ''}`.trim()}
            />
          )}
          {notice.returnedOn && <StatusTag tone="danger" word={`返送 ${notice.returnedOn}`} />}
          {notice.registration && <RegistrationFacts registration={notice.registration} />}
          {notice.noticeKind === 'registration' && !notice.returnedOn && (
            <ActionButton
              size="small"
              disabledReason={whyNot('receivables.notify')}
              onClick={() => onDialog({ kind: 'registration', noticeId: notice.id })}
            >
              {notice.registration ? '登記を訂正' : '登記を記録'}
            </ActionButton>
          )}{' '}
          {!notice.deliveredOn && !notice.returnedOn && (
            <ActionButton
              size="small"
              disabledReason={whyNot('receivables.notify')}
              onClick={() => onDialog({ kind: 'outcome', noticeId: notice.id })}
            >
              結果を記録
            </ActionButton>
          )}
        </p>
      ))}
    </Card>
  )
}

function RegistrationFacts({
  registration,
}: {
  registration: NonNullable<ReceivableShown['notices'][number]['registration']>
}) {
  return (
    <>
      {`　登記番号 ${registration.registrationNo}　`}
      <DateTimeText at={registration.registeredAt} />
      {`　満了 ${registration.expiresOn}　種類コード ${registration.claimTypeCode}${registration.claimTypeLabel ? ` ${registration.claimTypeLabel}` : ''}${registration.claimNature ? `　${claimNatureLabels[registration.claimNature]}` : ''}　`}
      <UiLink href={`/documents/${registration.certificateId}`}>登記事項証明書</UiLink>{' '}
    </>
  )
}

export function EvidenceCard({ receivable }: CardProps) {
  return (
    <Card title="裏付け資料">
      {receivable.evidence.length === 0 ? (
        <EmptyState
          title="資料はまだありません"
          hint="内容を確認するときに、請求書・注文書・検収書などを添付します。"
        />
      ) : (
        receivable.evidence.map(one => (
          <p key={one.documentId}>
            {`${one.title}　`}
            <StatusTag tone={one.agrees ? 'success' : 'danger'} word={one.agrees ? '内容が一致' : '不一致'} />
          </p>
        ))
      )}
    </Card>
  )
}
