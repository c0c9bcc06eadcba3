import { describe, expect, test } from 'vitest'
import { labelledBook } from './labelled-deposits.ts'
import { measure } from './measure.ts'
import { reconcile } from './reconcile.ts'
import type { Deposit, LearnedPayer, OpenReceivable } from './types.ts'

let count = 0

function claim(payerId: string, amount: number, more: Partial<OpenReceivable> = {}): OpenReceivable {
  count++
  return {
    receivableId: `R${count}`,
    payerId,
    payerNameKana: 'カブシキガイシャマルマルショウジ',
    payerVirtualAccount: '',
    invoiceNumber: `INV-2026-${String(count).padStart(5, '0')}`,
    amount,
    issuedOn: '2026-07-31',
    dueOn: '2026-08-31',
    ...more,
  }
}

function deposit(amount: number, more: Partial<Deposit> = {}): Deposit {
  count++
  return {
    depositId: `D${count}`,
    depositedOn: '2026-08-31',
    amount,
    senderKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
    bankCode: '0005',
    branchCode: '001',
    virtualAccount: '',
    edi: '',
    ...more,
  }
}

/**
 * What became of each deposit, in words a test can read: `auto R1:100 R2:50`, `proposed R3:10`,
 * `unidentified`.
 */
function outcomes(receivables: OpenReceivable[], deposits: Deposit[], payers: LearnedPayer[] = []): string[] {
  const { matches } = reconcile({ receivables, payers, deposits })
  return deposits.map(({ depositId }) => {
    const match = matches.find(one => one.depositId === depositId)
    if (match === undefined) return 'unidentified'
    const paid = match.allocations.map(
      ({ receivableId, amount }) => `${nameOf(receivables, receivableId)}:${amount}`,
    )
    return [match.status, ...paid].join(' ')
  })
}

function nameOf(receivables: OpenReceivable[], id: string): string {
  return `#${receivables.findIndex(({ receivableId }) => receivableId === id) + 1}`
}

function rulesOf(receivables: OpenReceivable[], one: Deposit, payers: LearnedPayer[] = []): string[] {
  const { matches, unidentified } = reconcile({ receivables, payers, deposits: [one] })
  return [...matches, ...unidentified].flatMap(({ reasons }) => reasons.map(({ rule }) => rule))
}

describe('one deposit, one claim', () => {
  test('the only claim of the named payer with this amount is paid unseen', () => {
    const receivables = [
      claim('P1', 1_100_000),
      claim('P1', 220_000),
      claim('P2', 1_100_000, { payerNameKana: 'サンカク' }),
    ]
    expect(outcomes(receivables, [deposit(1_100_000)])).toEqual(['auto #1:1100000'])
    expect(rulesOf(receivables, deposit(1_100_000))).toEqual(['kana_equal', 'exact_amount'])
  })

  test('440 yen less is a transfer fee, 2,000 yen less is not (JR §8)', () => {
    const receivables = [claim('P1', 1_100_000)]
    expect(outcomes(receivables, [deposit(1_099_560)])).toEqual(['auto #1:1099560'])
    expect(outcomes(receivables, [deposit(1_098_000)])).toEqual(['proposed #1:1098000'])
    expect(rulesOf(receivables, deposit(1_098_000))).toContain('part_payment')
  })

  test('a round amount is not taken for a claim less a fee: it may be a part payment', () => {
    expect(outcomes([claim('P1', 100_440)], [deposit(100_000)])).toEqual(['proposed #1:100000'])
  })

  test('exactly a claim, or another one less a fee: two explanations, so a person decides', () => {
    expect(outcomes([claim('P1', 99_890), claim('P1', 100_330)], [deposit(99_890)])).toEqual([
      'proposed #1:99890',
    ])
  })

  test('a claim issued after the deposit cannot be what it paid', () => {
    const receivables = [
      claim('P1', 300_000, { issuedOn: '2026-09-30', dueOn: '2026-10-31' }),
      claim('P1', 300_000),
    ]
    expect(outcomes(receivables, [deposit(300_000)])).toEqual(['auto #2:300000'])
  })
})

