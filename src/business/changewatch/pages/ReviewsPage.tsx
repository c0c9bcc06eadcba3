import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  ActionButton,
  EmptyState,
  type Filter,
  FilterBar,
  Loaded,
  PageHeader,
  Stack,
} from '../../../ui/index.ts'
import { listReviews, type Review } from '../contract.ts'
import { sourceLabels } from '../labels.ts'
import type { ChangeSource } from '../tables.ts'
import { CloseReview } from './CloseReview.tsx'
import { ReviewCard } from './ReviewCard.tsx'

const filters: Filter[] = [
  {
    key: 'source',
    type: 'multi',
    label: '兆候',
    options: Object.entries(sourceLabels).map(([value, label]) => ({ value, label })),
  },
  {
    key: 'state',
    type: 'choice',
    label: '状態',
    options: [
      { value: 'open', label: '確認待ち' },
      { value: 'closed', label: '終了' },
    ],
  },
]

/** 変更検知: everything that waits, the most urgent first. */
export default function ReviewsPage() {
  const list = useListState(filters)
  const page = useApi(listReviews, {
    after: list.after,
    limit: 20,
    source: (list.values.source ?? []) as ChangeSource[],
    state: list.values.state?.[0] === 'closed' ? 'closed' : 'open',
  })
  const [closing, setClosing] = useState<Review | null>(null)
  const pager = list.pager(page.state === 'ready' ? page.value.next : null)
  return (
    <>
      <PageHeader
        title="変更検知"
        detail="公表情報との相違、郵便の返戻、振込先の相違など。期限の近い順です"
      />
      <Stack>
        <FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />
        <Loaded from={page} rows={8}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="該当する変更検知はありません"
                hint="公表ファイルの差分を毎月「公的登記」で読み込むと、商号・所在地の変更と閉鎖に気づけます。"
              />
            ) : (
              <Stack>
                {rows.map(row => (
                  <ReviewCard key={row.id} review={row} showParty onClose={setClosing} />
                ))}
              </Stack>
            )
          }
        </Loaded>
        {(pager.previous || pager.next) && (
          <div>
            <ActionButton
              disabledReason={pager.previous ? null : '最初のページです。'}
              onClick={() => pager.previous?.()}
            >
              前へ
            </ActionButton>{' '}
            <ActionButton
              disabledReason={pager.next ? null : '最後のページです。'}
              onClick={() => pager.next?.()}
            >
              次へ
            </ActionButton>
          </div>
        )}
      </Stack>
      <CloseReview key={closing?.id ?? 'none'} review={closing} onDone={() => setClosing(null)} />
    </>
  )
}
