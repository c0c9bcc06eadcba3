import type { LedgerRow } from './ledger.ts'
import { type Random, stream } from './random.ts'
import { romaji } from './romaji.ts'
import { kanaOf, registeredName, relative, type TrapCompany, trapCompany } from './trap-company.ts'
import { NAME_DIRT_KINDS, OTHER_DIRT_KINDS, TRAP_DIRT } from './trap-dirt.ts'
import { TRAP_STEMS, TRAP_TRADES } from './words/trap-words.ts'

/** A row, the legal entity it is about, and what was done to it: `trap:` names the situation, the rest the dirt. */
export type TrapRow = { row: LedgerRow; entity: number; marks: string[] }

type Scene = (
  random: Random,
  next: () => number,
) => { company: TrapCompany; rows: [number, number]; marks?: string[] }[]

const TOGETHER = ['place', 'family', 'given', 'phone', 'form', 'before'] as const
const NO_TRADE = ['', '', ''] as const

/** Situations in which a matcher joins too much or too little, with how often they stand in the ledger. */
const SCENES: Record<string, [weight: number, scene: Scene]> = {
  plain: [46, (random, next) => [{ company: trapCompany(next(), random), rows: [2, 4] }]],
  lonely: [20, (random, next) => [{ company: trapCompany(next(), random), rows: [1, 1] }]],
  sisters: [
    5,
    (random, next) => {
      const first = trapCompany(next(), random)
      const founded = random.chance(0.2) ? (['founded'] as const) : []
      const others = random
        .shuffle(TRAP_TRADES.filter(trade => trade[1] !== first.trade[1]))
        .slice(0, random.whole(1, 2))
      return [
        first,
        ...others.map(trade => relative(first, next(), random, ['stem', ...TOGETHER, ...founded], { trade })),
      ].map(company => ({ company, rows: [1, 3] }))
    },
  ],
  holdings: [
    3,
    (random, next) => {
      const first = trapCompany(next(), random)
      const trade = random.pick([
        ['ホールディングス', 'ホールディングス', 'Holdings'],
        ['HD', 'ホールディングス', 'HD'],
        ['グループ本社', 'グループホンシャ', 'Group'],
      ] as const)
      const stem = random.chance(0.5)
        ? first.stem
        : ([first.stem[0] + first.trade[0], kanaOf(first), `${first.stem[2]} ${first.trade[2]}`] as const)
      return [
        { company: first, rows: [1, 3] },
        { company: relative(first, next(), random, TOGETHER, { stem, trade }), rows: [1, 3] },
      ]
    },
  ],
  numbered: [
    3,
    (random, next) => {
      const first = trapCompany(next(), random)
      const word = random.pick([
        ['第一:ダイイチ', '第二:ダイニ', '第三:ダイサン'],
        ['第1:ダイイチ', '第2:ダイニ', '第3:ダイサン'],
        ['東:ヒガシ', '西:ニシ', '南:ミナミ'],
        ['新:シン', '本:ホン', '北:キタ'],
      ])
      return word
        .map(each => each.split(':') as [string, string])
        .map(([mark, kana]) => ({
          company: relative(first, next(), random, ['trade', ...TOGETHER], {
            stem: [mark + first.stem[0], kana + first.stem[1], `${romaji(kana)} ${first.stem[2]}`],
          }),
          rows: [1, 2],
        }))
    },
  ],
  numbered_vehicles: [
    1,
    (random, next) => {
      const first = trapCompany(next(), random)
      const marks = ['1号:イチゴウ', '2号:ニゴウ', 'アルファ:アルファ', 'ベータ:ベータ']
      return marks
        .map(each => each.split(':') as [string, string])
        .map(([mark, kana]) => ({
          company: relative(first, next(), random, ['stem', 'place', 'family', 'given', 'phone'], {
            trade: [mark, kana, romaji(kana)],
            form: '合同会社',
          }),
          rows: [1, 2],
        }))
    },
  ],
  regions: [
    2,
    (random, next) => {
      const first = trapCompany(next(), random)
      const places = ['東日本:ヒガシニホン', '西日本:ニシニホン', '九州:キュウシュウ', '北海道:ホッカイドウ']
      return places
        .map(each => each.split(':') as [string, string])
        .map(([place, kana], k) => ({
          company: relative(first, next(), random, k < 2 ? TOGETHER : ['family', 'given', 'form', 'before'], {
            stem: first.stem,
            trade: [first.trade[0] + place, first.trade[1] + kana, `${first.trade[2]} ${romaji(kana)}`],
          }),
          rows: [1, 2],
        }))
    },
  ],
  namesakes_far: [
    4,
    (random, next) => {
      const first = trapCompany(next(), random)
      return [first, relative(first, next(), random, ['stem', 'trade', 'form', 'before'])].map(company => ({
        company,
        rows: [1, 3],
      }))
    },
  ],
  namesakes_same_city: [
    2,
    (random, next) => {
      const first = trapCompany(next(), random)
      const place = {
        ...first.place,
        block: `${random.whole(1, 9)}-${random.whole(30, 60)}-${random.whole(1, 20)}`,
      }
      place.original = `${place.prefecture}${place.city}${place.town}${place.block}`
      return [first, relative(first, next(), random, ['stem', 'trade', 'form', 'before'], { place })].map(
        company => ({
          company,
          rows: [1, 3],
        }),
      )
    },
  ],
  sole_proprietors: [
    4,
    (random, next) =>
      ['商店', '造園', '塗装', '電気'].map(trade => {
        const first = trapCompany(next(), random)
        const company: TrapCompany = {
          ...first,
          stem: first.family,
          trade: TRAP_TRADES.find(([text]) => text === trade)!,
          form: '',
          number: '',
        }
        return { company, rows: [1, 3] as [number, number] }
      }),
  ],
  other_company_of_owner: [
    3,
    (random, next) => {
      const first = trapCompany(next(), random)
      return [first, relative(first, next(), random, ['place', 'family', 'given', 'phone'])].map(company => ({
        company,
        rows: [1, 2],
      }))
    },
  ],
  two_forms: [
    1,
    (random, next) => {
      const first = { ...trapCompany(next(), random), form: '株式会社' as const }
      return [
        first,
        relative(first, next(), random, ['stem', 'trade', 'place', 'family', 'given'], { form: '有限会社' }),
      ].map(company => ({ company, rows: [1, 2] }))
    },
  ],
  office_tower: [
    1,
    (random, next) => {
      const first = trapCompany(next(), random)
      return Array.from({ length: 6 }, () => ({
        company: relative(first, next(), random, ['place']),
        rows: [1, 2] as [number, number],
      }))
    },
  ],
  shared_reception: [
    1,
    (random, next) => {
      const first = trapCompany(next(), random)
      return Array.from({ length: 5 }, () => ({
        company: relative(first, next(), random, ['place', 'phone']),
        rows: [1, 2] as [number, number],
      }))
    },
  ],
  nearly_the_name: [
    3,
    (random, next) => {
      const first = trapCompany(next(), random)
      const stem = random.pick(TRAP_STEMS)
      const near: TrapCompany['stem'] = [stem[0][0] + first.stem[0].slice(1), stem[1], stem[2]]
      return [
        first,
        relative(first, next(), random, ['trade', 'form', 'before'], { stem: near, place: first.place }),
      ].map(company => ({ company, rows: [1, 2] }))
    },
  ],
  renamed: [
    3,
    (random, next) => {
      const first = trapCompany(next(), random)
      const other = random.chance(0.5)
        ? { trade: random.pick(TRAP_TRADES) }
        : { stem: random.pick(TRAP_STEMS), trade: NO_TRADE }
      return [
        { company: first, rows: [1, 2] },
        { company: { ...first, ...other }, rows: [1, 2] },
      ]
    },
  ],
  number_of_the_parent: [
    2,
    (random, next) => {
      const first = trapCompany(next(), random)
      const child = relative(first, next(), random, ['stem', 'place', 'family', 'given', 'form'], {
        trade: random.pick(TRAP_TRADES.filter(trade => trade[1] !== first.trade[1])),
      })
      return [
        { company: first, rows: [1, 2] },
        { company: child, rows: [1, 2] },
        { company: { ...child, number: first.number }, rows: [1, 1] },
      ]
    },
  ],
}

