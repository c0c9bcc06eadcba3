import type { Reason } from '../../platform/commands/refusal.ts'

/** The heads who confirm a version: of credit, legal and compliance, collection, and sales. */
export const departments = ['credit', 'legal', 'collection', 'sales'] as const
export type Department = (typeof departments)[number]

export interface Kpi {
  code: string
  label: string
  unit: '%' | '件' | '日'
  /** Whether more is better; the other way round for defaults and delays. */
  direction: 'at_least' | 'at_most'
  formula: string
  initial: number
}

/** The measures of JR §9; the initial targets are proposals until the company has decided. */
export const kpis: readonly Kpi[] = [
  {
    code: 'completeness',
    label: 'データ完全性率',
    unit: '%',
    direction: 'at_least',
    formula: '必須項目が全て有効な取引中の顧客 ÷ 取引中の顧客',
    initial: 98,
  },
  {
    code: 'duplicates',
    label: '重複登録率',
    unit: '%',
    direction: 'at_most',
    formula: '（記録数 − 実体数）÷ 記録数',
    initial: 0.5,
  },
  {
    code: 'kyc_on_time',
    label: 'KYC更新遵守率',
    unit: '%',
    direction: 'at_least',
    formula: '期限までに完了した見直し ÷ 期限が来た見直し',
    initial: 100,
  },
  {
    code: 'rescreening',
    label: '反社再照合完了率',
    unit: '%',
    direction: 'at_least',
    formula: '期限までに最終判断した対象者 ÷ 期限が来た対象者',
    initial: 100,
  },
  {
    code: 'limit_breaches',
    label: '与信枠逸脱',
    unit: '件',
    direction: 'at_most',
    formula: '期間中に限度額を超えた件数',
    initial: 0,
  },
  {
    code: 'approval_rate',
    label: '承認率',
    unit: '%',
    direction: 'at_least',
    formula: '見積を出した申込 ÷ 判断した申込',
    initial: 70,
  },
  {
    code: 'funded_rate',
    label: '成約率',
    unit: '%',
    direction: 'at_least',
    formula: '実行した申込 ÷ 見積を出した申込',
    initial: 60,
  },
  {
    code: 'overdue',
    label: '延滞率',
    unit: '%',
    direction: 'at_most',
    formula: '延滞している未回収額 ÷ 未回収額',
    initial: 3,
  },
  {
    code: 'days_late',
    label: '平均遅延日数',
    unit: '日',
    direction: 'at_most',
    formula: '期間中に回収した債権の遅延日数の平均',
    initial: 3,
  },
  {
    code: 'first_answer',
    label: '一次解決率',
    unit: '%',
    direction: 'at_least',
    formula: '1回の回答で終わった問い合わせ ÷ 終わった問い合わせ',
    initial: 80,
  },
  {
    code: 'sla',
    label: 'SLA遵守率',
    unit: '%',
    direction: 'at_least',
    formula: '目標時間内の問い合わせ ÷ 目標が来た問い合わせ',
    initial: 95,
  },
]

export interface RetentionItem {
  code: string
  label: string
  /** From when the years count. */
  from: string
  /** Fewer years than the law asks are refused. */
  leastYears: number
  initialYears: number
  basis: string
}

/** Japan rules §4.4; the longest period wins, then disposal by two people. */
export const retentionItems: readonly RetentionItem[] = [
  {
    code: 'kyc_records',
    label: '確認記録',
    from: '取引終了の日',
    leastYears: 7,
    initialYears: 7,
    basis: '犯収法6条',
  },
  {
    code: 'transaction_records',
    label: '取引記録',
    from: '取引の日',
    leastYears: 7,
    initialYears: 7,
    basis: '犯収法7条',
  },
  {
    code: 'tax_books',
    label: '帳簿・請求書・電子取引',
    from: '申告期限',
    leastYears: 7,
    initialYears: 10,
    basis: '法人税法施行規則59条（欠損事業年度は10年）',
  },
  {
    code: 'claims',
    label: '契約・債権',
    from: '完済の日',
    leastYears: 5,
    initialYears: 7,
    basis: '民法166条（消滅時効）',
  },
  {
    code: 'rejected',
    label: '否決した申込',
    from: '否決の日',
    leastYears: 0,
    initialYears: 1,
    basis: '会社の定め',
  },
  {
    code: 'third_party',
    label: '第三者提供の記録',
    from: '記録の日',
    leastYears: 3,
    initialYears: 3,
    basis: '個情法29条・30条',
  },
  {
    code: 'screening',
    label: '反社・制裁の照合記録',
    from: '取引終了の日',
    leastYears: 0,
    initialYears: 7,
    basis: '会社の定め（反社会的勢力対応指針）',
  },
  {
    code: 'audit',
    label: '監査証跡・閲覧記録',
    from: '記録の日',
    leastYears: 7,
    initialYears: 10,
    basis: '会社の定め（7年以上）',
  },
]

const MOST_YEARS = 100
const MOST_DAYS = 1000

/** Every reason against targets and years: all codes must be there, within their bounds, and no others. */
export function policyReasons(
  targets: Readonly<Record<string, number>>,
  retention: Readonly<Record<string, number>>,
): Reason[] {
  const reasons: Reason[] = []
  for (const { code, label, unit } of kpis) {
    const target = targets[code]
    const most = unit === '%' ? 100 : MOST_DAYS
    if (target === undefined || target < 0 || target > most)
      reasons.push({
        code: 'target_must_be_within_bounds',
        field: `targets.${code}`,
        message: `「${label}」の目標は0から${most}${unit}で入力してください。`,
      })
  }
  for (const { code, label, leastYears, basis } of retentionItems) {
    const years = retention[code]
    if (years === undefined || !Number.isInteger(years) || years < leastYears || years > MOST_YEARS)
      reasons.push({
        code: 'retention_must_not_be_shorter_than_the_law',
        field: `retention.${code}`,
        message: `「${label}」は${leastYears}年以上にしてください（${basis}）。`,
      })
  }
  for (const code of Object.keys(targets))
    if (!kpis.some(kpi => kpi.code === code))
      reasons.push({ code: 'items_must_be_known', field: `targets.${code}` })
  for (const code of Object.keys(retention))
    if (!retentionItems.some(item => item.code === code))
      reasons.push({ code: 'items_must_be_known', field: `retention.${code}` })
  return reasons
}
