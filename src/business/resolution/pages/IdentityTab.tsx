import { useState } from 'react'
import type { z } from 'zod'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  Stack,
  StatusTag,
  UiLink,
} from '../../../ui/index.ts'
import { identityOfParty, unmergeParties, withdrawJudgement } from '../contract.ts'
import { ClusterPane } from './ClusterPane.tsx'
import { Judged } from './PairReasons.tsx'
import { ReasonLines, ScoreTag } from './ReasonLines.tsx'
import { UnmergePreview } from './UnmergePreview.tsx'

type Identity = z.output<typeof identityOfParty.output>

/** Other records of the same company, how they came to be one, judgements, and records that may belong to it. */
export default function IdentityTab({ recordId }: { recordId: string }) {
  const identity = useApi(identityOfParty, { partyId: recordId })
  return (
    <Loaded from={identity} rows={6}>
      {value => <Shown identity={value} partyId={recordId} reload={identity.refetch} />}
    </Loaded>
  )
}

function Shown({ identity, partyId, reload }: { identity: Identity; partyId: string; reload: () => void }) {
  const { members, chosen, merges, judgements, candidates } = identity
  const [comparedWith, setComparedWith] = useState<string | null>(null)
  if (members.length === 1 && merges.length + judgements.length + candidates.length === 0)
    return (
      <EmptyState
        title="同じ会社とみられる記録はありません"
        hint="名称・カナ・番号・電話・住所が近い記録が登録されると、ここに表示されます。"
      />
    )
  return (
    <Stack>
      {members.length > 1 && (
        <Card title="同じ会社として扱う記録" note={`${members.length}件`}>
          <KeyValue
            items={members.map(member => ({
              key: member.id,
              label: member.partyNo,
              value:
                member.id === partyId ? (
                  `${member.legalName}（この記録）`
                ) : (
                  <UiLink href={`/parties/${member.id}`}>{member.legalName}</UiLink>
                ),
              note: member.address,
            }))}
          />
          {chosen.length > 0 && (
            <KeyValue
              items={chosen.map(item => ({
                key: item.label,
                label: item.label,
                value: item.value ?? '（なし）',
                note: `${item.from} の値を表示`,
              }))}
            />
          )}
        </Card>
      )}
      {merges.map(merge => (
        <MergeCard key={merge.id} merge={merge} />
      ))}
      {candidates.length > 0 && (
        <Card title="同じ会社とみられる記録" note="判断されていない候補">
          {candidates.map(candidate => (
            <div key={candidate.id}>
              <p>
                <ScoreTag decision={candidate.decision} score={candidate.score} />
                {'　'}
                <UiLink href={`/parties/${candidate.id}`}>{candidate.legalName}</UiLink>
                {'　'}
                <span className="ui-faint">{candidate.partyNo}</span>
                {'　'}
                <ActionButton
                  size="small"
                  disabledReason={null}
                  onClick={() => setComparedWith(candidate.id === comparedWith ? null : candidate.id)}
                >
                  {candidate.id === comparedWith ? '比較を閉じる' : '比較する'}
                </ActionButton>
              </p>
              <p>
                <ReasonLines reasons={candidate.reasons} guard={candidate.guard} />
              </p>
              {candidate.id === comparedWith && <ClusterPane partyIds={[partyId, candidate.id]} />}
            </div>
          ))}
        </Card>
      )}
      {judgements.length > 0 && (
        <Card title="これまでの判断">
          {judgements.map(judgement => (
            <Judgement key={judgement.id} judgement={judgement} reload={reload} />
          ))}
        </Card>
      )}
    </Stack>
  )
}

