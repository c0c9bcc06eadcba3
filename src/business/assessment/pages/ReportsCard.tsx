import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  FieldInput,
  KeyValue,
  Row,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { EvidenceInput, EvidenceList } from '../../documents/web.tsx'
import { type CreditFile, recordReport, retractReport } from '../contract.ts'
import { reportFields, scoreFields } from '../fields.ts'
import type { ReportProvider } from '../tables.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { dialogField, providerName } from './words.tsx'

type Report = CreditFile['reports'][number]

/** Agencies' reports, newest first; one older than the company's rules allow is said to be. */
export function ReportsCard({ partyId, file }: { partyId: string; file: CreditFile }) {
  const whyNot = useWhyNot()
  const [recording, setRecording] = useState(false)
  const [retracting, setRetracting] = useState<Report | null>(null)
  return (
    <Card
      title="信用調査レポート"
      note={`調査日から${file.rules.reportAgeDays}日で取り直しを知らせます`}
      actions={
        <ActionButton disabledReason={whyNot('assessment.record')} onClick={() => setRecording(true)}>
          レポートを記録
        </ActionButton>
      }
    >
      {file.reports.length === 0 && (
        <p className="ui-faint">
          レポートの記録はありません。TDB・TSRなどのレポートの調査日・評価・倒産予測を記録し、ファイルを付けます。
        </p>
      )}
      {file.reports.map(report => (
        <section
          key={report.id}
          aria-label={`${providerName(report)} ${report.reportDate}`}
          className="ui-stack"
        >
          <Row>
            <strong>{`${providerName(report)}　${report.reportDate}`}</strong>
            {report.tooOld && <StatusTag tone="warning" word="古くなっています" />}
            {report.retracted && (
              <StatusTag
                tone="neutral"
                word="取消"
                detail={`${report.retracted.reason}（${report.retracted.by} ${report.retracted.on}）`}
              />
            )}
          </Row>
          <KeyValue
            items={[
              { key: 'rating', label: '評価', value: report.rating ?? '' },
              { key: 'forecast', label: '倒産予測', value: report.bankruptcyForecast ?? '' },
              {
                key: 'by',
                label: '記録した人',
                value: [report.recordedBy, report.recordNo].filter(Boolean).join('　'),
              },
              ...(report.summary
                ? [{ key: 'summary', label: '要点', value: report.summary, wide: true }]
                : []),
              {
                key: 'file',
                label: 'ファイル',
                value: <EvidenceList ids={report.evidence} />,
                wide: true,
              },
            ]}
          />
          {!report.retracted && (
            <Row>
              <ActionButton
                size="small"
                disabledReason={whyNot('assessment.record')}
                onClick={() => setRetracting(report)}
              >
                記録を取り消す
              </ActionButton>
            </Row>
          )}
        </section>
      ))}
      {recording && <ReportDialog partyId={partyId} onClose={() => setRecording(false)} />}
      {retracting && <RetractDialog report={retracting} onClose={() => setRetracting(null)} />}
    </Card>
  )
}

function ReportDialog({ partyId, onClose }: { partyId: string; onClose: () => void }) {
  const say = useSay()
  const today = useToday()
  const [provider, setProvider] = useState<ReportProvider>('tdb')
  const [typed, setTyped] = useState({
    providerName: '',
    reportDate: null as string | null,
    rating: '',
    bankruptcyForecast: '',
    summary: '',
  })
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const set = (part: Partial<typeof typed>) => setTyped(before => ({ ...before, ...part }))
  const run = useCommand(recordReport, {
    onDone: () => {
      say.done('信用調査レポートを記録しました。')
      onClose()
    },
  })
  return (
    <EntryDialog
      title="信用調査レポートを記録します"
      what="レポートのファイルは「ファイルを追加」で付けられます。点数は「評点」にも記録すると、推移を見られます。"
      confirmLabel="記録する"
      missing={[
        typed.reportDate === null && '調査日を入力してください。',
        typed.reportDate !== null && typed.reportDate > today && '調査日に将来の日付は入力できません。',
        provider === 'other' && !typed.providerName.trim() && '調査会社の名称を入力してください。',
        !typed.rating.trim() &&
          !typed.bankruptcyForecast.trim() &&
          !typed.summary.trim() &&
          evidence.length === 0 &&
          '評価・倒産予測・要点・ファイルのどれかを入力してください。',
      ]}
      running={run.running}
      problem={run.problem}
      onConfirm={() =>
        run.run({
          partyId,
          provider,
          providerName: provider === 'other' ? typed.providerName.trim() : null,
          reportDate: typed.reportDate ?? '',
          rating: typed.rating.trim() || null,
          bankruptcyForecast: typed.bankruptcyForecast.trim() || null,
          summary: typed.summary.trim() || null,
          evidence: [...evidence],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={dialogField(reportFields.provider, { required: true })}
        value={provider}
        onChange={value => setProvider((value ?? 'tdb') as ReportProvider)}
      />
      {provider === 'other' && (
        <FieldInput
          field={dialogField(scoreFields.providerName, { required: true, width: 'full' })}
          value={typed.providerName}
          onChange={providerName => set({ providerName })}
        />
      )}
      <FieldInput
        field={dialogField(reportFields.reportDate, { required: true })}
        value={typed.reportDate}
        onChange={reportDate => set({ reportDate })}
      />
      <FieldInput
        field={dialogField(reportFields.rating)}
        value={typed.rating}
        onChange={rating => set({ rating })}
      />
      <FieldInput
        field={dialogField(reportFields.bankruptcyForecast)}
        value={typed.bankruptcyForecast}
        onChange={bankruptcyForecast => set({ bankruptcyForecast })}
      />
      <FieldInput
        field={dialogField(reportFields.summary, { width: 'full' })}
        value={typed.summary}
        onChange={summary => set({ summary })}
      />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="certificate"
      />
    </EntryDialog>
  )
}

function RetractDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const run = useCommand(retractReport, { onDone: onClose })
  return (
    <ConfirmAction
      open
      danger
      title="レポートの記録を取り消します"
      what={`${providerName(report)}（${report.reportDate}）を誤りとして取り消します。記録は「取消」として残ります。`}
      confirmLabel="取り消す"
      reason="required"
      running={run.running}
      problem={run.problem}
      onConfirm={reason => run.run({ reportId: report.id, reason })}
      onClose={onClose}
    />
  )
}
