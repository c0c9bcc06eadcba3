import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { ListShell, mapLoadable } from '../../../ui/index.ts'
import { listMatches, type MatchRow } from '../contract.ts'
import { MatchTable } from './MatchTable.tsx'

/** Every match, newest first, undone ones included. */
export default function MatchesPage() {
  const list = useListState([])
  const page = useApi(listMatches, { after: list.after })
  return (
    <ListShell
      header={{
        title: '消込の履歴',
        crumbs: [{ label: '消込', href: '/reconciliation' }],
        detail: '取り消した消込も残ります。',
      }}
    >
      <MatchTable
        rows={mapLoadable(page, body => body.rows as readonly MatchRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      />
    </ListShell>
  )
}
