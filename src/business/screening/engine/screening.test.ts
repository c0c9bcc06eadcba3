import { describe, expect, test } from 'vitest'
import type { ListEntry } from '../lists/list-entry.ts'
import { addName } from '../lists/list-entry.ts'
import { buildIndex, screenSubject } from './list-index.ts'
import { type Bands, POLICY } from './policy.ts'
import type { ScreeningSubject } from './screening-result.ts'

let number = 0

function entry(names: string[], rest: Partial<ListEntry> = {}): ListEntry {
  number += 1
  const made: ListEntry = {
    list: 'TEST',
    entryId: String(number),
    kind: 'person',
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: [],
    ...rest,
  }
  for (const [at, name] of names.entries()) addName(made.names, name, at === 0 ? 'primary' : 'strong')
  return made
}

function screen(entries: ListEntry[], subject: Partial<ScreeningSubject>) {
  return screenSubject(buildIndex([{ entries }]), { id: 's', kind: 'person', name: '', ...subject })
}

const decided = (entries: ListEntry[], subject: Partial<ScreeningSubject>) =>
  screen(entries, subject)[0]?.decision ?? 'clear'

describe('a person', () => {
  const yamada = [entry(['YAMADA, Taro'])]

  test.each([
    'Taro Yamada',
    'Yamada Taro',
    'YAMADA Tarou',
    'ヤマダ タロウ',
    'タロウ ヤマダ',
    'ヤマダタロウ',
    'タロウヤマダ',
    'ﾔﾏﾀﾞ ﾀﾛｳ',
    'やまだ たろう',
  ])('in Latin letters is met by %s', name => {
    expect(decided(yamada, { name })).toBe('hit')
  })

  test.each(['YAMADA, Jiro', 'YAMANE, Taro', 'Yamada', 'Tanaka Taro', 'ヤマダ ハナコ'])(
    'is not met by %s',
    name => {
      expect(decided(yamada, { name })).toBe('clear')
    },
  )

  test('is met under dropped names, initials, joined words and other transliterations', () => {
    const listed = [
      entry(['AL-TIKRITI, Qusay Saddam Hussein']),
      entry(['KIM, Jong Un']),
      entry(['ABD AL-RAHMAN, Yusuf Khalil']),
      entry(['MNANGAGWA, Emmerson Dambudzo']),
    ]
    for (const name of [
      'Qusay al-Tikriti',
      'Kim Jongun',
      'Yousef Khaleel Abdulrahman',
      'Emmerson D. Mnangagwa',
      'Emerson Mnangagva',
    ]) {
      expect([name, decided(listed, { name })]).not.toEqual([name, 'clear'])
    }
  })

  test('with a common name alone is reviewed or hit only when the whole name agrees', () => {
    const listed = [entry(['ALI, Muhammad Hassan Khalid Rashid'])]
    expect(decided(listed, { name: 'Muhammad Ali' })).toBe('clear')
    expect(decided([entry(['ALI, Muhammad'])], { name: 'Mohammed Ali' })).toBe('hit')
  })

  test('in kanji is met through old forms, not through a similar kanji', () => {
    const listed = [entry(['髙𣘺 邦夫', 'タカハシ クニオ']), entry(['山田 太郎', 'ヤマダ タロウ'])]
    expect(decided(listed, { name: '高橋邦夫', nameKana: 'タカハシ クニオ' })).toBe('hit')
    expect(decided(listed, { name: '山田次郎', nameKana: 'ヤマダ ジロウ' })).toBe('clear')
  })

  test('with the same reading but other kanji is for review, and clear when the birth differs too', () => {
    const listed = [
      entry(['山田 太郎', 'ヤマダ タロウ'], { births: [{ from: '1970-01-02', to: '1970-01-02' }] }),
    ]
    const subject = { name: '山田 太朗', nameKana: 'ヤマダ タロウ' }
    const [match] = screen(listed, subject)
    expect(match).toMatchObject({ decision: 'review', score: 0.85 })
    expect(match!.reasons.map(reason => reason.rule)).toEqual(['name_words', 'kanji_differ'])
    expect(decided(listed, { ...subject, birthDate: '1985-01-02' })).toBe('clear')
  })
})

describe('a company', () => {
  const listed = [
    entry(['MAHAN AIR', 'MAHAN AIRLINES'], { kind: 'company' }),
    entry(['株式会社架空興業', 'カクウコウギョウ'], { kind: 'company' }),
    entry(['11420 CORP.'], { kind: 'company' }),
    entry(['GOLDEN STAR TRADING CO'], { kind: 'company' }),
  ]

  test.each([
    'Mahan Air Co., Ltd.',
    'MAHAN AIR LLC',
    'Mahan-Air',
    'カ)カクウコウギヨウ',
    '架空興業(株)',
    '㈱架空興業',
    '株式会社　架空興業　大阪支店',
    '11420 Corporation',
    'Golden Star Trading Company',
  ])('is met by %s', name => {
    expect(decided(listed, { kind: 'company', name })).toBe('hit')
  })

  test.each([
    'CORP',
    'Company Limited',
    '株式会社',
    'Trading Co.',
    'The Group',
    'Air Co., Ltd.',
    'Golden Trading',
    'Mahan Foods Holdings',
    '11421 Corp',
    '架空建設株式会社',
    'Star',
  ])('is not met by %s', name => {
    expect(decided(listed, { kind: 'company', name })).toBe('clear')
  })

  test('with abbreviated words is met by the words spelled out', () => {
    expect(
      decided([entry(['Deltamar Commercial Group Services'], { kind: 'company' })], {
        kind: 'company',
        name: 'DELTAMAR COMM GRP SRVCES COMP',
      }),
    ).toBe('hit')
  })

  test('whose name differs in a telling letter is another company', () => {
    const many = [entry(['架空第一興業株式会社'], { kind: 'company' })]
    expect(decided(many, { kind: 'company', name: '架空第二興業株式会社' })).toBe('clear')
    expect(decided(many, { kind: 'company', name: '架空第一興行株式会社' })).toBe('review')
  })
})

