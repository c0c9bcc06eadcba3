import { expect, it } from 'vitest'
import { mayNotify, type RegistrationFacts, registrationReasons } from './registration.ts'

const now = new Date('2026-11-24T10:00:00+09:00')
const good: RegistrationFacts = {
  appliedOn: '2026-11-20',
  registeredAt: '2026-11-20T10:15:00+09:00',
  expiresOn: '2036-11-20',
  claimTypeCode: '1001',
  claimNature: 'price_of_goods',
  offered: [],
  natureChecked: true,
}
const LIST = [
  { code: '1001', nature: 'price_of_goods' },
  { code: '1002', nature: 'fee_for_work' },
] as const
it.each<[Partial<RegistrationFacts>, string[]]>([
  [{}, []],
  [{ appliedOn: null }, []],
  [{ expiresOn: '2076-11-20' }, []],
  [{ expiresOn: '2076-11-21' }, ['registration_must_end_within_50_years']],
  [{ expiresOn: '2026-11-20' }, ['registration_must_end_later']],
  [{ registeredAt: '2026-11-24T10:00:01+09:00' }, ['date_must_not_be_in_the_future']],
  [{ registeredAt: '2026-11-19T23:59:00+09:00' }, ['registration_must_follow_its_filing']],
  [{ natureChecked: false }, ['claim_type_must_be_checked']],
  // The company's list: 「売掛債権」 is the price of goods, a fee is registered as a fee.
  [{ offered: LIST }, []],
  [{ offered: LIST, claimNature: 'fee_for_work' }, ['claim_type_must_suit_the_nature']],
  [{ offered: LIST, claimNature: 'fee_for_work', claimTypeCode: '1002' }, []],
  [{ offered: LIST, claimTypeCode: '1002' }, ['claim_type_must_suit_the_nature']],
  [{ offered: LIST, claimTypeCode: '9999' }, ['claim_type_must_be_listed']],
])('a registration with %j', (change, codes) => {
  expect(registrationReasons({ ...good, ...change }, now).map(reason => reason.code)).toEqual(codes)
})

it.each([
  [true, false, true],
  [null, false, true],
  [false, false, false],
  [false, true, true],
])('by the assignor %s, registered %s: counts %s', (byAssignor, isRegistered, counts) => {
  expect(mayNotify({ byAssignor, isRegistered })).toBe(counts)
})
