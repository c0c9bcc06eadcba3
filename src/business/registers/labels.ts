import type { RegisterSource } from './tables.ts'

export const sourceLabels: Readonly<Record<RegisterSource, string>> = {
  corporate_number: '国税庁 法人番号公表サイト',
  invoice_issuer: '国税庁 適格請求書発行事業者公表サイト',
  gbizinfo: 'gBizINFO（経済産業省）',
}

/** The sentence the users of the tax agency's interface must show. */
export const taxAgencyNotice =
  'このサービスは、国税庁の法人番号システムWeb-API機能および適格請求書発行事業者公表システムWeb-API機能を利用して取得した情報をもとに作成していますが、サービスの内容は国税庁によって保証されたものではありません。'

/** Process codes of the published file (JR §1.3). */
export const processLabels: Readonly<Record<string, string>> = {
  '01': '新規',
  '11': '商号又は名称の変更',
  '12': '国内所在地の変更',
  '13': '国外所在地の変更',
  '21': '登記記録の閉鎖等',
  '22': '登記記録の復活等',
  '71': '吸収合併',
  '72': '吸収合併無効',
  '81': '商号の登記の抹消',
  '99': '削除',
}

export const closeCauseLabels: Readonly<Record<string, string>> = {
  '01': '清算の結了等',
  '11': '合併による解散等',
  '21': '登記官による閉鎖',
  '31': 'その他の清算の結了等',
}

export const corporateKindLabels: Readonly<Record<string, string>> = {
  '101': '国の機関',
  '201': '地方公共団体',
  '301': '株式会社',
  '302': '有限会社',
  '303': '合名会社',
  '304': '合資会社',
  '305': '合同会社',
  '399': 'その他の設立登記法人',
  '401': '外国会社等',
  '499': 'その他',
}

/** Why a source said nothing; the screen shows it as「未照会」with the reason. */
export const notAskedLabels: Readonly<Record<string, string>> = {
  switched_off: '照会は停止中です（管理者が「公的登記の照会設定」で有効にできます）',
  no_key: 'アプリケーションIDまたはトークンが設定されていません',
  host_not_allowed: '接続先が許可されていません（環境変数 DAICHO_OUTBOUND_HOSTS）',
  no_number: '番号がないため照会していません',
  nothing_loaded: '参照用の公表ファイルが読み込まれていません',
  unreachable: '接続できませんでした',
  too_many: '照会回数の上限に達しました。時間をおいて再度お試しください',
  refused: '照会が拒否されました（IDまたは条件を確認してください）',
  unreadable: '応答を読み取れませんでした',
}

export const eventLabels = {
  register_loaded: '法人番号の公表ファイルを読み込み',
  register_compared: '公表ファイルと顧客を突合',
  register_setting_changed: '公的登記の照会設定を変更',
} as const
