import { afterAll, beforeAll, expect, it } from 'vitest'
import { EVIDENCE } from '../../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { openSigning } from '../../contracts/signing-contract.ts'
import { changeCustomValues } from '../../customization/commands/change-values.ts'
import { define } from '../../customization/commands/define-field.ts'
import type { CustomKind } from '../../customization/tables.ts'
import { readValues } from '../../customization/value-contract.ts'
import { peopleOfParty } from '../../people/contract.ts'
import { openParticulars } from '../../receivables/particulars-contract.ts'
import { apply, revert } from '../commands.ts'
import { Drive } from '../testing/drive.ts'

let world: World
let sales: Actor
let operations: Actor
let drive: Drive
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  operations = await world.person('事務', 'operations')
  const administrator = await world.person('管理', 'administrator')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  const own = async (recordKind: CustomKind, label: string, type: string, more: object = {}) => {
    const { key } = await world.done(administrator, define, {
      recordKind,
      type: type as 'text',
      label,
      ...more,
    })
    keys[label] = key
  }
  await own('person', '社内区分', 'choice', {
    required: true,
    choices: [{ label: '決裁者' }, { label: '実務' }],
  })
  await own('person', '名刺交換日', 'date')
  await own('contract', '保証金', 'yen')
  await own('bank_account', '通帳の写し', 'choice', { choices: [{ label: '受領' }, { label: '未' }] })
  await own('bank_account', '届出印', 'text', { required: true })
  await own('receivable', '現場名', 'text', { required: true })
  await own('receivable', '出来高', 'multiChoice', { choices: [{ label: '中間' }, { label: '完成' }] })
  await own('application', '紹介料率', 'number')
  await drive.taken('管理番号,法人名,法人番号\nK-1,株式会社甲斐運輸,7000012050002\n')
})
afterAll(() => world.close())

const ownRows = () => world.db.selectFrom('record_custom').select('id').execute()
const customOf = async (recordKind: CustomKind, recordId: string) => {
  const { values } = await world.ask(sales, readValues, { recordKind, recordId })
  return Object.fromEntries(values.map(value => [value.key, value.text]))
}

it('own columns of people are recognised, required of whoever is new, and go with the revert', async () => {
  const head = '顧客番号,氏名,役割,生年月日,社内区分,名刺交換日'
  const batchId = await drive.taken(
    [
      head,
      'K-1,甲斐 太郎,代表者,昭和45年5月6日,決裁者,R6.4.1',
      'K-1,乙山 花子,連絡窓口,,,',
      'K-1,丙野 次郎,連絡窓口,,番頭,',
    ].join('\n'),
    {},
    'people',
  )
  expect(await drive.outcomes(batchId)).toEqual([
    'new',
    'refused custom_field_must_be_given@5',
    'refused custom_choice_must_be_offered@5',
  ])
  const partyId = (await world.db.selectFrom('party').select('id').executeTakeFirstOrThrow()).id
  const { people } = await world.ask(sales, peopleOfParty, { partyId })
  const personId = people[0]!.personId
  expect(await customOf('person', personId)).toEqual({
    [keys.社内区分!]: '決裁者',
    [keys.名刺交換日!]: '2024-04-01',
  })
  expect(await world.verbsOf(personId)).toEqual(['person_added', 'custom_values_changed'])

  const again = await drive.rehearsed(
    [head, 'K-1,甲斐 太郎,取締役,昭和45年5月6日,実務,'].join('\n'),
    {},
    'people',
  )
  expect(await drive.outcomes(again)).toEqual(['new standing_value_stays@'])

  expect((await drive.reverted(batchId)).map(row => row.state)).toEqual(['reverted', 'planned', 'planned'])
  expect(await ownRows()).toEqual([])
})

it('own columns of contracts come in, and a record whose own values people have changed stays', async () => {
  const file = (no: string) =>
    `顧客番号,契約番号,契約形態,掛目,手数料率,契約日,送金日数,反社条項,更新の定め,予告日数,印紙税,保証金\nK-1,${no},2社間,80%,5%,2025/4/1,3,あり,自動更新,1か月前,"4,000","¥300,000"\n`
  const first = await drive.taken(file('旧-001'), {}, 'contracts')
  const contractOf = async (batchId: string) => (await drive.rows(batchId))[0]!.recordId!
  expect(await customOf('contract', await contractOf(first))).toEqual({ [keys.保証金!]: '¥300,000' })
  expect(await world.ask(sales, openSigning, { contractId: await contractOf(first) })).toMatchObject({
    renewal: 'automatic',
    noticeDays: 30,
    stampDutyYen: 4_000,
    signatureValid: null,
  })
  expect((await drive.reverted(first)).map(row => row.state)).toEqual(['reverted'])
  expect(await ownRows()).toEqual([])

  const second = await drive.taken(file('旧-002'), {}, 'contracts')
  await world.done(operations, changeCustomValues, {
    recordKind: 'contract',
    recordId: await contractOf(second),
    values: { [keys.保証金!]: 500_000 },
    effectiveOn: '2026-11-24',
    change: { reasonCode: 'correction', reasonText: '契約書で確認', evidence: [EVIDENCE] },
  })
  await drive.decide(revert, second)
  const [row] = await drive.rows(second)
  expect(row?.state).toBe('kept')
  expect(JSON.stringify(row?.problems)).toContain('自社の項目が変更された')
})

