import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateText,
  FieldInput,
  Rate,
  Row,
  useSay,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { type CreditFile, registerCollateral } from '../contract.ts'
import { collateralFields } from '../fields.ts'
import { collateralKindLabels } from '../labels.ts'
import { securedYen } from '../rules/security.ts'
import type { CollateralKind } from '../tables.ts'
import { EndDialog } from './EndDialog.tsx'
import { EntryDialog } from './EntryDialog.tsx'
import { TermTag } from './TermTag.tsx'
import { dialogField, yenText } from './words.tsx'

type Collateral = CreditFile['collateral'][number]

/** What the company has given as security, what it counts for, and until when. */
export function CollateralCard({ partyId, file }: { partyId: string; file: CreditFile }) {
  const whyNot = useWhyNot()
  const [form, setForm] = useState<{ earlier: Collateral | null } | null>(null)
  const [ending, setEnding] = useState<Collateral | null>(null)
  return (
    <Card
      title="担保"
      note={file.collateral.length ? `担保価値の合計 ${yenText(file.securedYen)}` : ''}
      actions={
        <ActionButton disabledReason={whyNot('assessment.record')} onClick={() => setForm({ earlier: null })}>
          担保を登録
        </ActionButton>
      }
      flush={file.collateral.length > 0}
    >
      {file.collateral.length === 0 ? (
        <p className="ui-faint">
          担保はありません。担保を求める商品では、種類・評価額・掛目・期限を登録します。
        </p>
      ) : (
        <CollateralTable
          rows={file.collateral}
          noticeDays={file.rules.noticeDays}
          onRevalue={earlier => setForm({ earlier })}
          onEnd={setEnding}
        />
      )}
      {form && <CollateralDialog partyId={partyId} earlier={form.earlier} onClose={() => setForm(null)} />}
      {ending && (
        <EndDialog
          what="collateral"
          id={ending.id}
          partyId={partyId}
          title={`担保 ${ending.collateralNo}`}
          onClose={() => setEnding(null)}
        />
      )}
    </Card>
  )
}

function CollateralTable({
  rows,
  noticeDays,
  onRevalue,
  onEnd,
}: {
  rows: readonly Collateral[]
  noticeDays: number
  onRevalue: (row: Collateral) => void
  onEnd: (row: Collateral) => void
}) {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('assessment.collateral')
  const may = whyNot('assessment.record')
  const columns: Column<Collateral>[] = [
    {
      key: 'kind',
      title: '種類',
      width: 108,
      hidable: false,
      render: row => collateralKindLabels[row.collateralKind],
    },
    { key: 'description', title: '内容', width: 150, wrap: true, render: row => row.description },
    {
      key: 'value',
      title: '評価額',
      width: 108,
      kind: 'number',
      render: row => <Yen value={row.valueYen} />,
    },
    { key: 'ltv', title: '掛目', width: 62, kind: 'number', render: row => <Rate ppm={row.ltvPpm} /> },
    {
      key: 'secured',
      title: '担保価値',
      width: 108,
      kind: 'number',
      render: row => <Yen value={row.securedYen} />,
    },
    {
      key: 'state',
      title: '状態',
      width: 110,
      render: row => <TermTag term={row} noticeDays={noticeDays} />,
    },
    { key: 'expires', title: '期限', width: 98, render: row => <DateText date={row.expiresOn} /> },
    {
      key: 'valued',
      title: '評価日',
      width: 100,
      hiddenAtFirst: true,
      render: row => <DateText date={row.valuedOn} />,
    },
    {
      key: 'from',
      title: '設定日',
      width: 100,
      hiddenAtFirst: true,
      render: row => <DateText date={row.validFrom} />,
    },
    {
      key: 'registered',
      title: '登記・登録番号',
      width: 140,
      hiddenAtFirst: true,
      render: row => row.registeredNo ?? '',
    },
    { key: 'no', title: '番号', width: 100, hiddenAtFirst: true, render: row => row.collateralNo },
    {
      key: 'act',
      title: '操作',
      width: 132,
      hidable: false,
      render: row =>
        row.validTo === null ? (
          <Row>
            <ActionButton size="small" disabledReason={may} onClick={() => onRevalue(row)}>
              再評価
            </ActionButton>
            <ActionButton size="small" disabledReason={may} onClick={() => onEnd(row)}>
              解除
            </ActionButton>
          </Row>
        ) : null,
    },
  ]
  return (
    <DataTable
      label="担保の一覧"
      columns={columns}
      rows={{ state: 'ready', value: rows }}
      rowKey={row => row.id}
      rowName={row => row.collateralNo}
      pager={null}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="natural"
      empty={{ title: '担保はありません', hint: '' }}
    />
  )
}