function MergeCard({ merge }: { merge: Identity['merges'][number] }) {
  const [open, setOpen] = useState(false)
  const [looked, setLooked] = useState(false)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const unmerge = useCommand(unmergeParties, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const names = merge.members.map(member => `${member.partyNo} ${member.legalName}`).join(' ＋ ')
  return (
    <Card
      title={`統合 ${merge.mergeNo}`}
      note={merge.undoneAt ? <StatusTag tone="neutral" word="解除済み" /> : undefined}
      actions={
        !merge.undoneAt && (
          <ActionButton size="small" disabledReason={null} onClick={() => setLooked(!looked)}>
            {looked ? '解除の影響を閉じる' : '解除の影響を見る'}
          </ActionButton>
        )
      }
    >
      <KeyValue
        items={[
          { key: 'members', label: '統合した記録', value: names, wide: true },
          { key: 'at', label: '統合日時', value: <DateTimeText at={merge.mergedAt} /> },
          { key: 'by', label: '申請・承認', value: `${merge.requestedBy} ／ ${merge.approvedBy}` },
          { key: 'reason', label: '理由', value: merge.reason, wide: true },
          ...(merge.fieldChoices.length > 0
            ? [
                {
                  key: 'fields',
                  label: '表示する値の選択',
                  value: merge.fieldChoices.map(one => `${one.label}：${one.from}`).join('、'),
                  wide: true,
                },
              ]
            : []),
          ...(merge.limitChoices && merge.limitChoices.length > 0
            ? [{ key: 'limits', label: '残す枠の選択', value: merge.limitChoices.join('、'), wide: true }]
            : []),
          ...(merge.unmergedBy
            ? [
                { key: 'undone', label: '解除日時', value: <DateTimeText at={merge.undoneAt} /> },
                {
                  key: 'undoneBy',
                  label: '解除の申請・承認',
                  value: `${merge.unmergedBy.requestedBy} ／ ${merge.unmergedBy.approvedBy}`,
                },
                { key: 'undoneWhy', label: '解除の理由', value: merge.unmergedBy.reason, wide: true },
              ]
            : []),
        ]}
      />
      {!looked && merge.conflicts.length > 0 && (
        <Notice tone="neutral" title="統合後に変更された項目（解除しても各記録に残ります）">
          {merge.conflicts.map(conflict => (
            <p key={`${conflict.partyId} ${conflict.label}`}>
              {conflict.partyNo}　{conflict.label}：{conflict.atMerge ?? '（なし）'} →{' '}
              {conflict.now ?? '（なし）'}
            </p>
          ))}
        </Notice>
      )}
      {looked && (
        <Stack>
          <UnmergePreview mergeId={merge.id} />
          <p>
            <ActionButton
              kind="primary"
              disabledReason={whyNot('resolution.merge')}
              onClick={() => setOpen(true)}
            >
              解除を申請
            </ActionButton>
          </p>
        </Stack>
      )}
      <ConfirmAction
        open={open}
        title="統合の解除を申請します"
        what={<p>{names} を、それぞれ別の会社に戻します。統合後の変更は、変更した記録に残ります。</p>}
        confirmLabel="承認を申請する"
        reason="required"
        running={unmerge.running}
        problem={unmerge.problem}
        onConfirm={reasonText =>
          unmerge.run({
            mergeId: merge.id,
            change: { reasonCode: 'correction', reasonText, evidence: [] },
          })
        }
        onClose={() => {
          setOpen(false)
          unmerge.reset()
        }}
      />
    </Card>
  )
}

function Judgement({ judgement, reload }: { judgement: Identity['judgements'][number]; reload: () => void }) {
  const [open, setOpen] = useState(false)
  const whyNot = useWhyNot()
  const withdraw = useCommand(withdrawJudgement, {
    onDone: () => {
      setOpen(false)
      reload()
    },
  })
  return (
    <div>
      <p>
        <UiLink href={`/parties/${judgement.other.id}`}>{judgement.other.legalName}</UiLink>
        {'　'}
        <span className="ui-faint">{judgement.other.partyNo}</span>
      </p>
      <Judged judgement={judgement} />
      <ActionButton size="small" disabledReason={whyNot('resolution.judge')} onClick={() => setOpen(true)}>
        判断を取り消す
      </ActionButton>
      <ConfirmAction
        open={open}
        title="判断を取り消します"
        what={<p>取り消すと、この組は再び候補に表示されます。</p>}
        confirmLabel="取り消す"
        reason="required"
        running={withdraw.running}
        problem={withdraw.problem}
        onConfirm={reason => withdraw.run({ judgementId: judgement.id, reason })}
        onClose={() => {
          setOpen(false)
          withdraw.reset()
        }}
      />
    </div>
  )
}
