import { expect, it } from 'vitest'
import { linesReasons, type OfferLine } from './panel-lines.ts'

const claims = [
  { id: 'a', receivableNo: 'R-1', faceYen: 1_000_000 },
  { id: 'b', receivableNo: 'R-2', faceYen: 500_000 },
]
const line = (more: Partial<OfferLine> = {}): OfferLine => ({
  receivableId: 'a',
  eligibleYen: 900_000,
  purchasedYen: 800_000,
  advanceYen: 720_000,
  reserveYen: 80_000,
  feeYen: 40_000,
  ...more,
})
const totals = { purchasedYen: 800_000, feeYen: 40_000, reserveYen: 80_000 }

it.each<[string, OfferLine[], string[]]>([
  ['no line at all', [], []],
  ['one that is the whole', [line()], []],
  [
    'a claim of somebody else',
    [line({ receivableId: 'x' })],
    ['line_must_name_a_claim@lines.0.receivableId'],
  ],
  [
    'the same claim twice',
    [
      line({ purchasedYen: 400_000, advanceYen: 360_000, reserveYen: 40_000, feeYen: 20_000 }),
      line({ purchasedYen: 400_000, advanceYen: 360_000, reserveYen: 40_000, feeYen: 20_000 }),
    ],
    ['line_must_stand_once@lines.1.receivableId'],
  ],
  [
    'more eligible than the face',
    [line({ eligibleYen: 1_000_001 })],
    ['line_must_stay_within_the_claim@lines.0.eligibleYen'],
  ],
  [
    'more bought than is eligible',
    [line({ eligibleYen: 799_999 })],
    ['line_must_stay_within_the_claim@lines.0.purchasedYen'],
  ],
  [
    'a yen lost between advance and reserve',
    [line({ advanceYen: 719_999 })],
    ['line_must_be_advance_and_reserve@lines.0.advanceYen'],
  ],
  [
    'a fee above the advance',
    [line({ advanceYen: 30_000, reserveYen: 770_000 })],
    ['line_must_leave_an_advance@lines.0.feeYen', 'lines_must_add_up@reserveYen'],
  ],
  ['a fee that is not the total', [line({ feeYen: 39_999 })], ['lines_must_add_up@feeYen']],
])('%s', (_, lines, expected) => {
  expect(linesReasons({ lines, totals, claims }).map(({ code, field }) => `${code}@${field}`)).toEqual(
    expected,
  )
})

it('says by how much lines and totals differ', () => {
  const [reason] = linesReasons({ lines: [line({ feeYen: 39_000 })], totals, claims })
  expect(reason!.message).toContain('39,000円')
  expect(reason!.message).toContain('差 1,000円')
})