describe('equal amounts', () => {
  test('five claims equal in amount and due date are one: taken oldest first, and said so', () => {
    const receivables = [1, 2, 3, 4, 5].map(day => claim('P1', 110_000, { issuedOn: `2026-07-0${day}` }))
    const deposits = [deposit(110_000), deposit(110_000)]
    expect(outcomes(receivables, deposits)).toEqual(['auto #1:110000', 'auto #2:110000'])
    expect(rulesOf(receivables, deposits[0]!)).toContain('interchangeable_claims')
  })

  test('five equal claims of different months are asked about, one proposal each: the one due that day, then the oldest', () => {
    const receivables = ['08', '07', '09', '10', '11'].map(month =>
      claim('P1', 110_000, { dueOn: `2026-${month}-28` }),
    )
    const deposits = [deposit(110_000), deposit(110_000), deposit(110_000)]
    expect(outcomes(receivables, deposits)).toEqual([
      'proposed #1:110000',
      'proposed #2:110000',
      'proposed #3:110000',
    ])
    expect(rulesOf(receivables, deposits[0]!)).toContain('several_explanations')
  })

  test('the same money sent twice is two deposits: the second goes to review', () => {
    const deposits = [deposit(500_500), deposit(500_500)]
    expect(outcomes([claim('P1', 500_500)], deposits)).toEqual(['auto #1:500500', 'unidentified'])
    expect(
      reconcile({ receivables: [claim('P1', 500_500)], payers: [], deposits }).unidentified[0]!.reasons.at(
        -1,
      )!.rule,
    ).toBe('nothing_open')
  })

  test('equal claims without a known due date are not interchangeable', () => {
    const receivables = [claim('P1', 110_000, { dueOn: null }), claim('P1', 110_000, { dueOn: null })]
    expect(outcomes(receivables, [deposit(110_000)])).toEqual(['proposed #1:110000'])
  })
})

