import type { linkRules } from './inbox/contract.ts'
import type { sourceMedia, sourceStatuses, sourceTargets } from './source-contract.ts'
import type { BatchState, ImportKindName, Outcome, RowState } from './tables.ts'

export const kindLabels: Record<ImportKindName, string> = {
  customers: '顧客・売掛先',
  people: '関係者（代表者・役員・保証人など）',
  accounts: '口座',
  limits: '与信枠',
  kyc: '本人確認',
  holdings: '株主・グループ',
  screenings: '反社・制裁確認の過去の記録',
  contracts: '契約',
  claims: '債権残高',
  balances: '開始残高（勘定科目）',
  applications: '申込',
  contacts: '接触履歴',
}

export const mediumLabels = {
  excel: 'Excel',
  csv: 'CSV',
  system: '旧システム',
  paper: '紙',
  mail: 'メール',
  notes: '個人のメモ',
  other: 'その他',
} as const satisfies Record<(typeof sourceMedia)[number], string>

export const sourceStatusLabels = {
  found: '棚卸し済み',
  surveyed: '内容確認済み',
  rehearsed: '試し取込済み',
  moved: '移行済み',
  left_out: '移行しない',
} as const satisfies Record<(typeof sourceStatuses)[number], string>

export const targetLabels: Record<(typeof sourceTargets)[number], string> = {
  ...kindLabels,
  documents: '書類',
  other: 'その他（備考）',
}

export const linkRuleLabels = {
  party_number: '顧客番号',
  corporate_number: '法人番号',
  source_number: '元の管理番号',
} as const satisfies Record<(typeof linkRules)[number], string>

export const stateLabels: Record<BatchState, string> = {
  opened: '列の割当て待ち',
  rehearsing: '試し取込中',
  rehearsed: '承認申請待ち',
  approved: '取込中',
  applied: '取込済み',
  reverting: '取消中',
  reverted: '取消済み',
  discarded: '破棄',
  stopped: '停止中',
  failed: '中断',
}

export const outcomeLabels: Record<Outcome, string> = {
  new: '新規登録',
  update: '既存に反映',
  merged: '同じ記録に統合',
  refused: '取込まない',
  skipped: '対象外の行',
}

export const rowStateLabels: Record<RowState, string> = {
  planned: '未実行',
  applied: '反映済み',
  kept: '取消せず残存',
  conflict: '試し取込後に変化',
  reverted: '取消済み',
}

export const weightLabels = { error: '取込不可', warning: '空欄にする', note: '要確認' } as const

export const eventLabels: Record<string, string> = {
  import_opened: '取込ファイルを読み込み',
  import_mapped: '列の割当てを決定',
  import_rehearsed: '試し取込',
  import_approved: '取込を承認・開始',
  import_applied: '取込が完了',
  import_revert_approved: '取込の取消を承認・開始',
  import_reverted: '取込を取消',
  import_discarded: '取込を破棄',
  import_failed: '取込が中断',
  import_stopped: '取込を停止',
  import_resumed: '取込を再開',
  balance_taken_over: '移行時残高を計上',
  balance_take_over_reverted: '移行時残高を取消',
  inbox_file_linked: '受け付けた書類を登録',
  inbox_file_left_out: '受け付けた書類を登録しないと決定',
  migration_source_recorded: '移行元を登録',
  migration_source_changed: '移行元を変更',
  import_template_saved: '取込テンプレートを保存',
  party_import_matched: '取込と照合（変更なし）',
  party_change_reverted: '取込による変更を取消',
}
