import { expect, it } from 'vitest'
import { chargesNotAgreed } from './charges.ts'
import type { Charge } from './pricing.ts'

const fee: Charge = {
  kind: '事務手数料',
  amountYen: 5_000,
  taxCategory: 'taxable_10',
  borneBy: 'client',
}
const filing: Charge = { kind: '登録免許税', amountYen: 7_500, taxCategory: 'outside', borneBy: 'client' }

it.each<[string, Charge[], Charge[]]>([
  ['as agreed', [fee, filing], []],
  ['left out', [filing], []],
  ['none at all', [], []],
  ['lower than agreed', [{ ...fee, amountYen: 0 }], []],
  ['one yen more', [{ ...fee, amountYen: 5_001 }], [{ ...fee, amountYen: 5_001 }]],
  ['another kind', [{ ...fee, kind: '特別調査料' }], [{ ...fee, kind: '特別調査料' }]],
  ['without its tax', [{ ...fee, taxCategory: 'outside' }], [{ ...fee, taxCategory: 'outside' }]],
  ['borne by another', [{ ...fee, borneBy: 'factor' }], [{ ...fee, borneBy: 'factor' }]],
  ['twice', [fee, filing, fee], [fee]],
])('charges of a purchase %s', (_case, named, refused) => {
  expect(chargesNotAgreed([fee, filing], named)).toEqual(refused)
})