export type TrapOptions = { seed: number; rows: number; numbers?: 'as-typed' | 'none' }

/** A ledger of traps of about `rows` labelled rows, in an order which tells nothing. Same options, same ledger. */
export function trapLedger({ seed, rows, numbers = 'as-typed' }: TrapOptions): TrapRow[] {
  const random = stream(seed, 'trap-ledger', 0)
  const scenes = Object.entries(SCENES).map(([name, [weight, scene]]) => [weight, { name, scene }] as const)
  const made: TrapRow[] = []
  let entity = 0
  while (made.length < rows) {
    const { name, scene } = random.pickWeighted(scenes)
    for (const { company, rows: between } of scene(random, () => entity++)) {
      const count = random.whole(...between)
      for (let k = 0; k < count; k++) made.push(typedRow(company, `trap:${name}`, random))
    }
  }
  const shuffled = random.shuffle(made)
  shuffled.forEach((each, k) => {
    each.row.id = `T${String(k + 1).padStart(7, '0')}`
    if (numbers === 'none') Object.assign(each.row, { corporate_number: '', invoice_registration_number: '' })
  })
  return shuffled
}

function typedRow(company: TrapCompany, scene: string, random: Random): TrapRow {
  const { number, place } = company
  const unless = (probability: number, text: string) => (random.chance(probability) ? '' : text)
  const row: LedgerRow = {
    id: '',
    name: registeredName(company),
    name_kana: unless(0.2, kanaOf(company)),
    corporate_number: unless(0.06, number),
    invoice_registration_number: number === '' ? '' : unless(0.5, `T${number}`),
    postal_code: unless(0.15, `${place.postalCode.slice(0, 3)}-${place.postalCode.slice(3)}`),
    address: place.original,
    phone: unless(0.12, company.phone),
    representative: unless(0.15, `${company.family[0]}　${company.given[0]}`),
    established_on: unless(0.25, company.founded),
  }
  if (row.corporate_number === '') row.invoice_registration_number = ''
  const marks = [scene]
  const kinds = [
    ...(random.chance(0.55) ? [random.pick(NAME_DIRT_KINDS)] : []),
    ...(random.chance(0.7) ? [random.pick(OTHER_DIRT_KINDS)] : []),
    ...(random.chance(0.4) ? [random.pick(OTHER_DIRT_KINDS)] : []),
  ]
  for (const kind of kinds) if (TRAP_DIRT[kind]!(row, company, random)) marks.push(kind)
  return { row, entity: company.id, marks }
}
