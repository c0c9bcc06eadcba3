import { useEffect } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { one, useAddress, useUrlState } from '../../../platform/web/url.ts'
import { SavedViews, type TableLayout } from '../../../ui/index.ts'
import { keepView, listViews, removeView } from '../contract.ts'
import { BUSINESS_EXPORT } from '../permissions.ts'
import { ArchiveButton } from './ArchiveButton.tsx'
import { ExportButton } from './ExportButton.tsx'
import type { Conditions } from './plain-conditions.ts'
import './lists.css'

export interface ListToolsProps {
  /** The list's name: `parties.client`. */
  list: string
  /** The conditions in force, as the list's query takes them. */
  filters: Conditions
  layout: TableLayout | null
  onLayout: (layout: TableLayout) => void
  /** What exporting this list takes; that of business where none is named. */
  takes?: string
  /** What taking out the files behind the rows is called, where there are any. */
  archive?: string
}

/** At the right of a list: views kept by name, own and shared, and the export. */
export function ListTools({
  list,
  filters,
  layout,
  onLayout,
  takes = BUSINESS_EXPORT,
  archive,
}: ListToolsProps) {
  const { permissions } = useSession()
  return (
    <>
      {permissions.has('lists.keepViews') && <Views list={list} layout={layout} onLayout={onLayout} />}
      {permissions.has(takes) && (
        <ExportButton list={list} filters={filters} shown={layout?.columns ?? null} />
      )}
      {archive && permissions.has(takes) && <ArchiveButton list={list} filters={filters} label={archive} />}
    </>
  )
}

/** What changes while one looks through a list is no part of its view. */
const PASSING = ['at', 'view']

function Views({ list, layout, onLayout }: Omit<ListToolsProps, 'filters' | 'takes' | 'archive'>) {
  const kept = useApi(listViews, { list })
  const keep = useCommand(keepView)
  const remove = useCommand(removeView)
  const address = useAddress(PASSING)
  const [url] = useUrlState()
  const views = kept.state === 'ready' ? kept.value.views : []
  const opened = views.find(view => view.id === one(url.view))
  const openedId = opened?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view brings its columns once, when it is opened; then they may be changed.
  useEffect(() => {
    if (opened && opened.columns.length > 0)
      onLayout({ widths: {}, density: 'dense', ...layout, columns: opened.columns })
  }, [openedId])
  const save = (name: string, shared: boolean) =>
    keep.run({ list, name, address, columns: [...(layout?.columns ?? [])], shared })
  return (
    <SavedViews
      views={views.map(view => ({
        key: view.id,
        name: view.name,
        own: view.own,
        shared: view.shared,
        href: `${view.address}${view.address.includes('?') ? '&' : '?'}view=${view.id}`,
      }))}
      activeKey={opened && opened.address === address ? opened.id : null}
      onSave={name => save(name, false)}
      onShare={name => save(name, true)}
      onRemove={viewId => remove.run({ viewId })}
    />
  )
}
