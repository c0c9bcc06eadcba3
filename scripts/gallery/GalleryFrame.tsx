import {
  AlertOutlined,
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  FileTextOutlined,
  FormOutlined,
  HomeOutlined,
  ImportOutlined,
  MessageOutlined,
  PhoneOutlined,
  ProfileOutlined,
  SettingOutlined,
  ShopOutlined,
  SolutionOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { AppFrame, type RailGroup, type SearchGroup, StatusTag } from '../../src/ui/index.ts'

const rail: readonly RailGroup[] = [
  {
    key: 'work',
    items: [
      {
        key: 'home',
        label: 'ホーム',
        icon: <HomeOutlined />,
        href: '#home',
        badge: { count: 7, means: '期限が今日の仕事', urgent: true },
      },
      { key: 'list', label: '顧客', icon: <SolutionOutlined />, href: '#list' },
      { key: 'debtors', label: '売掛先', icon: <ShopOutlined />, href: '#values' },
      {
        key: 'form',
        label: '申込・審査',
        icon: <FormOutlined />,
        href: '#form',
        badge: { count: 12, means: '審査待ち' },
      },
      { key: 'detail', label: '債権', icon: <ProfileOutlined />, href: '#detail' },
      {
        key: 'bench',
        label: '入金・消込',
        icon: <SwapOutlined />,
        href: '#bench',
        badge: { count: 128, means: '未消込の入金' },
      },
      { key: 'collect', label: '回収', icon: <PhoneOutlined />, href: '#states' },
    ],
  },
  {
    key: 'records',
    label: '記録',
    items: [
      { key: 'inquiry', label: '連絡・問い合わせ', icon: <MessageOutlined />, href: '#states' },
      { key: 'documents', label: '書類', icon: <FileTextOutlined />, href: '#states' },
      {
        key: 'decide',
        label: '承認',
        icon: <AuditOutlined />,
        href: '#decide',
        badge: { count: 3, means: '承認待ち' },
      },
      { key: 'watch', label: 'モニタリング', icon: <AlertOutlined />, href: '#states' },
      { key: 'charts', label: 'KPI', icon: <BarChartOutlined />, href: '#charts' },
    ],
  },
  {
    key: 'office',
    label: '管理',
    items: [
      { key: 'wizard', label: '移行・名寄せ', icon: <ImportOutlined />, href: '#wizard' },
      { key: 'relations', label: '関係', icon: <ApartmentOutlined />, href: '#charts' },
      { key: 'accounts', label: '口座台帳', icon: <BankOutlined />, href: '#values' },
      { key: 'settings', label: '管理', icon: <SettingOutlined />, href: '#states' },
    ],
  },
]

export function GalleryFrame({ active, children }: { active: string; children: ReactNode }) {
  return (
    <AppFrame
      brand={{ name: '台帳', href: '#home' }}
      rail={rail}
      activeKey={active}
      search={{ find, placeholder: '顧客・売掛先・債権・請求書番号・書類・操作' }}
      approvals={{ count: 3, href: '#decide' }}
      alerts={{ count: 11, href: '#states' }}
      person={{
        name: '佐々木 真理子',
        detail: '審査部・審査担当',
        items: [{ key: 'out', label: 'サインアウト', onChoose: () => undefined }],
      }}
      banner="体験版です。架空の会社と人の情報が入っています。この端末からだけ開けます。"
    >
      {children}
    </AppFrame>
  )
}

async function find(text: string): Promise<readonly SearchGroup[]> {
  const customers = [
    {
      key: 'c1',
      title: '株式会社髙橋電設工業',
      detail: 'C-000123　東京都江東区　T7010601034567',
      href: '#detail',
      tag: <StatusTag tone="success" word="取引中" />,
    },
    { key: 'c2', title: '高橋運輸有限会社', detail: 'C-000981　埼玉県川口市　旧字体で一致', href: '#detail' },
    {
      key: 'c3',
      title: '合同会社タカハシ・デザイン・ワークス',
      detail: 'C-002214　カナで一致',
      href: '#detail',
      tag: <StatusTag tone="warning" word="確認期限間近" />,
    },
  ]
  const receivables = [
    {
      key: 'r1',
      title: 'INV-2026-10-0457',
      detail: '株式会社髙橋電設工業 → 東和建設株式会社　¥3,850,000　期日 2026-12-31',
      href: '#detail',
    },
  ]
  const actions = [
    { key: 'a1', title: '顧客を登録する', detail: '操作', href: '#form' },
    { key: 'a2', title: '入金明細を取り込む', detail: '操作', href: '#wizard' },
  ]
  if (text.includes('なし')) return []
  return [
    { key: 'customers', label: '顧客', hits: text === '' ? [] : customers },
    { key: 'receivables', label: '債権', hits: text === '' ? [] : receivables },
    { key: 'actions', label: '操作', hits: actions },
  ]
}
