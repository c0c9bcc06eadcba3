import type { GraphEdge, GraphNode, RuleResult, TimelineEvent, Tone } from '../../src/ui/index.ts'

export interface Receivable {
  number: string
  debtor: string
  amountYen: number
  dueOn: string
  status: { tone: Tone; word: string }
}

export const receivables: readonly Receivable[] = [
  {
    number: 'INV-2026-10-0457',
    debtor: '東和建設株式会社',
    amountYen: 3_850_000,
    dueOn: '2026-12-31',
    status: { tone: 'waiting', word: '承認待ち' },
  },
  {
    number: 'INV-2026-09-0398',
    debtor: '株式会社みなと不動産管理',
    amountYen: 1_265_000,
    dueOn: '2026-11-30',
    status: { tone: 'success', word: '買取済み' },
  },
  {
    number: 'INV-2026-09-0371',
    debtor: '東和建設株式会社',
    amountYen: 2_970_000,
    dueOn: '2026-11-20',
    status: { tone: 'danger', word: '支払遅れ 3日' },
  },
  {
    number: 'INV-2026-08-0312',
    debtor: '江東区役所',
    amountYen: 792_000,
    dueOn: '2026-10-31',
    status: { tone: 'neutral', word: '精算済み' },
  },
]

export const events: readonly TimelineEvent[] = [
  {
    id: '9',
    at: '2026-11-23T06:12:00Z',
    actor: '佐々木 真理子',
    sentence: '代表者の変更を申請しました',
    tone: 'waiting',
    href: '#decide',
    detail: '髙橋 健太郎 → 髙橋 由美',
  },
  {
    id: '8',
    at: '2026-11-23T02:40:00Z',
    actor: '入金取込',
    sentence: 'みなと不動産管理からの入金 ¥1,265,000 を消し込みました',
    tone: 'success',
  },
  {
    id: '7',
    at: '2026-11-23T00:05:00Z',
    actor: '日次点検',
    sentence: '取引時確認の期限が12日後に来ます',
    tone: 'warning',
  },
  {
    id: '6',
    at: '2026-11-20T08:31:00Z',
    actor: '李 明華',
    sentence: '東和建設の支払が遅れています（2,970,000円）',
    tone: 'danger',
    href: '#detail',
    detail: '電話で確認。経理担当者は「25日に払う」と回答。',
  },
  {
    id: '5',
    at: '2026-11-18T04:20:00Z',
    actor: '長谷川 誠',
    sentence: '与信枠を ¥20,000,000 から ¥25,000,000 に引き上げました',
    detail: '承認：勅使河原 隆',
  },
  {
    id: '4',
    at: '2026-11-18T01:02:00Z',
    actor: '佐々木 真理子',
    sentence: '決算書（2026年3月期）を登録しました',
  },
]

export const rules: readonly RuleResult[] = [
  {
    key: 'limit',
    name: '与信枠に余裕がある',
    outcome: 'failed',
    sentence: 'グループの利用額 ¥42,000,000 が枠 ¥40,000,000 を ¥2,000,000 超えています。',
    source: '与信規程 第8条',
    mayLift: '承認者2名',
  },
  {
    key: 'kyc',
    name: '取引時確認が有効である',
    outcome: 'passed',
    sentence: '2026-12-05 まで有効です。',
    source: '犯罪収益移転防止法 第4条',
  },
  {
    key: 'hit',
    name: '制裁・反社の照合に未判定がない',
    outcome: 'unknown',
    sentence: '実質的支配者1名の照合がまだ終わっていません。',
    source: '反社会的勢力対応規程 第5条',
    mayLift: 'コンプライアンス',
  },
  {
    key: 'double',
    name: '同じ債権を買い取っていない',
    outcome: 'passed',
    sentence: '請求書番号・金額・期日が一致する債権はありません。',
    source: '買取要領 3.2',
  },
]

export const nodes: readonly GraphNode[] = [
  { id: 'hold', label: '髙橋ホールディングス合同会社', detail: '枠 ¥40,000,000', href: '#detail' },
  { id: 'ken', label: '髙橋 健太郎', detail: '代表・実質的支配者' },
  { id: 'yumi', label: '髙橋 由美', detail: '個人' },
  { id: 'main', label: '株式会社髙橋電設工業', detail: '残高 ¥18,200,000', main: true },
  { id: 'sub', label: '株式会社髙橋メンテナンスサービス', detail: '残高 ¥9,800,000', href: '#detail' },
  { id: 'fuji', label: '有限会社ふじ通信', detail: '取引停止', tone: 'danger', href: '#detail' },
]

export const edges: readonly GraphEdge[] = [
  { from: 'ken', to: 'hold', percent: 70 },
  { from: 'yumi', to: 'hold', percent: 30 },
  { from: 'hold', to: 'main', percent: 100 },
  { from: 'ken', to: 'main', word: '代表' },
  { from: 'main', to: 'sub', percent: 66.7 },
  { from: 'main', to: 'fuji', percent: 20 },
]
