import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings, setUpTestCompany } from '../../app/testing/company.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { companySettings } from '../access/contract.ts'
import { register } from '../parties/commands/register-party.ts'
import { change, open } from './commands.ts'
import { kycOfParty } from './contract.ts'
import { purposeKept, purposeReasons, purposeWords } from './purposes.ts'

const offered = [{ code: 'guarantee', label: '保証の利用' }]
const codes = (...given: Parameters<typeof purposeReasons>) => purposeReasons(...given).map(one => one.code)

describe('the purpose of a check', () => {
  it.each([
    ['a purpose on the list', { purposeCode: 'guarantee' }, null, []],
    ['one with words beside it', { purposeCode: 'guarantee', purpose: '仕入先への保証' }, null, []],
    ['その他 in words', { purposeCode: 'other', purpose: '設備の入替え' }, null, []],
    ['その他 without words', { purposeCode: 'other' }, null, ['other_purpose_must_be_told']],
    ['one that is on no list', { purposeCode: 'gambling' }, null, ['purpose_must_be_offered']],
    ['one taken off the list, in a check that has it', { purposeCode: 'loan' }, 'loan', []],
  ])('%s', (_, typed, kept, expected) => {
    expect(codes(typed, offered, kept)).toEqual(expected)
  })

  it('names what may be chosen', () => {
    expect(purposeReasons({ purposeCode: 'x' }, offered)[0]!.message).toContain('保証の利用')
  })

  it('keeps the words of the day it was given', () => {
    const before = { purpose_code: 'loan', purpose_label: '借入', purpose: null }
    expect(purposeWords(purposeKept({ purposeCode: 'loan' }, offered, before))).toBe('借入')
    expect(purposeWords(purposeKept({ purposeCode: 'guarantee', purpose: '甲社分' }, offered))).toBe(
      '保証の利用（甲社分）',
    )
    expect(purposeWords({ purpose_code: null, purpose_label: null, purpose: '資金調達' })).toBe('資金調達')
  })
})

describe('the company’s list of purposes', () => {
  let world: World
  let operations: Actor
  let administrator: Actor
  beforeAll(async () => {
    world = await createWorld()
    administrator = await setUpTestCompany(world)
    operations = await world.person('事務', 'operations')
  })
  afterAll(() => world.close())

  const settingsWith = (kycPurposes: { code: string; label: string }[]) =>
    changeSettings(world, administrator, { kycPurposes })

  it('decides what a check may say from then on; checks from before keep their words', async () => {
    const { id: partyId } = await world.done(operations, register, {
      partyKind: 'corporation',
      legalName: '株式会社目的確認',
    })
    const { settings } = await world.ask(administrator, companySettings, {})
    expect(settings.kycPurposes.map(one => one.label)).toContain('売掛債権の資金化')
    const typed = { partyId, trigger: 'onboarding' as const, methodCode: 'corp_shown' as const }
    expect(await world.refused(world.run(operations, open, { ...typed, purposeCode: 'factoring' }))).toEqual([
      'purpose_must_be_offered',
    ])
    expect(await world.refused(world.run(operations, open, { ...typed, purposeCode: 'other' }))).toEqual([
      'other_purpose_must_be_told',
    ])
    const { id: caseId } = await world.done(operations, open, { ...typed, purposeCode: 'guarantee' })

    const answer = await settingsWith([{ code: 'factoring', label: 'ファクタリング' }])
    expect(answer.status).toBe(200)
    const shown = await world.ask(operations, kycOfParty, { partyId })
    expect(shown.purposesOffered).toEqual([{ code: 'factoring', label: 'ファクタリング' }])
    expect(shown.cases[0]).toMatchObject({
      purposeCode: 'guarantee',
      purposeLabel: '保証の利用',
      purpose: null,
    })
    const again = { caseId, rowVersion: shown.cases[0]!.rowVersion, methodCode: 'corp_shown' as const }
    // What it says may stay; another one of the old list may not come in.
    expect(
      await world.refused(world.run(operations, change, { ...again, purposeCode: 'guarantee' })),
    ).toEqual(['case_must_differ'])
    expect(await world.refused(world.run(operations, change, { ...again, purposeCode: 'loan' }))).toEqual([
      'purpose_must_be_offered',
    ])
    await world.done(operations, change, { ...again, purposeCode: 'guarantee', purpose: '甲社への保証' })
    const after = await world.ask(operations, kycOfParty, { partyId })
    expect(after.cases[0]).toMatchObject({ purposeLabel: '保証の利用', purpose: '甲社への保証' })
    expect(await world.verbsOf(caseId)).toContain('kyc_changed')
  })

  it('refuses a name or a code twice, and an empty list', async () => {
    expect(
      await world.refused(
        settingsWith([
          { code: 'one', label: '運転資金' },
          { code: 'two', label: '運転資金' },
        ]),
      ),
    ).toEqual(['purposes_must_differ'])
    expect(await world.refused(settingsWith([]))).toEqual(['input_must_have_the_right_shape'])
    expect(await world.refused(settingsWith([{ code: 'other', label: 'その他' }]))).toEqual([
      'input_must_have_the_right_shape',
    ])
  })
})
