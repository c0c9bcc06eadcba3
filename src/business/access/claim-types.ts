import { z } from 'zod'

/**
 * What a claim is by its legal nature, as the registry of assignments tells claims apart: 「売掛債権」 is the price of goods, a fee for work or
 * services is 「その他の報酬債権」 or another kind of fee, and a wrong one can void the effect (東京高判 2001-11-13, JR §6.1).
 */
export const claimNatures = ['price_of_goods', 'fee_for_work', 'other'] as const
export type ClaimNature = (typeof claimNatures)[number]

/**
 * 債権の種類コード as the company uses them. Confirmed from public papers: there are fifteen, told apart by legal nature, 「売掛債権」 and
 * 「その他の報酬債権」 among them (平成26年法務省告示第244号). The four digits of each could not be confirmed, so none is proposed: the company
 * enters those it registers, from the published specification, and may add to them.
 */
export const claimType = z.object({
  code: z.string().regex(/^[0-9]{4}$/, '債権の種類コードは4桁の数字です。'),
  label: z.string().trim().min(1, '債権の種類の名称を入力してください。').max(60),
  nature: z.enum(claimNatures),
})
export type ClaimType = z.output<typeof claimType>

export const claimTypes = z.array(claimType).max(50).default([])
