import type { Reason } from './types.ts'

/**
 * Every rule of the engine: its sentence for people and where it comes from. The name is what batch files
 * print.
 */
const RULES = {
  virtual_account: ['入金先のバーチャル口座から支払人を特定しました。', 'FF §7、JR §8'],
  virtual_account_shared: ['入金先のバーチャル口座を複数の支払人が使っています。', 'JR §8'],
  virtual_account_of_nobody: [
    '入金先のバーチャル口座は、この支払人に割り当てたものではありません。',
    'JR §8',
  ],
  quoted_reference: ['EDI情報に請求書番号が記載されています。', 'FF §7、JR §8'],
  quoted_reference_weak: ['EDI情報に請求書番号らしい数字がありますが、確実ではありません。', 'FF §7'],
  quoted_reference_of_several: ['同じ請求書番号の債権が複数の支払人にあります。', 'FF §7'],
  sender_number: ['振込依頼人コードが過去に確認した支払人と一致します。', 'FF §7'],
  learned_payer: ['カナ・銀行・支店が、過去に確認した支払人と一致します。', 'FF §7'],
  learned_at_other_branch: ['過去に確認した支払人とカナは一致しますが、銀行または支店が違います。', 'FF §7'],
  kana_equal: ['振込依頼人名が支払人のカナ（法人格を除く）と一致します。', 'FF §7、matching.md §6.12'],
  kana_cut_by_bank: ['銀行の桁数で切れた振込依頼人名が、支払人のカナの先頭と一致します。', 'matching.md §4'],
  kana_of_several_payers: ['同じカナの支払人が複数あります。', 'FF §7'],
  kana_with_other_legal_form: ['カナは同じですが、法人格またはその位置が違います。', 'matching.md §4'],
  kana_with_words_behind: ['支払人のカナの後に、支店名や個人名らしい語が付いています。', 'matching.md §4'],
  kana_but_for_voicing: ['濁点・半濁点を除くとカナが一致します。', 'matching.md §4'],
  kana_alike: ['振込依頼人名が支払人のカナと似ています。', 'FF §7'],
  sender_unknown: ['振込依頼人に該当する支払人が見つかりません。', 'FF §7'],
  payer_contradicted: ['入金先または請求書番号が示す支払人と、振込依頼人名が示す支払人が違います。', 'FF §7'],
  exact_amount: ['金額が債権1件の残高と一致します。', 'FF §7'],
  exact_sum: ['金額が、同時に支払われる債権の合計と一致します。', 'FF §7、JR §8'],
  exact_combination: ['金額が債権の組合せ1通りの合計と一致します。', 'FF §7、JR §8'],
  transfer_fee_deducted: ['差額が振込手数料と一致します。', 'JR §8'],
  tax_difference: ['差額が消費税の端数で説明できます。', 'FF §7'],
  interchangeable_claims: ['同じ支払人・金額・支払期日の債権は区別せず、古いものから充てました。', 'FF §7'],
  split_payment: ['複数の入金の合計が債権の残高と一致します。', 'JR §8'],
  part_payment: ['債権の一部の支払いです。', 'FF §7、JR §8'],
  excess: ['債権の残高を超える入金です。超過分は支払人に帰属します。', 'FF §4.4'],
  several_explanations: ['説明が複数あるため、自動では消し込みません。', 'FF §7'],
  search_incomplete: ['債権が多く、すべての組合せは確認していません。', 'matching.md §6.12'],
  combination_may_be_chance: ['金額が丸いため、組合せが偶然一致した可能性があります。', 'matching.md §6.12'],
  claim_contested: ['未確定の別の入金も同じ債権に当たる可能性があります。', 'FF §7'],
  amount_only: ['金額だけが一致します。', 'FF §7'],
  nothing_open: ['支払人は分かりますが、充てられる未回収の債権がありません。', 'JR §8'],
  nothing_fits: ['名前・番号・金額のどれからも債権が見つかりません。', 'FF §7'],
} as const satisfies Record<string, readonly [sentence: string, source: string]>

export type RuleName = keyof typeof RULES

const REASONS = new Map(
  Object.entries(RULES).map(([rule, [sentence, source]]) => [
    rule,
    Object.freeze({ rule, sentence, source }),
  ]),
)

/** A named rule with its sentence and source; one object for all who give it. */
export function reason(rule: RuleName): Reason {
  return REASONS.get(rule)!
}
