import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, PageHeader } from '../../../ui/index.ts'
import { transactionKindLabels } from '../../contracts/labels.ts'
import { draftPlan } from '../contract.ts'
import type { TransactionKind } from '../tables.ts'
import { missingOf, type TypedVersion, usualVersion, writtenOf } from './typed-plan.ts'
import { options, VersionSections } from './VersionSections.tsx'

const usual = {
  ...usualVersion,
  code: '',
  name: '',
  operatedBy: '',
  transactionKind: 'purchase' as TransactionKind,
}
type Typed = TypedVersion & typeof usual

/** A new plan with its first version, with what is usual already filled in. */
export default function NewPlanPage() {
  const follow = useFollow()
  const [typed, setTyped] = useState<Typed>(usual)
  const set = (part: Partial<Typed>) => setTyped({ ...typed, ...part })
  const draft = useCommand(draftPlan, { onDone: ({ id }) => follow(`/plans/${id}`) })
  const { code, name, operatedBy, transactionKind, ...version } = typed
  const missing =
    code.trim() === '' || name.trim() === '' ? '商品コードと商品名を入力してください。' : missingOf(version)
  return (
    <>
      <PageHeader title="商品を作る" crumbs={[{ label: '商品', href: '/plans' }]} />
      <Card title="商品と最初の版">
        <FormShell
          label="商品の作成"
          loading={false}
          submitError={draft.problem}
          submitting={draft.running}
          submitLabel="下書きを作成する"
          submitDisabledReason={missing}
          onSubmit={() =>
            draft.run({
              code,
              name,
              operatedBy: operatedBy.trim() || null,
              transactionKind,
              ...writtenOf(version),
            })
          }
          onCancel={() => follow('/plans')}
          dirty={typed !== usual}
          draft={{ state: 'off' }}
          footnote="下書きのままでは使えません。別の担当者の承認で適用され、その版は以後変わりません。"
        >
          <FormSection title="商品">
            <FieldInput
              field={{
                name: 'code',
                type: 'code',
                label: '商品コード',
                required: true,
                maxLength: 20,
                example: 'QUICK',
              }}
              value={code}
              onChange={next => set({ code: next })}
            />
            <FieldInput
              field={{
                name: 'name',
                type: 'text',
                label: '商品名',
                required: true,
                maxLength: 100,
                example: 'クイック買取',
              }}
              value={name}
              onChange={next => set({ name: next })}
            />
            <FieldInput
              field={{
                name: 'operatedBy',
                type: 'text',
                label: '運営会社',
                maxLength: 150,
                help: '空欄は自社です。',
              }}
              value={operatedBy}
              onChange={next => set({ operatedBy: next })}
            />
            <FieldInput
              field={{
                name: 'transactionKind',
                type: 'choice',
                label: '取引種別',
                required: true,
                options: options(transactionKindLabels),
                help: '申込に使えるのは買取の商品です。',
              }}
              value={transactionKind}
              onChange={next => next && set({ transactionKind: next as TransactionKind })}
            />
          </FormSection>
          <VersionSections typed={version} set={set} />
        </FormShell>
      </Card>
    </>
  )
}