function CollateralDialog({
  partyId,
  earlier,
  onClose,
}: {
  partyId: string
  earlier: Collateral | null
  onClose: () => void
}) {
  const say = useSay()
  const today = useToday()
  const [kind, setKind] = useState<string | null>(earlier?.collateralKind ?? null)
  const [typed, setTyped] = useState({
    description: earlier?.description ?? '',
    valueYen: null as number | null,
    valuedOn: today as string | null,
    ltvPpm: (earlier?.ltvPpm ?? null) as number | null,
    registeredNo: earlier?.registeredNo ?? '',
    validFrom: today as string | null,
    expiresOn: (earlier?.expiresOn ?? null) as string | null,
  })
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const set = (part: Partial<typeof typed>) => setTyped(before => ({ ...before, ...part }))
  const run = useCommand(registerCollateral, {
    onDone: answer => {
      say.done(
        earlier
          ? `担保を再評価しました（${answer.collateralNo}）。`
          : `担保 ${answer.collateralNo} を登録しました。`,
      )
      onClose()
    },
  })
  const counts =
    typed.valueYen !== null && typed.ltvPpm !== null
      ? `担保価値は ${yenText(securedYen(typed.valueYen, typed.ltvPpm))} になります。`
      : '担保価値は、評価額×掛目（円未満切捨て）です。'
  return (
    <EntryDialog
      title={earlier ? `担保 ${earlier.collateralNo} を再評価します` : '担保を登録します'}
      what={earlier ? `${counts}今の評価は設定日の前日までのものとして残ります。` : counts}
      confirmLabel={earlier ? '再評価する' : '登録する'}
      missing={[
        kind === null && '担保の種類を選んでください。',
        typed.description.trim().length < 2 && '内容を入力してください。',
        typed.valueYen === null && '評価額を入力してください。',
        typed.ltvPpm === null && '担保掛目を入力してください。',
        typed.valuedOn === null && '評価日を入力してください。',
        typed.validFrom === null && '設定日を入力してください。',
      ]}
      running={run.running}
      problem={run.problem}
      onConfirm={() =>
        run.run({
          partyId,
          replacesId: earlier?.id ?? null,
          collateralKind: kind as CollateralKind,
          description: typed.description,
          valueYen: typed.valueYen ?? 0,
          valuedOn: typed.valuedOn ?? '',
          ltvPpm: typed.ltvPpm ?? 0,
          registeredNo: typed.registeredNo.trim() || null,
          validFrom: typed.validFrom ?? '',
          expiresOn: typed.expiresOn,
          evidence: [...evidence],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={dialogField(collateralFields.collateralKind, { required: true })}
        value={kind}
        onChange={setKind}
      />
      <FieldInput
        field={dialogField(collateralFields.description, { required: true, width: 'full' })}
        value={typed.description}
        onChange={description => set({ description })}
      />
      <FieldInput
        field={dialogField(collateralFields.valueYen, { required: true })}
        value={typed.valueYen}
        onChange={valueYen => set({ valueYen })}
      />
      <FieldInput
        field={dialogField(collateralFields.ltvPpm, { required: true })}
        value={typed.ltvPpm}
        onChange={ltvPpm => set({ ltvPpm })}
      />
      <FieldInput
        field={dialogField(collateralFields.valuedOn, { required: true })}
        value={typed.valuedOn}
        onChange={valuedOn => set({ valuedOn })}
      />
      <FieldInput
        field={dialogField(collateralFields.validFrom, { required: true })}
        value={typed.validFrom}
        onChange={validFrom => set({ validFrom })}
      />
      <FieldInput
        field={dialogField(collateralFields.expiresOn)}
        value={typed.expiresOn}
        onChange={expiresOn => set({ expiresOn })}
      />
      <FieldInput
        field={dialogField(collateralFields.registeredNo)}
        value={typed.registeredNo}
        onChange={registeredNo => set({ registeredNo })}
      />
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="contract"
      />
    </EntryDialog>
  )
}
