import { expect, it } from 'vitest'
import { companyRegisterNo, legalFormOfName } from './rules.ts'

it.each([
  ['株式会社見本', '7010705000725', '010705000725'],
  ['合同会社見本', '7010705000725', '010705000725'],
  ['国税庁', '7000012050002', null],
  ['一般社団法人見本', '7010705000725', null],
  ['株式会社見本', null, null],
])('%s with the corporate number %s stands in the commercial register as %s', (name, number, registerNo) => {
  expect(companyRegisterNo(legalFormOfName(name).legal_form, number)).toBe(registerNo)
})
