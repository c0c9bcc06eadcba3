import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  DateTimeText,
  FieldInput,
  KeyValue,
  Loaded,
  Notice,
  PageHeader,
  ScoreExplain,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { decideCase, type Hit, judgeHit, openScreeningCase, type ScreeningCase } from '../contract.ts'
import { bandLabels, judgementLabels, listName, stateLabels, triggerLabels } from '../labels.ts'
import type { Judgement } from '../tables.ts'
import { CaseStateTag, JudgementTag } from './tags.tsx'

const choices = (labels: Record<string, string>, keys: readonly string[]) =>
  keys.map(value => ({ value, label: labels[value] ?? value }))

type Verdict = 'cleared' | 'conditional' | 'escalated' | 'rejected'

/** One case: subject and listed entry side by side, why they are alike, and what people judged. */
export default function CasePage() {
  const caseId = usePathId('caseId')
  const found = useApi(openScreeningCase, { caseId })
  return (
    <Loaded from={found} rows={10}>
      {value => <OneCase row={value} />}
    </Loaded>
  )
}

function OneCase({ row }: { row: ScreeningCase }) {
  const whyNot = useWhyNot()
  const [judging, setJudging] = useState<Hit | null>(null)
  const [deciding, setDeciding] = useState(false)
  const open = row.inForce && (row.state === 'hit_review' || row.state === 'escalated')
  const unjudged = row.hitList.filter(hit => hit.judgement === null).length
  const notNow = !open
    ? 'この照合の判断は終わっています。'
    : unjudged > 0
      ? `未判断の候補が${unjudged}件あります。`
      : null
  return (
    <>
      <PageHeader
        title={row.searched.name}
        code={row.caseNo}
        tags={<CaseStateTag state={row.state} />}
        detail={`${triggerLabels[row.trigger]}による照合`}
        crumbs={[{ label: '反社・制裁', href: '/screening' }]}
        actions={
          <ActionButton
            kind="primary"
            disabledReason={notNow ?? whyNot('screening.judge')}
            onClick={() => setDeciding(true)}
          >
            照合結果を申請
          </ActionButton>
        }
      />
      <Stack>
        {!row.inForce && <Notice tone="neutral" title="この照合は新しい照合に置き換わっています" />}
        <SearchedCard row={row} />
        {row.hitList.length === 0 && (
          <Notice tone="neutral" title="照合した版のリストに、似た名前はありませんでした">
            該当がないことの証明ではありません。次回の期日に再び照合します。
          </Notice>
        )}
        {row.hitList.map(hit => (
          <HitCard key={hit.id} hit={hit} row={row} open={open} onJudge={() => setJudging(hit)} />
        ))}
      </Stack>
      {judging && <JudgeDialog hit={judging} row={row} onClose={() => setJudging(null)} />}
      {deciding && <DecideDialog row={row} onClose={() => setDeciding(false)} />}
    </>
  )
}