describe('who paid', () => {
  const twoOfOneName = [claim('P1', 770_077), claim('P2', 123_456)]

  test('one kana for two payers never decides, not even by the amount', () => {
    expect(outcomes(twoOfOneName, [deposit(770_077)])).toEqual(['proposed #1:770077'])
    expect(rulesOf(twoOfOneName, deposit(770_077))).toContain('kana_of_several_payers')
  })

  test('a learned rule of kana, bank and branch tells the two apart once it is confirmed twice', () => {
    const learned = { payerId: 'P2', senderKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', bankCode: '0005', branchCode: '001' }
    const paid = [deposit(123_456)]
    expect(outcomes(twoOfOneName, paid, [{ ...learned, confirmedCount: 2 }])).toEqual(['auto #2:123456'])
    expect(outcomes(twoOfOneName, paid, [{ ...learned, confirmedCount: 1 }])).toEqual(['proposed #2:123456'])
    expect(
      outcomes(twoOfOneName, [deposit(123_456, { branchCode: '002' })], [{ ...learned, confirmedCount: 9 }]),
    ).toEqual(['proposed #2:123456'])
  })

  test('a learned payer does not decide when the namesake owes as much, and the namesake is proposed when only he does', () => {
    const learned = {
      payerId: 'P2',
      senderKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
      bankCode: '0005',
      branchCode: '001',
      confirmedCount: 5,
    }
    const both = [claim('P1', 70_707), claim('P2', 70_707)]
    expect(outcomes(both, [deposit(70_707)], [learned])).toEqual(['proposed #2:70707'])
    const onlyOther = [claim('P1', 70_707), claim('P2', 9_999_999)]
    expect(outcomes(onlyOther, [deposit(70_707)], [learned])).toEqual(['proposed #1:70707'])
  })

  test('two payers learned under one name at two branches are told apart by the branch alone', () => {
    const receivables = [
      claim('P1', 90_009, { payerNameKana: 'アルファ' }),
      claim('P2', 90_009, { payerNameKana: 'ベータ' }),
    ]
    const alias = (payerId: string, branchCode: string) => {
      return { payerId, senderKana: 'ｸﾞﾙ-ﾌﾟｼｷﾝ', bankCode: '0005', branchCode, confirmedCount: 1 }
    }
    const learned = [alias('P1', '001'), alias('P2', '002')]
    const paid = (branchCode: string) => [deposit(90_009, { senderKana: 'ｸﾞﾙ-ﾌﾟｼｷﾝ', branchCode })]
    expect(outcomes(receivables, paid('001'), learned)).toEqual(['auto #1:90009'])
    expect(outcomes(receivables, paid('002'), learned)).toEqual(['auto #2:90009'])
    expect(outcomes(receivables, paid('003'), learned)).toEqual(['proposed #1:90009'])
  })

  test('two learned payers under one name are ranked by confirmations, and only proposed', () => {
    const receivables = [
      claim('P1', 500_005, { payerNameKana: 'アルファ' }),
      claim('P2', 500_005, { payerNameKana: 'ベータ' }),
    ]
    const alias = (payerId: string, confirmedCount: number) => {
      return { payerId, senderKana: 'ｸﾞﾙ-ﾌﾟｼｷﾝ', bankCode: '0005', branchCode: '001', confirmedCount }
    }
    const paid = [deposit(500_005, { senderKana: 'ｸﾞﾙ-ﾌﾟｼｷﾝ' })]
    expect(outcomes(receivables, paid, [alias('P1', 2), alias('P2', 7)])).toEqual(['proposed #2:500005'])
  })

  test('the virtual account names the payer whatever the sender is called', () => {
    const receivables = [
      claim('P1', 300_300, { payerVirtualAccount: '0001-901-0000007' }),
      claim('P2', 300_300, { payerNameKana: 'ベータ' }),
    ]
    const paid = deposit(300_300, { virtualAccount: '00019010000007', senderKana: 'ﾅｶﾞﾉ ﾊﾅｺ' })
    expect(outcomes(receivables, [paid])).toEqual(['auto #1:300300'])
  })

  test('a virtual account and a name that both fit another claim contradict each other', () => {
    const receivables = [
      claim('P1', 300_300, { payerVirtualAccount: '0001-901-0000007' }),
      claim('P2', 300_300, { payerNameKana: 'ベータ' }),
    ]
    const paid = deposit(300_300, { virtualAccount: '0001-901-0000007', senderKana: 'ﾍﾞ-ﾀ' })
    expect(outcomes(receivables, [paid])).toEqual(['proposed #1:300300'])
  })

  test('money on a virtual account of nobody is not taken for the namesake who has another one', () => {
    const receivables = [claim('P1', 300_300, { payerVirtualAccount: '0001-901-0000007' })]
    expect(outcomes(receivables, [deposit(300_300, { virtualAccount: '0001-901-0000008' })])).toEqual([
      'proposed #1:300300',
    ])
    expect(
      outcomes([claim('P1', 300_300)], [deposit(300_300, { virtualAccount: '0001-901-0000008' })]),
    ).toEqual(['auto #1:300300'])
  })

  test('a name the bank has cut at 48, 37 or 26 bytes still names its payer; one cut anywhere else does not', () => {
    const long = 'ミナミアオヤマデジタルクリエイティブパートナーズホールディングス'
    const receivables = [claim('P1', 640_064, { payerNameKana: long })]
    const sent = 'ｶ)ﾐﾅﾐｱｵﾔﾏﾃﾞｼﾞﾀﾙｸﾘｴｲﾃｲﾌﾞﾊﾟ-ﾄﾅ-ｽﾞﾎ-ﾙﾃﾞｲﾝｸﾞｽ'
    const cutAt = (bytes: number) =>
      outcomes(receivables, [deposit(640_064, { senderKana: sent.slice(0, bytes) })])[0]
    expect([26, 37].map(cutAt)).toEqual(['auto #1:640064', 'auto #1:640064'])
    expect(cutAt(18)).not.toContain('auto')
  })

  test('two payers whose names begin alike are one name once the bank has cut it', () => {
    const start = 'ミナミアオヤマデジタルクリエイティブ'
    const receivables = [
      claim('P1', 640_064, { payerNameKana: `${start}カントウ` }),
      claim('P2', 640_065, { payerNameKana: `${start}カンサイ` }),
    ]
    const sent = 'ｶ)ﾐﾅﾐｱｵﾔﾏﾃﾞｼﾞﾀﾙｸﾘｴｲﾃｲﾌﾞｶﾝﾄｳ'.slice(0, 25)
    expect(sent.endsWith('ｶﾝ')).toBe(true)
    expect(outcomes(receivables, [deposit(640_064, { senderKana: sent })])).toEqual(['proposed #1:640064'])
  })

  test('a sender number in front, a spelled-out legal form and small kana make no other name', () => {
    const receivables = [claim('P1', 550_055, { payerNameKana: 'ショウワデンキ' })]
    const names = ['1234567890 ｶ)ｼﾖｳﾜﾃﾞﾝｷ', 'ｺﾞｳﾄﾞｳｶﾞｲｼﾔｼﾖｳﾜﾃﾞﾝｷ', 'ｼﾖｳﾜﾃﾞﾝｷ(ｶ', 'カ）ショウワデンキ']
    for (const senderKana of names)
      expect(outcomes(receivables, [deposit(550_055, { senderKana })])).toEqual(['auto #1:550055'])
  })

  test('another legal form, or the form at the other end, is only proposed', () => {
    const receivables = [claim('P1', 550_055, { payerNameKana: 'ユウゲンガイシャヤマダ' })]
    expect(outcomes(receivables, [deposit(550_055, { senderKana: 'ｶ)ﾔﾏﾀﾞ' })])).toEqual(['proposed #1:550055'])
    expect(outcomes(receivables, [deposit(550_055, { senderKana: 'ﾔﾏﾀﾞ(ﾕ' })])).toEqual(['proposed #1:550055'])
    expect(outcomes(receivables, [deposit(550_055, { senderKana: 'ﾕ)ﾔﾏﾀﾞ' })])).toEqual(['auto #1:550055'])
  })

  test('an unknown sender is proposed the one claim of its amount, or one whose payer has a name like it', () => {
    const receivables = [
      claim('P1', 431_999),
      claim('P2', 88_000, { payerNameKana: 'サンカク' }),
      claim('P3', 88_000, { payerNameKana: 'シカクコウギョウ' }),
    ]
    expect(outcomes(receivables, [deposit(431_999, { senderKana: 'ﾅｶﾞﾉ ﾊﾅｺ' })])).toEqual([
      'proposed #1:431999',
    ])
    expect(outcomes(receivables, [deposit(88_000, { senderKana: 'ｼｶｸｺｳｷﾞﾖ' })])).toEqual(['proposed #3:88000'])
    expect(outcomes(receivables, [deposit(88_000, { senderKana: 'ﾅｶﾞﾉ ﾊﾅｺ' })])).toEqual(['unidentified'])
  })
})

describe('quoted numbers', () => {
  const receivables = [
    claim('P1', 110_000, { invoiceNumber: 'INV-2026-00123', dueOn: '2026-08-31' }),
    claim('P1', 110_000, { invoiceNumber: 'INV-2026-00124', dueOn: '2026-09-30' }),
    claim('P2', 330_000, { invoiceNumber: '00123', payerNameKana: 'サンカク' }),
  ]
  const outcome = (amount: number, edi: string, more: Partial<Deposit> = {}) =>
    outcomes(receivables, [deposit(amount, { edi, ...more })])[0]

  test('a quoted number chooses between equal claims, in any spelling', () => {
    for (const edi of ['INV-2026-00124', 'inv 2026/00124', 'INV202600124', 'ｾｲｷﾕｳINV-2026-00124']) {
      expect(outcome(110_000, edi), edi).toBe('auto #2:110000')
    }
  })

  test('a number inside a longer one is not quoted', () => {
    expect(outcome(330_000, '9900123', { senderKana: 'ﾅｿﾞﾉｾﾝﾀﾞｲ' })).toBe('proposed #3:330000')
    expect(rulesOf(receivables, deposit(330_000, { edi: '9900123', senderKana: 'ﾅｿﾞﾉｾﾝﾀﾞｲ' }))).toContain(
      'amount_only',
    )
  })

  test('two numbers in one text are both paid', () => {
    expect(outcome(220_000, 'INV-2026-00123,00124')).toMatch(/^proposed|^auto/)
    expect(outcome(110_000 + 110_000 - 440, 'INV-2026-00123')).toBe('auto #1:110000 #2:109560')
  })

  test('less than the quoted claim from its own payer is a part of it', () => {
    expect(outcome(50_000, 'INV-2026-00124')).toBe('auto #2:50000')
    expect(outcome(50_000, 'INV-2026-00124', { senderKana: 'ﾅｶﾞﾉ ﾊﾅｺ' })).toBe('proposed #2:50000')
  })

  test('a number that belongs to somebody else than the sender is asked about', () => {
    expect(outcome(330_000, '00123')).toMatch(/^proposed/)
    expect(rulesOf(receivables, deposit(330_000, { edi: '00123' }))).toContain('payer_contradicted')
  })
})

describe('many to one', () => {
  test('one deposit for all claims of a day, and for the only combination there is', () => {
    const receivables = [
      claim('P1', 301_234),
      claim('P1', 502_345),
      claim('P1', 707_777, { dueOn: '2026-09-30' }),
    ]
    expect(outcomes(receivables, [deposit(803_579)])).toEqual(['auto #1:301234 #2:502345'])
    expect(outcomes(receivables, [deposit(1_009_011)])).toEqual(['auto #1:301234 #3:707777'])
  })

  test('two combinations of one sum are asked about', () => {
    const receivables = [100_100, 200_200, 300_300, 400_400].map((amount, index) =>
      claim('P1', amount, { dueOn: `2026-08-1${index}` }),
    )
    const { matches } = reconcile({ receivables, payers: [], deposits: [deposit(500_500)] })
    expect(matches[0]!.status).toBe('proposed')
    expect(matches[0]!.alternatives.length).toBe(1)
  })

  test('a claim paid in two parts is closed once both are there, and only proposed while one is missing', () => {
    const receivables = [claim('P1', 1_000_000)]
    const first = deposit(400_000, { depositedOn: '2026-08-31' })
    const second = deposit(600_000, { depositedOn: '2026-09-05' })
    expect(outcomes(receivables, [first])).toEqual(['proposed #1:400000'])
    expect(outcomes(receivables, [first, second])).toEqual(['auto #1:400000', 'auto #1:600000'])
  })

  test('parts that could belong to two claims are asked about', () => {
    const receivables = [claim('P1', 1_000_000), claim('P1', 1_000_000, { dueOn: '2026-09-30' })]
    const parts = [deposit(400_000), deposit(600_000, { depositedOn: '2026-09-05' })]
    expect(outcomes(receivables, parts).every(outcome => outcome.startsWith('proposed'))).toBe(true)
  })

  test('of a payer with a hundred open claims one exact claim is paid unseen, a combination only proposed', () => {
    const receivables = Array.from({ length: 100 }, (_, index) => {
      const day = `2026-${String(6 + Math.floor(index / 25)).padStart(2, '0')}-${String(1 + (index % 25)).padStart(2, '0')}`
      return claim('P1', 100_003 + index * 7_919, { issuedOn: '2026-05-01', dueOn: day })
    })
    expect(outcomes(receivables, [deposit(receivables[40]!.amount)])).toEqual(['auto #41:416763'])
    const some = [86, 90, 91].map(index => receivables[index]!)
    const paid = deposit(
      some.reduce((sum, { amount }) => sum + amount, 0),
      { depositedOn: '2026-09-14' },
    )
    const { matches } = reconcile({ receivables, payers: [], deposits: [paid] })
    expect(matches[0]!.status).toBe('proposed')
    expect(matches[0]!.allocations.reduce((sum, { amount }) => sum + amount, 0)).toBe(paid.amount)
    expect(matches[0]!.allocations.length).toBeGreaterThan(1)
  })

  test('more than everything open leaves an excess that belongs to the payer', () => {
    const { matches } = reconcile({
      receivables: [claim('P1', 100_000)],
      payers: [],
      deposits: [deposit(150_000)],
    })
    expect(matches[0]).toMatchObject({ status: 'proposed', unallocatedYen: 50_000 })
    expect(matches[0]!.reasons.map(({ rule }) => rule)).toContain('excess')
  })

  test('a claim an undecided deposit may mean is not taken unseen by the next one', () => {
    const receivables = [
      claim('P1', 100_100),
      claim('P1', 60_060, { dueOn: '2026-08-10' }),
      claim('P1', 40_040, { dueOn: '2026-08-20' }),
    ]
    const deposits = [deposit(100_100), deposit(60_060, { depositedOn: '2026-09-01' })]
    expect(outcomes(receivables, deposits)).toEqual(['proposed #1:100100', 'proposed #2:60060'])
  })
})

describe('as a whole', () => {
  test('the same input in another order of receivables decides the same, and twice gives the same answer', () => {
    const book = labelledBook(11, 2_000)
    const once = reconcile(book)
    expect(reconcile(book)).toEqual(once)
    const turned = reconcile({ ...book, receivables: [...book.receivables].reverse() })
    const decided = ({ matches }: typeof once) =>
      matches.filter(match => match.status === 'auto').map(match => match.depositId)
    expect(decided(turned)).toEqual(decided(once))
  })

  test('no yen is made or lost: every allocation is positive, within its deposit and, when automatic, within its claim', () => {
    const book = labelledBook(12, 3_000)
    const { matches } = reconcile(book)
    const amounts = new Map(book.deposits.map(({ depositId, amount }) => [depositId, amount]))
    const open = new Map(book.receivables.map(({ receivableId, amount }) => [receivableId, amount]))
    for (const { depositId, allocations, unallocatedYen, status } of matches) {
      expect(allocations.reduce((sum, { amount }) => sum + amount, unallocatedYen)).toBe(
        amounts.get(depositId),
      )
      for (const { receivableId, amount } of allocations) {
        expect(amount).toBeGreaterThan(0)
        if (status === 'auto') open.set(receivableId, open.get(receivableId)! - amount)
      }
    }
    expect(Math.min(...open.values())).toBeGreaterThanOrEqual(0)
  })

  test('on labelled books never seen in tuning nothing wrong is posted unseen, and most of the rest is proposed rightly', () => {
    for (const seed of [21, 22, 23]) {
      const book = labelledBook(seed, 4_000)
      const quality = measure(book, reconcile(book))
      expect(quality.wrongAuto).toEqual([])
      expect(quality.autoShare).toBeGreaterThan(0.7)
      expect(quality.proposedRecall).toBeGreaterThan(0.7)
    }
  })
})
