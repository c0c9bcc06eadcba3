import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { FieldInput, useSay } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { overrideScore, recordScore, retractScore } from '../contract.ts'
import { scoreFields } from '../fields.ts'
import { providerLabels } from '../labels.ts'
import type { ScoreOrigin, ScoreProvider } from '../tables.ts'
import { EntryDialog } from './EntryDialog.tsx'
import type { ScoreRow } from './ScoresCard.tsx'
import { dialogField, options, providerName } from './words.tsx'

/** 「項目名 点数」 a line; null where a line has no number at its end. */
export function readComponents(text: string): { name: string; points: number }[] | null {
  const lines = text
    .normalize('NFKC')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  const read = lines.map(line => /^(.*\S)[\s:：]+([+-]?\d{1,7})点?$/.exec(line))
  return read.every(found => found !== null)
    ? read.map(found => ({ name: found?.[1] ?? '', points: Number(found?.[2]) }))
    : null
}

const codesIn = (text: string) => text.split(/[,、\s]+/).filter(Boolean)

/** Records a score; provider and scale are proposed from the last one. */
export function ScoreDialog({
  partyId,
  last,
  onClose,
}: {
  partyId: string
  last: ScoreRow | null
  onClose: () => void
}) {
  const say = useSay()
  const today = useToday()
  const [origin, setOrigin] = useState<ScoreOrigin>(last?.origin ?? 'agency')
  const [provider, setProvider] = useState<ScoreProvider>(last?.provider ?? 'tdb')
  const [typed, setTyped] = useState({
    providerName: last?.providerName ?? '',
    score: null as number | null,
    scoreScale: (last?.scoreScale ?? 100) as number | null,
    scoreDate: today as string | null,
    components: '',
    modelVersion: '',
    inputsHash: '',
    reasonCodes: '',
  })
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const set = (part: Partial<typeof typed>) => setTyped(before => ({ ...before, ...part }))
  const run = useCommand(recordScore, {
    onDone: answer => {
      say.done(
        answer.opened
          ? `評点を記録しました。大きく下がったため、変更検知 ${answer.opened.reviewNo} を始め、与信枠を${answer.opened.suspended}件止めました。`
          : '評点を記録しました。',
      )
      onClose()
    },
  })
  const components = readComponents(typed.components)
  const ours = origin !== 'agency'
  return (
    <EntryDialog
      title="評点を記録します"
      what="同じ会社・同じ満点の評点が大きく下がったときは、与信の見直しが始まり、与信枠が直ちに止まります。"
      confirmLabel="記録する"
      missing={[
        typed.score === null && '評点を入力してください。',
        typed.scoreScale === null && '満点を入力してください。',
        typed.scoreDate === null && '評価日を入力してください。',
        components === null && '内訳は、1行に「項目名 点数」の形で書いてください。',
        !ours &&
          provider === 'other' &&
          !typed.providerName.trim() &&
          '評価した会社の名称を入力してください。',
      ]}
      running={run.running}
      problem={run.problem}
      onConfirm={() =>
        run.run({
          partyId,
          origin,
          provider: ours ? 'own' : provider,
          providerName: !ours && provider === 'other' ? typed.providerName.trim() : null,
          score: typed.score ?? 0,
          scoreScale: typed.scoreScale ?? 0,
          scoreDate: typed.scoreDate ?? '',
          components: components ?? [],
          modelVersion: origin === 'automatic' ? typed.modelVersion.trim() || null : null,
          inputsHash: origin === 'automatic' ? typed.inputsHash.trim() || null : null,
          reasonCodes: origin === 'automatic' ? codesIn(typed.reasonCodes) : [],
          evidence: [...evidence],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={dialogField(scoreFields.origin, { required: true, width: 'full' })}
        value={origin}
        onChange={value => {
          setOrigin((value ?? 'agency') as ScoreOrigin)
          if (provider === 'own') setProvider('tdb')
        }}
      />
      {!ours && (
        <FieldInput
          field={{
            ...dialogField(scoreFields.provider, { required: true, width: 'full' }),
            options: options(providerLabels).filter(one => one.value !== 'own'),
          }}
          value={provider === 'own' ? 'tdb' : provider}
          onChange={value => setProvider((value ?? 'tdb') as ScoreProvider)}
        />
      )}
      {!ours && provider === 'other' && (
        <FieldInput
          field={dialogField(scoreFields.providerName, { required: true, width: 'full' })}
          value={typed.providerName}
          onChange={providerName => set({ providerName })}
        />
      )}
      <FieldInput
        field={dialogField(scoreFields.score, { required: true, unit: '点' })}
        value={typed.score}
        onChange={score => set({ score })}
      />
      <FieldInput
        field={dialogField(scoreFields.scoreScale, { required: true, unit: '点' })}
        value={typed.scoreScale}
        onChange={scoreScale => set({ scoreScale })}
      />
      <FieldInput
        field={dialogField(scoreFields.scoreDate, { required: true })}
        value={typed.scoreDate}
        onChange={scoreDate => set({ scoreDate })}
      />
      <FieldInput
        field={dialogField(scoreFields.components, { width: 'full' })}
        value={typed.components}
        onChange={components => set({ components })}
      />
      {origin === 'automatic' && (
        <>
          <FieldInput
            field={dialogField(scoreFields.modelVersion, { required: true, width: 'full' })}
            value={typed.modelVersion}
            onChange={modelVersion => set({ modelVersion })}
          />
          <FieldInput
            field={dialogField(scoreFields.inputsHash, { required: true, width: 'full' })}
            value={typed.inputsHash}
            onChange={inputsHash => set({ inputsHash })}
          />
          <FieldInput
            field={dialogField(scoreFields.reasonCodes, { required: true, width: 'full' })}
            value={typed.reasonCodes}
            onChange={reasonCodes => set({ reasonCodes })}
          />
        </>
      )}
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="other"
      />
    </EntryDialog>
  )
}

/** Puts a person's score in place of one, or takes one back; both wait for a second person. */
export function ScoreActDialog({
  kind,
  score,
  onClose,
}: {
  kind: 'override' | 'retract'
  score: ScoreRow
  onClose: () => void
}) {
  const follow = useFollow()
  const [points, setPoints] = useState<number | null>(null)
  const handlers = {
    onDone: onClose,
    onPending: (answer: { changeRequestId: string }) => follow(`/change-requests/${answer.changeRequestId}`),
  }
  const override = useCommand(overrideScore, handlers)
  const retract = useCommand(retractScore, handlers)
  const which = `${providerName(score)} ${score.score}／${score.scoreScale}点（${score.scoreDate}）`
  return (
    <EntryDialog
      title={kind === 'override' ? '評点を人の判断で変更します' : '評点の記録を取り消します'}
      what={
        kind === 'override'
          ? `${which} の代わりに使う点数です。別の担当者が承認すると有効になり、元の評点も残ります。`
          : `${which} を誤りとして取り消します。別の担当者が承認すると数えられなくなり、記録は残ります。`
      }
      confirmLabel="承認を申請する"
      reason="required"
      missing={[kind === 'override' && points === null && '変更後の評点を入力してください。']}
      running={override.running || retract.running}
      problem={override.problem ?? retract.problem}
      onConfirm={reasonText => {
        const change = { reasonCode: 'review' as const, reasonText, evidence: [] }
        if (kind === 'override') override.run({ scoreId: score.id, score: points ?? 0, change })
        else retract.run({ scoreId: score.id, change: { ...change, reasonCode: 'correction' } })
      }}
      onClose={onClose}
    >
      {kind === 'override' && (
        <FieldInput
          field={{
            ...dialogField(scoreFields.score, { required: true, unit: '点' }),
            label: `変更後の評点（${score.scoreScale}点満点）`,
          }}
          value={points}
          onChange={setPoints}
        />
      )}
    </EntryDialog>
  )
}
