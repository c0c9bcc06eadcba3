import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CustomField } from './contract.ts'
import { checkedValue, conditionKeys, definitionReasons, keysOfValue, sortableNumber } from './rules.ts'
import type { CustomType } from './tables.ts'

const choices = [
  { value: 'o1', label: '甲', retired: false },
  { value: 'o2', label: '乙', retired: true },
  { value: 'o3', label: '丙', retired: false },
]

function field(type: CustomType, more: Partial<CustomField> = {}): CustomField {
  return {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    rowVersion: 1,
    key: 'c1',
    recordKind: 'party',
    type,
    label: '試し',
    choices: type === 'choice' || type === 'multiChoice' ? choices : [],
    help: null,
    example: null,
    why: null,
    required: false,
    sensitive: false,
    critical: false,
    searchable: true,
    transferable: true,
    inList: true,
    position: 1,
    retired: false,
    ...more,
  }
}

describe('a value', () => {
  it.each([
    ['text', ' ㈱の担当 ', '㈱の担当'],
    ['text', 'か\u3099', 'が'],
    ['text', '   ', null],
    ['text', '', null],
    ['number', 1.5, 1.5],
    ['yen', 1_200_000, 1_200_000],
    ['yen', -300, -300],
    ['date', '2024-02-29', '2024-02-29'],
    ['choice', 'o1', 'o1'],
    ['multiChoice', ['o3', 'o1', 'o3'], ['o1', 'o3']],
    ['multiChoice', [], null],
  ] as const)('of the type %s: %j is kept as %j', (type, given, kept) => {
    expect(checkedValue(field(type), given, null)).toEqual({ value: kept })
  })

  it.each([
    ['text', 'あ'.repeat(1001), 'custom_value_must_fit_its_type'],
    ['text', 'a\u0000b', 'custom_value_must_fit_its_type'],
    ['text', '123456789018', 'my_number_must_not_be_stored'],
    ['text', 12, 'custom_value_must_fit_its_type'],
    ['number', '12', 'custom_value_must_fit_its_type'],
    ['number', 0.1234567, 'custom_value_must_fit_its_type'],
    ['number', 1e13, 'custom_value_must_fit_its_type'],
    ['yen', 1.5, 'custom_value_must_fit_its_type'],
    ['yen', 9_100_000_000_000_000, 'custom_value_must_fit_its_type'],
    ['date', '2023-02-29', 'custom_value_must_fit_its_type'],
    ['date', '2026-13-01', 'custom_value_must_fit_its_type'],
    ['choice', 'o9', 'custom_choice_must_be_offered'],
    ['choice', 'o2', 'custom_choice_must_be_offered'],
    ['multiChoice', ['o1', 'o2'], 'custom_choice_must_be_offered'],
    ['staff', '花子', 'custom_value_must_fit_its_type'],
  ] as const)('of the type %s: %j is refused by %s', (type, given, code) => {
    expect(checkedValue(field(type), given, null)).toMatchObject({ code })
  })

  it('keeps a retired choice where it stands, but does not take it anew', () => {
    expect(checkedValue(field('choice'), 'o2', 'o2')).toEqual({ value: 'o2' })
    expect(checkedValue(field('multiChoice'), ['o1', 'o2'], ['o2'])).toEqual({ value: ['o1', 'o2'] })
  })
})

describe('a definition', () => {
  const definition = {
    label: '紹介元',
    type: 'text' as const,
    choices: [],
    sensitive: false,
    searchable: true,
    transferable: true,
    inList: true,
  }
  const codes = (more: object) => definitionReasons({ ...definition, ...more }).map(reason => reason.code)

  it('that says nothing strange passes', () => {
    expect(codes({})).toEqual([])
    expect(codes({ type: 'choice', choices })).toEqual([])
  })

  it.each([
    ['=SUM(A1)', 'label_must_be_plain'],
    ['＋金額', 'label_must_be_plain'],
    ['上\n下', 'label_must_be_plain'],
    ['右\u202e左', 'label_must_be_plain'],
  ])('with the label %j is refused', (label, code) => {
    expect(codes({ label })).toEqual([code])
  })

  it('is refused without choices, with choices of the same name, or with choices where none belong', () => {
    expect(codes({ type: 'choice' })).toEqual(['choices_must_be_given'])
    const twice = [choices[0]!, { ...choices[2]!, label: ' 甲' }]
    expect(codes({ type: 'choice', choices: twice })).toEqual(['choices_must_be_unique'])
    expect(codes({ choices })).toEqual(['choices_must_belong_to_choices'])
  })

  it('is refused where a secret would be searched, listed or exported, or a file imported', () => {
    expect(codes({ sensitive: true })).toEqual(['secrets_must_not_be_searched'])
    expect(codes({ sensitive: true, searchable: false, inList: false, transferable: false })).toEqual([])
    expect(codes({ type: 'file' })).toEqual(['files_must_not_be_moved_in'])
  })
})

describe('keys', () => {
  it('of numbers sort as the numbers do', () => {
    const number = fc.oneof(
      fc.integer({ min: -9e15, max: 9e15 }),
      fc.integer({ min: -1e9, max: 1e9 }).map(n => n / 1000),
    )
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [x, y] = [sortableNumber(a), sortableNumber(b)]
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(Math.sign(a - b))
      }),
      { seed: 16 },
    )
  })

  it('of secrets and files there are none; of several choices one each', () => {
    expect(keysOfValue(field('text', { sensitive: true }), '秘密')).toEqual([])
    expect(keysOfValue(field('file'), 'x')).toEqual([])
    expect(keysOfValue(field('multiChoice'), ['o1', 'o3'])).toEqual(['o1', 'o3'])
    expect(keysOfValue(field('text'), 'ＡＢＣ　商事')).toEqual(['abc商事'])
  })

  it('lie in the range of a condition exactly when the condition holds', () => {
    const holds = (type: CustomType, condition: string, value: unknown) => {
      const range = conditionKeys(field(type), condition)!
      return keysOfValue(field(type), value as never).some(key => key >= range.from && key < range.below)
    }
    expect(holds('text', 'ａｂｃ', 'ABC商事')).toBe(true)
    expect(holds('text', '商事', 'ABC商事')).toBe(false)
    expect(holds('yen', '1000..2000', 2000)).toBe(true)
    expect(holds('yen', '1000..2000', 2001)).toBe(false)
    expect(holds('yen', '..-5', -6)).toBe(true)
    expect(holds('number', '1.5', 1.5)).toBe(true)
    expect(holds('date', '2026-01-01..', '2026-11-24')).toBe(true)
    expect(holds('date', '2026-01-01..2026-01-31', '2026-02-01')).toBe(false)
    expect(holds('choice', 'o1', 'o1')).toBe(true)
    expect(holds('choice', 'o1', 'o12')).toBe(false)
    expect(conditionKeys(field('yen'), 'x')).toBeNull()
    expect(conditionKeys(field('date'), '..')).toBeNull()
  })
})
