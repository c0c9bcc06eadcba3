import { listExport, onlyWith } from '../../platform/list-export.ts'
import { TRAIL_EXPORT } from '../lists/index.ts'
import { listEvents } from './contract.ts'

const inTokyo = (at: string) =>
  new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

const LONGEST = 2000

/** Old or new values as one text: `name: value`, in the words the trail keeps. */
function said(values: Record<string, unknown> | null): string {
  return Object.entries(values ?? {})
    .map(
      ([name, value]) =>
        `${name}: ${value === null ? '－' : typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(' / ')
    .slice(0, LONGEST)
}

/** 監査証跡, for auditors. */
export const lists = [
  onlyWith(
    TRAIL_EXPORT,
    listExport('audit.events', '監査証跡', listEvents, [
      { key: 'at', title: '日時', value: row => inTokyo(row.at) },
      { key: 'verb', title: '出来事（記号）', value: row => row.verb },
      { key: 'summary', title: '要約', value: row => String(row.facts?.summary ?? '') },
      { key: 'actor', title: '行った人', value: row => row.actor.name },
      { key: 'approvedBy', title: '承認した人', value: row => row.approvedBy?.name },
      {
        key: 'subjects',
        title: '対象の記録',
        value: row => row.subjects.map(one => `${one.kind} ${one.id}`).join(' / '),
      },
      { key: 'before', title: '変更前', value: row => said(row.before) },
      { key: 'after', title: '変更後', value: row => said(row.after) },
      { key: 'reason', title: '理由', value: row => row.reason },
      { key: 'sealedIn', title: '封印の塊', kind: 'number', value: row => row.sealedIn },
      { key: 'id', title: '記録の番号', value: row => row.id },
    ]),
  ),
]