function SearchedCard({ row }: { row: ScreeningCase }) {
  const { searched } = row
  return (
    <Card title="照合の内容">
      <KeyValue
        items={[
          { key: 'kana', label: 'フリガナ', value: searched.nameKana ?? '' },
          { key: 'others', label: '旧名称・別名', value: searched.otherNames.join('、') },
          { key: 'birth', label: '生年月日', value: searched.birthDate ?? '' },
          { key: 'address', label: '所在地', value: searched.address ?? '' },
          {
            key: 'parties',
            label: '関わる顧客',
            value: row.parties.map(party => (
              <UiLink key={party.id} href={`/parties/${party.id}?tab=screening`}>
                {party.legalName}
              </UiLink>
            )),
          },
          { key: 'at', label: '照合日時', value: <DateTimeText at={row.searchedAt} /> },
          { key: 'due', label: '次回の期日', value: <DateText date={row.nextDueOn} /> },
          {
            key: 'lists',
            label: '照合したリスト',
            wide: true,
            value: row.lists
              .map(
                list =>
                  `${listName(list.listId)} 第${list.versionNo}版（${list.entries.toLocaleString('ja-JP')}件）`,
              )
              .join('、'),
          },
          ...(row.decidedBy
            ? [
                {
                  key: 'verdict',
                  label: '結果',
                  wide: true,
                  value: `${stateLabels[row.state]}　判断 ${row.decidedBy}　承認 ${row.confirmedBy}　${row.verdictReason ?? ''}`,
                },
              ]
            : []),
          ...(row.conditions
            ? [
                {
                  key: 'conditions',
                  label: '条件',
                  wide: true,
                  value: `${row.conditions}（${row.conditionsUntil}まで）`,
                },
              ]
            : []),
          ...(row.earlier.length
            ? [
                {
                  key: 'earlier',
                  label: '以前の照合',
                  wide: true,
                  value: row.earlier.map(one => (
                    <span key={one.id}>
                      <UiLink href={`/screening/cases/${one.id}`}>{one.caseNo}</UiLink>（
                      {stateLabels[one.state]}）
                    </span>
                  )),
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

interface HitCardProps {
  hit: Hit
  row: ScreeningCase
  open: boolean
  onJudge: () => void
}

function HitCard({ hit, row, open, onJudge }: HitCardProps) {
  const whyNot = useWhyNot()
  const { entry } = hit
  const { searched } = row
  const pair = (own: string | null, listed: string) => `${own || '—'}　／　${listed || '—'}`
  return (
    <Card
      title={`候補　${hit.matchedName}`}
      note={`${hit.listTitle} 第${hit.versionNo}版`}
      actions={
        <ActionButton
          size="small"
          disabledReason={open ? whyNot('screening.judge') : 'この照合の判断は終わっています。'}
          onClick={onJudge}
        >
          この候補を判断
        </ActionButton>
      }
    >
      <p>
        <JudgementTag judgement={hit.judgement} />
        {hit.judgement &&
          `　${hit.judgementReason}（${hit.judgedBy}${hit.remembered ? '・以前の判断を引き継ぎ' : ''}）`}
      </p>
      <KeyValue
        items={[
          {
            key: 'names',
            label: '名称（対象／リスト）',
            wide: true,
            value: pair(
              [searched.name, searched.nameKana].filter(Boolean).join('、'),
              entry.names.join('、'),
            ),
          },
          {
            key: 'births',
            label: '生年月日（対象／リスト）',
            wide: true,
            value: pair(searched.birthDate, entry.births.join('、')),
          },
          {
            key: 'places',
            label: '所在（対象／リスト）',
            wide: true,
            value: pair(searched.address, [...entry.countries, ...entry.addresses].join('、')),
          },
          {
            key: 'why',
            label: 'リストの記載',
            wide: true,
            value: [entry.reason, entry.source, entry.listedOn, ...entry.programs, entry.remarks]
              .filter(Boolean)
              .join('　'),
          },
        ]}
      />
      <ScoreExplain
        label={`一致度の内訳　${hit.matchedName}`}
        score={hit.scoreThousandths / 10}
        max={100}
        band={{ tone: hit.band === 'hit' ? 'danger' : 'warning', word: bandLabels[hit.band] }}
        parts={hit.reasons.map(reason => ({
          key: reason.rule,
          name: reason.rule === 'name_words' ? '名前' : '調整',
          points: Math.round(reason.contribution * 1000) / 10,
          sentence: reason.sentence,
        }))}
        note={`照合方針 ${row.policyVersion}`}
      />
    </Card>
  )
}

function recordOf(row: ScreeningCase) {
  const [party] = row.parties
  return party ? { kind: 'party', id: party.id } : { kind: row.subjectKind, id: row.subjectId }
}

function JudgeDialog({ hit, row, onClose }: { hit: Hit; row: ScreeningCase; onClose: () => void }) {
  const [judgement, setJudgement] = useState<string | null>(hit.judgement ?? 'different')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const judge = useCommand(judgeHit, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`「${hit.matchedName}」を判断します`}
      what="判断の理由と資料を残します。すべての候補を判断した後、照合結果を申請すると別の担当者が承認します。"
      confirmLabel="判断を記録する"
      reason="required"
      running={judge.running}
      problem={judge.problem}
      onConfirm={reason =>
        judge.run({ hitId: hit.id, judgement: judgement as Judgement, reason, evidence: [...evidence] })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'judgement',
          type: 'choice',
          label: '判断',
          required: true,
          options: choices(judgementLabels, ['different', 'same', 'unclear']),
        }}
        value={judgement}
        onChange={setJudgement}
      />
      <EvidenceInput
        record={recordOf(row)}
        value={evidence}
        onChange={setEvidence}
        docKind="screening_evidence"
      />
    </ConfirmAction>
  )
}

function DecideDialog({ row, onClose }: { row: ScreeningCase; onClose: () => void }) {
  const follow = useFollow()
  const [verdict, setVerdict] = useState<string | null>('cleared')
  const [conditions, setConditions] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const decide = useCommand(decideCase, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      title="照合結果を申請します"
      what="別の担当者が承認すると決まります。「該当」とすると、関わる顧客は取引禁止になります。"
      confirmLabel="承認を申請する"
      reason="required"
      running={decide.running}
      problem={decide.problem}
      onConfirm={reasonText =>
        decide.run({
          caseId: row.id,
          verdict: verdict as Verdict,
          ...(verdict === 'conditional' ? { conditions, conditionsUntil: until } : {}),
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'verdict',
          type: 'choice',
          label: '結果',
          required: true,
          options: choices(stateLabels, ['cleared', 'conditional', 'escalated', 'rejected']),
        }}
        value={verdict}
        onChange={setVerdict}
      />
      {verdict === 'conditional' && (
        <>
          <FieldInput
            field={{ name: 'conditions', type: 'longText', label: '条件', required: true, rows: 2 }}
            value={conditions}
            onChange={setConditions}
          />
          <FieldInput
            field={{ name: 'conditionsUntil', type: 'date', label: '条件の期限', required: true }}
            value={until}
            onChange={setUntil}
          />
        </>
      )}
      <EvidenceInput
        record={recordOf(row)}
        value={evidence}
        onChange={setEvidence}
        docKind="screening_evidence"
      />
    </ConfirmAction>
  )
}