describe('qualifiers', () => {
  const listed = [
    entry(['MNANGAGWA, Emmerson'], {
      births: [{ from: '1946-09-15', to: '1946-09-15' }],
      countries: ['ZW'],
      gender: 'male',
      identifiers: [{ kind: 'Passport', number: 'AD005831' }],
    }),
  ]
  const rules = (subject: Partial<ScreeningSubject>) =>
    screen(listed, { name: 'Emmerson Mnangagwa', ...subject })[0]

  test('raise and lower the score by named amounts', () => {
    expect(rules({ birthDate: '1946-09-15', country: 'Zimbabwe' })).toMatchObject({
      score: 1,
      decision: 'hit',
    })
    expect(rules({ birthDate: '1946-12-01' })).toMatchObject({
      score: 0.9,
      decision: 'review',
      reasons: [
        { rule: 'name_words', contribution: 1 },
        { rule: 'birth_day_differs', contribution: -0.1 },
      ],
    })
    expect(rules({ birthDate: '1960-01-01' })).toMatchObject({ score: 0.85, decision: 'review' })
    expect(rules({ birthDate: '1960-01-01', country: 'JP' })).toBeUndefined()
    expect(rules({ gender: 'female' })).toBeUndefined()
    expect(rules({ kind: 'company' })).toMatchObject({ score: 0.85, decision: 'review' })
    expect(rules({ birthDate: '1960', identifiers: ['AD-005831'] })).toMatchObject({
      score: 1,
      decision: 'hit',
    })
  })

  test('an equal passport number alerts under any name', () => {
    const [match] = screen(listed, { name: 'Somebody Else', identifiers: ['AD 005831'] })
    expect(match).toMatchObject({
      score: 0.85,
      decision: 'review',
      reasons: [{ rule: 'number_equal', contribution: 0.85 }],
    })
    expect(screen(listed, { name: 'Somebody Else', identifiers: ['AD005832'] })).toEqual([])
  })

  test('the contributions add up to the score', () => {
    const match = rules({ name: 'Emerson Mnangagwa', birthDate: '1946-10-01', country: 'ZW' })!
    const total = match.reasons.reduce((sum, reason) => sum + Math.round(reason.contribution * 1000), 0)
    expect(match.score).toBe(total / 1000)
    expect(match.reasons[0]!.sentence).toContain('emerson＝emmerson 類似0.97×重み1.00')
    expect(match.reasons[0]!.sentence).toMatch(/1\.97÷2\.00＝0\.985/u)
  })

  test('a weak alias is named and lowers the score', () => {
    const weak = entry(['IYAMUREMYE, Gaston'])
    addName(weak.names, 'Rumuli', 'weak')
    expect(screen([weak], { name: 'Rumuli' })[0]).toMatchObject({
      matchedName: 'Rumuli',
      score: 0.88,
      decision: 'review',
      reasons: [{ rule: 'name_words' }, { rule: 'weak_alias', contribution: -0.12 }],
    })
  })
})

test('a list may have bands of its own', () => {
  const entries = [
    entry(['MNANGAGWA, Emmerson'], { list: 'STRICT' }),
    entry(['MNANGAGWA, Emmerson'], { list: 'TEST' }),
  ]
  const subject: ScreeningSubject = {
    id: 's',
    kind: 'person',
    name: 'Emmerson Mnangagwa',
    gender: 'male',
    birthDate: '1960',
  }
  for (const listed of entries) listed.births.push({ from: '1946-09-15', to: '1946-09-15' })
  const decisions = (byList: Record<string, Bands>) =>
    screenSubject(buildIndex([{ entries }], { policy: { ...POLICY, byList } }), subject).map(match => [
      match.listEntry.list,
      match.decision,
    ])
  expect(decisions({})).toEqual([
    ['STRICT', 'review'],
    ['TEST', 'review'],
  ])
  expect(decisions({ STRICT: { hitFrom: 850, reviewFrom: 500 } })).toEqual([
    ['STRICT', 'hit'],
    ['TEST', 'review'],
  ])
  expect(decisions({ STRICT: { hitFrom: 990, reviewFrom: 900 } })).toEqual([['TEST', 'review']])
})

test('results come best first', () => {
  const matches = screen([entry(['Emerson Mnangagva']), entry(['Emmerson Mnangagwa'])], {
    name: 'Emmerson Mnangagwa',
  })
  expect(matches.map(match => match.matchedName)).toEqual(['Emmerson Mnangagwa', 'Emerson Mnangagva'])
  expect(matches[0]!.score).toBeGreaterThan(matches[1]!.score)
})
