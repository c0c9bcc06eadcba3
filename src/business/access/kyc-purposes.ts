import { z } from 'zod'

/** 「その他」 is always offered, in the words of whoever answers; it is no entry of the list. */
export const OTHER_PURPOSE = 'other'

/** What customers may give as 取引の目的 (JR §3.2): the code stays when the words change, so that answers can be counted. */
export const kycPurpose = z.object({
  code: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,39}$/, '取引の目的のコードは英小文字・数字・_ で2〜40文字です。')
    .refine(code => code !== OTHER_PURPOSE, '「その他」は常に選べます。一覧には加えないでください。'),
  label: z.string().trim().min(1, '取引の目的を入力してください。').max(60, '取引の目的は60文字以内です。'),
})
export type KycPurpose = z.output<typeof kycPurpose>

/** What the program proposes until the company says otherwise. */
export const PROPOSED_PURPOSES: readonly KycPurpose[] = [
  { code: 'sale_of_receivables', label: '売掛債権の資金化' },
  { code: 'guarantee', label: '保証の利用' },
  { code: 'loan', label: '事業資金の借入' },
  { code: 'working_capital', label: '仕入・外注費など運転資金の確保' },
  { code: 'bridge_to_collection', label: '入金までのつなぎ資金' },
  { code: 'refinancing', label: '他社からの乗り換え' },
]

export const kycPurposes = z
  .array(kycPurpose)
  .min(1, '取引の目的を1つ以上残してください。')
  .max(50)
  .default([...PROPOSED_PURPOSES])