it('own columns of accounts come in with new ones, leave known ones alone, and go with the revert', async () => {
  const accounts = new Drive(world, operations, await world.person('法務', 'compliance'))
  const head = '顧客番号,用途,銀行コード,支店コード,預金種目,口座番号,口座名義カナ,通帳の写し,届出印'
  const first = await accounts.rehearsed(
    [
      head,
      'K-1,支払,0001,001,普通,1234567,ｶ)ｶｲｳﾝﾕ,受領,代表印',
      'K-1,入金元,0001,001,普通,7654321,ｶ)ｶｲｳﾝﾕ,受領,',
      'K-1,入金元,0001,001,当座,7654322,ｶ)ｶｲｳﾝﾕ,紛失,銀行印',
    ].join('\n'),
    {},
    'accounts',
  )
  expect(await accounts.outcomes(first)).toEqual([
    'new',
    'refused custom_field_must_be_given@9',
    'refused custom_choice_must_be_offered@8',
  ])
  await accounts.decide(apply, first)
  const accountId = (await accounts.rows(first))[0]!.recordId!
  expect(await customOf('bank_account', accountId)).toEqual({
    [keys.通帳の写し!]: '受領',
    [keys.届出印!]: '代表印',
  })
  const again = await accounts.rehearsed(
    [head, 'K-1,支払,0001,001,普通,1234567,ｶ)ｶｲｳﾝﾕ,未,別の印'].join('\n'),
    {},
    'accounts',
  )
  expect(await accounts.outcomes(again)).toEqual(['merged standing_value_stays@'])
  expect((await customOf('bank_account', accountId))[keys.届出印!]).toBe('代表印')
  const before = (await ownRows()).length
  expect((await accounts.reverted(first)).map(row => row.state)).toEqual(['reverted', 'planned', 'planned'])
  expect(await ownRows()).toHaveLength(before - 1)
  expect(await world.db.selectFrom('bank_account').select('id').execute()).toEqual([])
})

it('own columns of claims, the particulars of their invoices and own columns of applications come in, and go with the revert', async () => {
  const before = await ownRows()
  await drive.taken('顧客番号,法人名\nU-1,丁田電機株式会社\n', { role: 'debtor' })
  const claims = await drive.taken(
    [
      '顧客番号,売掛先コード,債権番号,請求書番号,発行日,支払期日,買取日,買取額,現場名,出来高,検収日,登録番号,取適法',
      'K-1,U-1,S-1,INV-001,2026/9/1,2026/12/28,2026/9/10,"1,000,000",北側道路,中間、完成,R8.9.1,Ｔ7000012050002,なし',
      'K-1,U-1,S-2,INV-002,2026/9/1,2026/12/28,2026/9/10,"1,000,000",,中間',
    ].join('\n'),
    { cutOverOn: '2026-11-20' },
    'claims',
  )
  expect(await drive.outcomes(claims)).toEqual(['new', 'refused custom_field_must_be_given@9'])
  const receivableId = (await drive.rows(claims))[0]!.recordId!
  expect(await customOf('receivable', receivableId)).toEqual({
    [keys.現場名!]: '北側道路',
    [keys.出来高!]: '中間・完成',
  })
  expect(await world.ask(sales, openParticulars, { receivableId })).toMatchObject({
    acceptedOn: '2026-09-01',
    issuerRegNo: 'T7000012050002',
    toritekiFlag: false,
    limitationOn: '2031-12-28',
  })
  const applications = await drive.taken(
    '顧客番号,申込日,希望額,状態,受付手段,紹介料率\nK-1,2026/11/20,"900,000",審査中,電話,3\n',
    {},
    'applications',
  )
  expect(await drive.outcomes(applications)).toEqual(['new'])
  expect(await customOf('application', (await drive.rows(applications))[0]!.recordId!)).toEqual({
    [keys.紹介料率!]: '3',
  })
  expect((await drive.reverted(applications)).map(row => row.state)).toEqual(['reverted'])
  expect((await drive.reverted(claims)).map(row => row.state)).toEqual(['reverted', 'planned'])
  expect(await ownRows()).toEqual(before)
  expect(await world.db.selectFrom('receivable_particulars').select('receivable_id').execute()).toEqual([])
})
