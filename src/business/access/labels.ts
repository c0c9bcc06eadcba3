import { roleDescriptions, roleLabels, roles } from './roles.ts'

export { roleDescriptions, roleLabels, roles }

/** Names of the slices as headings of the page 「この人は何ができるか」. */
export const sliceLabels: Readonly<Record<string, string>> = {
  access: 'ユーザーと設定',
  policy: '運用規程',
  audit: '監査証跡',
  approvals: '承認',
  parties: '顧客・売掛先',
  people: '人物',
  cards: '顧客カード',
  changes: '予約された変更',
  customization: '自社の項目・状態・タグ',
  documents: '書類',
  communications: '接触履歴',
  letters: '書状',
  inquiries: '問合せ・苦情',
  incidents: '事故',
  resolution: '名寄せ',
  groups: 'グループ候補',
  ownership: '株主・グループ',
  registers: '公的登記',
  changewatch: '変更検知',
  disposal: '廃棄',
  quality: 'データ品質・自己点検',
  lists: '一覧の保存・出力',
  imports: '移行・取込',
  screening: '反社・制裁',
  kyc: '本人確認',
  accounts: '口座',
  assessment: '審査',
  credit: '与信枠',
  plans: '商品',
  applications: '申込・見積',
  contracts: '契約',
  receivables: '債権',
  moneyledger: '元帳',
  payouts: '支払',
  payments: '入金',
  reconciliation: '消込',
  collections: '回収',
  alerts: 'アラート',
  tasks: 'タスク',
  home: 'ホーム',
}

export const claimNatureLabels = {
  price_of_goods: '売買代金（物の引渡しの対価）',
  fee_for_work: '報酬（請負・役務・運送などの対価）',
  other: 'その他（賃料・診療報酬・貸付金など）',
} as const

export const newsRuleLabels = {
  off: '求めない',
  alert: 'アラートで知らせる',
  stop: '見積・契約・買取・支払を止める',
} as const

export const staffStateLabels = { invited: '招待中', active: '利用中', ended: '利用終了' } as const

export const outcomeLabels = {
  succeeded: '成功',
  code_asked: 'パスワード一致・コード待ち',
  failed: '失敗',
  blocked: '受付停止中',
  left: '利用終了者',
} as const

export const attemptKindLabels = {
  password: 'パスワード',
  code: '認証コード',
  recovery_code: 'リカバリーコード',
} as const

export const amlRegimeLabels = {
  statutory: '特定事業者として義務を負う',
  voluntary: '自主的に実施する',
} as const
export const taxBasisLabels = { tax_included: '税込で判定', tax_excluded: '税抜で判定' } as const
export const contactDayLabels = { every_day: '毎日', business_days: '会社の営業日だけ' } as const

export const bankHolidayLabels = {
  banking_days: '銀行営業日（祝日・年末年始を除く）',
  weekends_only: '土日のみ休み',
} as const

/** What a mail server's code means for the administrator who sent an invitation. */
export function mailFaultSentence(fault: string): string {
  if (/^EAUTH/.test(fault))
    return 'メールサーバーが、設定されたユーザー名とパスワードを受け付けませんでした。'
  if (/^EENVELOPE/.test(fault))
    return '宛先または差出人のメールアドレスを、メールサーバーが受け付けませんでした。'
  if (/^(ESOCKET|ECONN|ETIMEDOUT|EDNS|ETLS)/.test(fault)) return 'メールサーバーに接続できませんでした。'
  return 'メールサーバーが送信を断りました。'
}

export const mailStateLabels = {
  waiting: '送信待ち',
  sent: 'メール送信済み',
  failed: 'メールを送れませんでした',
  link_only: 'リンクを手渡し',
} as const

/** Event verb → what happened, for histories. */
export const eventLabels: Readonly<Record<string, string>> = {
  signed_in: 'ログインした',
  signed_out: 'ログアウトした',
  other_sign_ins_revoked: '他の端末のログインを終了した',
  sign_ins_revoked: 'ログインを終了させた',
  second_factor_set_up: '二段階認証を設定した',
  second_factor_reset: '二段階認証を解除した',
  recovery_codes_renewed: 'リカバリーコードを再発行した',
  password_changed: 'パスワードを変更した',
  password_reset: 'パスワードを再設定した',
  staff_registered: 'ユーザーを登録した',
  staff_invited: 'ユーザーを招待した',
  invite_renewed: '招待を再発行した',
  invite_mailed: '招待メールを送った',
  invite_mail_failed: '招待メールを送れなかった',
  invite_accepted: '招待を受けてパスワードを設定した',
  role_granted: '役割を付与した',
  role_revoked: '役割を外した',
  staff_ended: '利用を終了した',
  administrator_recovered: '管理者を復旧した（サーバー上の操作）',
  company_set_up: '会社を設定した',
  company_settings_changed: '会社設定を変更した',
}

/** "Chrome（Windows）" from a user agent, for lists of sign-ins; 不明な端末 when it says nothing. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return '不明な端末'
  const browser = (
    [
      [/Edg\//, 'Edge'],
      [/Firefox\//, 'Firefox'],
      [/Chrome\//, 'Chrome'],
      [/Safari\//, 'Safari'],
    ] as const
  ).find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = (
    [
      [/Windows/, 'Windows'],
      [/iPhone|iPad/, 'iOS'],
      [/Android/, 'Android'],
      [/Mac OS X/, 'macOS'],
      [/Linux/, 'Linux'],
    ] as const
  ).find(([pattern]) => pattern.test(userAgent))?.[1]
  if (!browser && !system) return userAgent.slice(0, 40)
  return [browser ?? 'ブラウザー', system && `（${system}）`].filter(Boolean).join('')
}
