import type { DocumentKind, ElectronicPart, MethodCode, RatingFactor, ReviewState } from './rules.ts'
import type { DocumentSide, IcReadResult, KycCaseState, KycTrigger, Liveness, RiskRating } from './tables.ts'

export const triggerLabels: Record<KycTrigger, string> = {
  onboarding: '取引開始',
  periodic: '定期更新',
  yearly_confirmation: '年次確認',
  change: '情報の変更',
  high_risk: '高リスク取引',
  new_transaction_kind: '新しい取引の種類',
  returned_mail: '郵便の返戻',
}

export const methodLabels: Record<MethodCode, string> = {
  face_photo_id: '対面・顔写真付き書類の提示',
  face_nonphoto_mail: '対面・写真なし書類＋転送不要郵便',
  remote_photo_selfie: 'オンライン・書類画像＋容貌画像（2027年3月まで）',
  remote_ic_selfie: 'オンライン・ICチップ＋容貌画像',
  remote_ic_bank: 'オンライン・ICチップ＋銀行等の確認',
  mail_original: '原本の送付＋転送不要郵便',
  mail_copy: '写しの送付＋転送不要郵便（2027年3月まで）',
  mail_restricted: '本人限定受取郵便',
  e_sign_accredited: '認定認証事業者の電子証明書',
  jpki: '公的個人認証（マイナンバーカード署名）',
  card_substitute_record: 'カード代替電磁的記録（スマートフォン）',
  corp_shown: '法人・書類の提示',
  corp_registry_online: '法人・登記情報提供サービス',
  corp_number_site: '法人・法人番号公表サイト＋転送不要郵便',
  corp_mail: '法人・書類の送付＋転送不要郵便',
  corp_e_cert: '法人・電子証明書',
}

export const documentKindLabels: Record<DocumentKind, string> = {
  drivers_licence: '運転免許証',
  driving_record_certificate: '運転経歴証明書',
  my_number_card_front: 'マイナンバーカード（表面のみ）',
  residence_card: '在留カード',
  special_permanent_resident: '特別永住者証明書',
  passport: '旅券',
  official_photo_id: '官公庁発行の顔写真付き書類',
  qualification_certificate: '資格確認書',
  pension_book: '年金手帳類',
  maternal_handbook: '母子健康手帳',
  personal_seal_certificate: '印鑑登録証明書（個人）',
  residence_certificate: '住民票の写し',
  registry: '登記事項証明書',
  seal_certificate: '印鑑登録証明書（法人）',
  official_corporate_document: '官公庁発行書類（法人）',
  address_proof: '現住所の補完書類',
  power_of_attorney: '委任状',
  income_proof: '資産・収入の確認書類',
  my_number_card_back: 'マイナンバーカード（裏面）',
  health_insurance_card: '健康保険証',
}

export const ratingLabels: Record<RiskRating, string> = { low: '低', medium: '中', high: '高' }

export const factorLabels: Record<RatingFactor, string> = {
  impersonation_suspected: 'なりすましの疑い',
  false_statement_suspected: '虚偽申告の疑い',
  listed_country: '特定国等に居住・所在',
  foreign_pep: '外国PEPs',
  adverse_media: '不芳情報あり',
  domestic_pep: '国内の公的要職',
  not_face_to_face: '非対面の取引',
  newly_established: '設立後2年未満',
  complex_ownership: '複雑な株主構成',
  cash_intensive: '現金取引の多い業種',
}

export const reviewStateLabels: Record<ReviewState, string> = {
  none: '未実施',
  in_progress: '確認中',
  current: '有効',
  due_soon: '期限間近',
  overdue: '期限超過',
  excepted: '例外承認中',
  failed: '確認できず',
}

export const caseStateLabels: Record<KycCaseState, string> = {
  in_progress: '確認中',
  completed: '完了',
  reopened: '再確認中',
  failed: '確認できず',
}

export const mailKindLabels = { not_forwarded: '転送不要郵便', restricted: '本人限定受取郵便' } as const
export const mailResultLabels = { sent: '発送済', delivered: '到達', returned: '返戻' } as const

export const sideLabels: Record<DocumentSide, string> = { front: '表面', back: '裏面', both: '両面' }
export const icReadLabels: Record<IcReadResult, string> = {
  matched: '読取成功・申告と一致',
  mismatch: '読取成功・申告と不一致',
  unreadable: '読み取れない',
}
export const livenessLabels: Record<Liveness, string> = { passed: '合格', failed: '不合格' }
export const regimeLabels = { statutory: '法令による確認', voluntary: '任意の確認' } as const
export const electronicPartLabels: Record<ElectronicPart, string> = {
  ic: 'ICチップの読取',
  signature: '電子署名の検証',
  revocation: '電子証明書の失効確認',
  face: '顔照合スコア',
  liveness: '生体検知',
  bank: '金融機関等の確認',
}

