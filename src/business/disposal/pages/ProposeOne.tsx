import { useApi } from '../../../platform/web/api.ts'
import { useBulk } from '../../../platform/web/bulk.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { BulkDialog, DateText, KeyValue, Loaded, Notice, Stack } from '../../../ui/index.ts'
import { type DisposalJudged, judgeDisposal, proposeDisposal } from '../contract.ts'
import { ruleWords, subjectKindLabels } from '../labels.ts'
import type { SubjectKind } from '../tables.ts'

interface ProposeOneProps {
  subjectKind: SubjectKind
  subjectId: string
  onClose: () => void
}

/** One record: until when and by which rule it is kept, what goes with it, what stands against it; and the request. */
export function ProposeOne({ subjectKind, subjectId, onClose }: ProposeOneProps) {
  const judged = useApi(judgeDisposal, { subjectKind, subjectId })
  const bulk = useBulk(proposeDisposal)
  const why = useWhyNot()('disposal.propose')
  const known = judged.state === 'ready' ? judged.value : null
  return (
    <BulkDialog
      open
      title="廃棄を申請します"
      what="別の人が承認すると、鍵・内容・ファイルを破棄します。元に戻せません。"
      names={known ? [`${known.number} ${known.name}`] : []}
      confirmLabel="申請する"
      missing={why ?? (known ? missingOf(known) : '確認中です。')}
      reason="required"
      running={bulk.running}
      total={bulk.total}
      outcomes={bulk.outcomes}
      onStop={bulk.stop}
      onConfirm={reasonText =>
        bulk.run([
          {
            key: subjectId,
            name: known?.number ?? '',
            input: () => ({
              subjectKind,
              subjectId,
              change: { reasonCode: 'review' as const, reasonText, evidence: [] },
            }),
          },
        ])
      }
      onClose={onClose}
    >
      <Loaded from={judged} rows={4}>
        {value => <Judgement value={value} />}
      </Loaded>
    </BulkDialog>
  )
}

function missingOf(value: DisposalJudged): string | null {
  if (value.disposed) return '廃棄済みです。'
  if (value.changeRequestId) return '承認待ちの申請があります。'
  return value.reasons.length ? '下の理由がなくなるまで申請できません。' : null
}

function Judgement({ value }: { value: DisposalJudged }) {
  const { parties, people, documents, files } = value.goesWithIt
  const goes = [
    parties > 0 && `顧客・取引先の記録 ${parties}件`,
    people > 0 && `関係者 ${people}人`,
    documents > 0 && `書類 ${documents}件（ファイル ${files}個）`,
  ].filter(Boolean)
  return (
    <Stack>
      <KeyValue
        items={[
          { key: 'kind', label: '種類', value: subjectKindLabels[value.subjectKind] },
          {
            key: 'rule',
            label: '保存区分',
            value: ruleWords(value.retentionClass),
          },
          {
            key: 'until',
            label: '保存の最終日',
            value: value.dueOn ? <DateText date={value.dueOn} /> : '－',
          },
          { key: 'goes', label: '一緒に廃棄', value: goes.join('、') || 'なし' },
        ]}
      />
      {value.reasons.map(({ code, message }) => (
        <Notice key={code} tone="warning" title={message} />
      ))}
    </Stack>
  )
}
