import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, EmptyState, KeyValue, Loaded, MarkTag } from '../../../ui/index.ts'
import { kindLabels } from '../labels.ts'
import { marksOfRecord } from '../mark-contract.ts'
import type { CustomKind } from '../tables.ts'
import { readValues } from '../value-contract.ts'
import { useCustomFields, useMarks } from './definitions.ts'
import { SetMarksButton } from './SetMarks.tsx'
import { customItems } from './ShownValue.tsx'

interface CustomCardProps {
  kind: CustomKind
  recordId: string
  /** Shows nothing while the company has defined nothing for this kind. */
  quiet?: boolean
}

/** The company's own fields, status and tags of one record, with the way to change them. */
export function CustomCard({ kind, recordId, quiet = false }: CustomCardProps) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const fields = useCustomFields(kind)
  const values = useApi(readValues, { recordKind: kind, recordId })
  const marks = useApi(marksOfRecord, { recordKind: kind, recordId })
  const defined = useMarks(kind)
  if (quiet && !fields?.length && defined.length === 0) return null
  return (
    <Card
      title="自社の項目"
      note={
        marks.state === 'ready' && marks.value.marks.length > 0 ? (
          <MarkTags marks={marks.value.marks} />
        ) : undefined
      }
      actions={
        <>
          {marks.state === 'ready' && (
            <SetMarksButton kind={kind} recordId={recordId} marks={marks.value.marks} />
          )}
          <ActionButton
            size="small"
            disabledReason={
              whyNot('customization.changeValues') ??
              (values.state === 'ready' ? values.value.closed : null) ??
              (fields?.length ? null : `${kindLabels[kind]}の追加項目はまだ定義されていません。`)
            }
            onClick={() => follow(`/custom-values/${kind}/${recordId}`)}
          >
            追加項目を変更
          </ActionButton>
        </>
      }
    >
      {fields?.length === 0 ? (
        <EmptyState
          title="追加項目はまだありません"
          hint="管理者が「項目・状態の設定」で定義すると、ここに表示されます。"
        />
      ) : (
        <Loaded from={values} rows={3}>
          {answer => <KeyValue items={customItems({ kind, id: recordId }, fields ?? [], answer.values)} />}
        </Loaded>
      )}
    </Card>
  )
}

type Marks = readonly { id: string; markKind: 'status' | 'tag'; label: string; colour: never | string }[]

/** A status first and filled, then tags. */
export function MarkTags({ marks }: { marks: Marks }) {
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
      {marks.map(mark => (
        <MarkTag
          key={mark.id}
          label={mark.label}
          colour={mark.colour as never}
          filled={mark.markKind === 'status'}
        />
      ))}
    </span>
  )
}