/** Refusals of this slice, and the sentences the gate gives to others. */
export const kycRefusals = {
  kyc_must_be_completed: '本人確認が完了していません。',
  kyc_must_be_current: '本人確認の見直し期限を過ぎています。',
  case_must_be_at_work: 'この本人確認は既に終わっています。',
  case_must_differ: '変更された項目がありません。',
  purpose_must_be_offered:
    '取引の目的の一覧にありません。会社設定の「取引の目的の一覧」にあるものを選ぶか、「その他」として内容を入力してください。',
  other_purpose_must_be_told: '「その他」を選んだときは、取引の目的の内容を入力してください。',
  case_must_be_the_only_one: 'この顧客には進行中の本人確認があります。',
  my_number_must_not_be_stored: 'マイナンバー（個人番号）は保存できません。番号を入力しないでください。',
  card_back_must_not_be_stored: 'マイナンバーカードの裏面は保存できません。',
  insurance_number_must_not_be_stored: '保険者番号・被保険者記号番号は保存できません。',
  document_must_be_in_use: '健康保険証は2025年12月2日以降、本人確認に使えません。',
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  document_must_be_issued_before_it_is_seen: '発行日が確認日より後です。',
  document_must_not_be_expired: '有効期限の切れた書類です。',
  document_must_be_recent: '有効期限のない書類は、発行から6か月以内のものが必要です。',
  method_must_be_valid: 'この確認方法は、完了日には使えません。',
  method_must_suit_the_party: '確認方法が顧客の区分（法人・個人）に合いません。',
  mail_must_be_delivered: '郵便の到達がまだ記録されていません。',
  documents_must_be_sufficient: '本人確認書類が足りません。',
  completion_must_follow_documents: '書類の確認日より前の日付では完了できません。',
  asset_income_must_be_checked: '高リスクの顧客は資産・収入の確認が必要です。',
  high_risk_needs_another_method:
    '高リスク取引の確認は、前回と別の確認方法で行ってください（「内容を変更」で確認方法を変えられます）。',
  asset_income_must_be_proven:
    '資産・収入の確認書類が、ファイル付きで記録されていません。「書類を記録」で「資産・収入の確認書類」とファイルを追加してください。',
  asset_income_must_be_checked_for_the_sum:
    '高リスクの顧客です。この金額の取引には、資産・収入の確認が必要です（本人確認タブ）。',
  mail_must_be_of_the_kind: '郵便の種類が確認方法と合いません。',
  electronic_check_must_be_recorded:
    'この確認方法に必要な電子的な確認が記録されていません。「電子的な確認を記録」で入力してください。',
  electronic_check_must_have_passed: '電子的な確認が合格していません。別の方法で確認してください。',
  electronic_check_must_say_something: '確認した項目を1つ以上入力してください。',
  completion_must_follow_checks: '電子的な確認の日より前の日付では完了できません。',
  document_must_have_its_side: '写しを取った面（表面・裏面・両面）を選んでください。',
  document_must_be_masked:
    'この書類の写しは、保存してはならない番号（個人番号・基礎年金番号・保険者番号・記号番号・QRコード）を塗りつぶしてから添付し、「塗りつぶした」を選んでください。',
  representative_must_be_registered: '代表者が登録されていません。',
  beneficial_owner_must_be_registered: '実質的支配者が登録されていません。',
  computed_owner_must_be_declared:
    '持分から計算した実質的支配者が、実質的支配者として登録されていません（グループ・株主タブで確認してください）。',
  declared_owner_must_follow_from_holdings:
    '申告された実質的支配者が、記録された持分では25%を超えません。申告か持分の記録を直してください。',
  exception_needs_a_completed_case: '例外は、完了した本人確認の期限を延ばすものです。',
  exception_must_end_in_time: '例外の期限は、明日から90日以内で入力してください。',
  mail_must_have_been_sent: '発送日を入力してください。',
  person_must_belong_to_the_party: 'この顧客の関係者ではありません。',
} as const

export const eventLabels: Record<string, string> = {
  kyc_opened: '本人確認を開始',
  kyc_changed: '本人確認の内容を変更',
  kyc_document_seen: '本人確認書類を確認',
  kyc_mail_recorded: '本人確認の郵便を記録',
  kyc_electronic_check_recorded: '電子的な確認を記録',
  kyc_completed: '本人確認を完了',
  kyc_reopened: '本人確認を再開',
  kyc_failed: '本人確認を不成立として終了',
  kyc_taken_over: '移行により本人確認を登録',
  kyc_take_over_reverted: '移行による本人確認の登録を取消',
  kyc_exception_granted: '本人確認期限の例外を承認',
}
