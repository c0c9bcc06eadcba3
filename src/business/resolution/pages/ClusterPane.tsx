import { useState } from 'react'
import type { z } from 'zod'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  CompareTable,
  ConfirmAction,
  Loaded,
  Notice,
  Stack,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { partyFields } from '../../parties/fields.ts'
import { compareParties, mergeParties } from '../contract.ts'
import { type LimitChoices, LimitsToChoose, limitsMissing } from './LimitsToChoose.tsx'
import { PairReasons } from './PairReasons.tsx'
import { useJudge } from './use-judge.tsx'

type Compared = z.output<typeof compareParties.output>

/** One group side by side: choose what stays visible, see why it was proposed and what stands against it, then decide. */
export function ClusterPane({ partyIds, onJudged }: ClusterPaneProps) {
  const compared = useApi(compareParties, { partyIds: [...partyIds] })
  const reload = () => {
    compared.refetch()
    onJudged?.()
  }
  return (
    <Loaded from={compared} rows={12}>
      {value => <Pane compared={value} reload={reload} />}
    </Loaded>
  )
}

interface ClusterPaneProps {
  partyIds: readonly string[]
  /** After a judgement was recorded. */
  onJudged?: () => void
}

/** A value of an item as people read it; null where the record has none. */
function shown(field: string, value: string | number | null): string | null {
  if (value === null) return null
  const { type } = partyFields[field as keyof typeof partyFields]
  return type === 'yen' ? yenText(Number(value)) : String(value)
}

function Pane({ compared, reload }: { compared: Compared; reload: () => void }) {
  const { records, fields, pairs, hindrances } = compared
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  const [limitChoices, setLimitChoices] = useState<LimitChoices>({})
  const judge = useJudge(reload)
  const rows = fields.flatMap(({ field, label }) => {
    const values = records.map(record => record.values[field] ?? null)
    if (values.every(value => value === null)) return []
    const first = Math.max(
      0,
      values.findIndex(value => value !== null),
    )
    return [
      {
        key: field,
        label,
        cells: values.map(value => shown(field, value)),
        same: values.every(value => value === values[0]),
        chosen: chosen[field] ?? first,
        fixedReason: null,
      },
    ]
  })
  const choices = Object.fromEntries(
    rows.filter(row => !row.same).map(row => [row.key, records[row.chosen]!.id]),
  )
  const names = (ids: readonly string[]) =>
    records
      .filter(record => ids.includes(record.id))
      .map(record => `${record.partyNo} ${record.legalName}`)
      .join(' ／ ')
  return (
    <Stack>
      {hindrances.map(hindrance => (
        <Notice key={hindrance.message} tone="warning" title="このままでは統合できません">
          {hindrance.message}
        </Notice>
      ))}
      <Card title="記録を並べて比較" note="違いのある項目は、統合後に表示する値を選びます">
        <CompareTable
          label="記録の比較"
          records={records.map(record => ({
            key: record.id,
            title: (
              <>
                <UiLink href={`/parties/${record.id}`}>{record.legalName}</UiLink>
                <br />
                <span className="ui-faint">{record.partyNo}</span>
              </>
            ),
          }))}
          rows={rows}
          onChoose={(key, at) => setChosen({ ...chosen, [key]: at })}
        />
      </Card>
      <LimitsToChoose compared={compared} value={limitChoices} onChange={setLimitChoices} />
      <Card
        title="候補になった理由"
        note="1.0 増えるごとに、同じ会社である見込みが2倍になります"
        actions={
          <MergeAction
            records={records}
            choices={choices}
            limitChoices={limitChoices}
            hindrance={hindrances[0]?.message ?? limitsMissing(compared, limitChoices)}
          />
        }
      >
        {pairs.map(pair => {
          const named = names([pair.partyId, pair.otherPartyId])
          return (
            <PairReasons
              key={`${pair.partyId} ${pair.otherPartyId}`}
              names={named}
              pair={pair}
              bands={compared.bands}
              disabledReason={judge.disabledReason}
              onJudge={verdict =>
                judge.ask({ partyId: pair.partyId, otherPartyId: pair.otherPartyId, verdict, names: named })
              }
            />
          )
        })}
      </Card>
      {judge.dialog}
    </Stack>
  )
}

interface MergeActionProps {
  records: Compared['records']
  choices: Record<string, string>
  limitChoices: LimitChoices
  hindrance: string | null
}

function MergeAction({ records, choices, limitChoices, hindrance }: MergeActionProps) {
  const [open, setOpen] = useState(false)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const merge = useCommand(mergeParties, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <>
      <ActionButton
        kind="primary"
        disabledReason={whyNot('resolution.merge') ?? hindrance}
        onClick={() => setOpen(true)}
      >
        統合を申請
      </ActionButton>
      <ConfirmAction
        open={open}
        title="名寄せの統合を申請します"
        what={
          <p>
            {records.map(record => `${record.partyNo} ${record.legalName}`).join(' ＋ ')}
            <br />
            承認されると1社として扱われます。元の記録は変わらず、いつでも解除できます。
          </p>
        }
        confirmLabel="承認を申請する"
        reason="required"
        running={merge.running}
        problem={merge.problem}
        onConfirm={reasonText =>
          merge.run({
            partyIds: records.map(record => record.id),
            choices,
            limitChoices: { ...limitChoices },
            change: { reasonCode: 'merge', reasonText, evidence: [] },
          })
        }
        onClose={() => {
          setOpen(false)
          merge.reset()
        }}
      />
    </>
  )
}
