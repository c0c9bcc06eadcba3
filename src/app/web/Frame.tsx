import { HomeOutlined } from '@ant-design/icons'
import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { personMenuItems } from '../../business/access/web.tsx'
import { countAlerts } from '../../business/alerts/contract.ts'
import { listApplications } from '../../business/applications/contract.ts'
import { applicationStateLabels } from '../../business/applications/labels.ts'
import { countWaiting } from '../../business/approvals/contract.ts'
import { searchParties } from '../../business/parties/contract.ts'
import { findPeople } from '../../business/people/contract.ts'
import { personRoleLabels } from '../../business/people/labels.ts'
import { call } from '../../platform/http/client.ts'
import { useApi } from '../../platform/web/api.ts'
import type { NavItem } from '../../platform/web/page.ts'
import { useSession } from '../../platform/web/session.ts'
import { useFollow } from '../../platform/web/url.ts'
import { AppFrame, type RailGroup, type SearchSource } from '../../ui/index.ts'
import { webSlices } from './slices.ts'

const groupLabels: Record<NavItem['group'], string> = {
  day: '今日',
  customers: '台帳',
  money: '債権と資金',
  control: '統制',
  administration: '管理',
}

const PRACTICE =
  '練習用の会社です。ここでの操作は本番の台帳に影響しません。実在のお客様の情報を入力しないでください。'

const REFRESH_MS = 30_000

/** The frame around every page: rail by permission, search over everything, what waits for me. */
export function Frame({ children }: { children: ReactNode }) {
  const session = useSession()
  const follow = useFollow()
  const path = useRouterState({ select: state => state.location.pathname })
  const mayDecide = session.permissions.has('approvals.read')
  const waiting = useApi(countWaiting, {}, { enabled: mayDecide, refetchMs: REFRESH_MS })
  const waitingCount = waiting.state === 'ready' ? waiting.value.count : 0
  const alerts = useApi(
    countAlerts,
    {},
    { enabled: session.permissions.has('alerts.read'), refetchMs: REFRESH_MS },
  )
  const items = useMemo(() => itemsFor(session.permissions), [session.permissions])
  return (
    <AppFrame
      brand={{ name: '台帳', href: '/' }}
      rail={railOf(items, waitingCount)}
      activeKey={activeKey(items, path)}
      search={searchSource(session.permissions, items)}
      approvals={{ count: waitingCount, href: '/change-requests?waiting=true' }}
      alerts={{ count: alerts.state === 'ready' ? alerts.value.count : 0, href: '/alerts?mine=true' }}
      person={{ name: session.name, detail: session.roleLabels.join('・'), items: personMenuItems(follow) }}
      {...(session.practice ? { banner: PRACTICE, bannerTone: 'practice' as const } : {})}
      {...(session.mode === 'demo' && !session.practice
        ? {
            banner:
              '体験版です。登場する利用者と取引は架空のもので、売掛先の一部は公開情報に基づく実在の法人名です。',
          }
        : {})}
    >
      {children}
    </AppFrame>
  )
}

function itemsFor(permissions: ReadonlySet<string>): NavItem[] {
  return webSlices
    .flatMap(slice => slice.nav ?? [])
    .filter(item => permissions.has(item.permission))
    .sort((a, b) => a.order - b.order)
}

function railOf(items: NavItem[], waiting: number): RailGroup[] {
  const first = { key: 'home', label: 'ホーム', icon: <HomeOutlined />, href: '/' }
  const groups = (Object.keys(groupLabels) as NavItem['group'][]).map(group => ({
    key: group,
    label: groupLabels[group],
    items: [
      ...(group === 'day' ? [first] : []),
      ...items
        .filter(item => item.group === group)
        .map(({ key, label, icon, href }) => ({
          key,
          label,
          icon,
          href,
          ...(key === 'change-requests' && waiting > 0
            ? { badge: { count: waiting, means: '自分が決裁できる申請' } }
            : {}),
        })),
    ],
  }))
  return groups.filter(group => group.items.length > 0)
}

function activeKey(items: NavItem[], path: string): string | null {
  if (path === '/') return 'home'
  const matching = items.filter(item => path === item.href || path.startsWith(`${item.href}/`))
  return matching.sort((a, b) => b.href.length - a.href.length)[0]?.key ?? null
}

/** Why a company was found, where its present name does not show it. */
const matchWords: Readonly<Record<string, string>> = {
  old_name: '旧商号で一致',
  old_number: '以前の番号で一致',
  old_phone: '以前の電話番号で一致',
  old_place: '以前の所在地で一致',
  place: '所在地で一致',
  branch: '支店・営業所で一致',
  code: '外部コードで一致',
  custom: '追加項目で一致',
}

/** Representatives, officers and contacts by name; those who have left are found too. */
async function peopleHits(text: string, signal: AbortSignal) {
  const { rows } = await call(findPeople, { text, limit: 6 }, { signal })
  return rows.map(row => ({
    key: row.id,
    title: row.name,
    detail: row.companies
      .slice(0, 2)
      .map(held => `${held.legalName} ${personRoleLabels[held.role]}${held.validTo ? '（退任）' : ''}`)
      .join('、'),
    href: `/people/${row.id}`,
  }))
}

/** An application by its number or that of its quote. */
async function applicationHits(text: string, signal: AbortSignal) {
  if (!/^[AQ]-\d/.test(text.normalize('NFKC').toUpperCase())) return []
  const { rows } = await call(listApplications, { text, limit: 6 }, { signal })
  return rows.map(row => ({
    key: row.id,
    title: `${row.applicationNo}　${row.client.name}`,
    detail: applicationStateLabels[row.state],
    href: `/applications/${row.id}`,
  }))
}

/** Finds customers, debtors and their people under every spelling, and pages by name. */
function searchSource(permissions: ReadonlySet<string>, items: NavItem[]): SearchSource {
  const pagesFor = (text: string) => ({
    key: 'pages',
    label: '画面',
    hits: items
      .filter(item => item.label.includes(text))
      .map(item => ({ key: item.key, title: item.label, href: item.href })),
  })
  return {
    placeholder: '顧客・売掛先（名称、カナ、法人番号、電話、住所、旧商号）、関係者の氏名、申込番号',
    async find(text, signal) {
      const wanted = text.trim()
      if (wanted === '' || !permissions.has('parties.read')) return [pagesFor(wanted)]
      const { rows } = await call(searchParties, { text: wanted, limit: 12 }, { signal })
      const hits = rows.map(row => ({
        key: row.id,
        title: row.legalName,
        detail: [row.partyNo, row.pref && `${row.pref}${row.city ?? ''}`, matchWords[row.matchedBy] ?? null]
          .filter(Boolean)
          .join('　'),
        href: `/parties/${row.id}`,
      }))
      const people = permissions.has('people.read') ? await peopleHits(wanted, signal) : []
      const applications = permissions.has('applications.read') ? await applicationHits(wanted, signal) : []
      return [
        { key: 'applications', label: '申込', hits: applications },
        { key: 'parties', label: '顧客・売掛先', hits },
        { key: 'people', label: '関係者', hits: people },
        pagesFor(wanted),
      ].filter(group => group.hits.length > 0)
    },
  }
}
