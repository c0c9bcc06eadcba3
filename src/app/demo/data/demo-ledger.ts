import { DIRT_LEVELS } from '../../../../bench/generate/dirt.ts'
import {
  type LedgerEntry,
  type LedgerRow,
  ledgerEntries,
  ledgerId,
  typedEntry,
} from '../../../../bench/generate/ledger.ts'
import { type Random, stream } from '../../../../bench/generate/random.ts'
import { DEMO_SEED, demoParties } from './demo-parties.ts'
import { realCorporationCores } from './real-corporations.ts'

export const DEMO_LEDGER_ROWS = 500

const KNOWN_EVERY = 5
const OTHER_SEED = 411

/** Faults which an import must name by row and column; each replaces one cell of a row. */
export const LEDGER_FAULTS: readonly (readonly [row: number, column: keyof LedgerRow, value: string])[] = [
  [12, 'corporate_number', '1234567890123'],
  [37, 'established_on', '平成32年4月1日'],
  [58, 'established_on', '2019/02/30'],
  [91, 'name', ''],
  [143, 'corporate_number', '123456789018'],
  [177, 'phone', '03-123-4567'],
  [206, 'postal_code', '12-345'],
  [233, 'established_on', '2099-01-01'],
  [268, 'invoice_registration_number', 'X7123456789012'],
  [311, 'corporate_number', '71234567890'],
  [352, 'name_kana', '株式会社'],
  [390, 'phone', '不明'],
  [421, 'name', '="株式会社"&"数式商会"'],
  [466, 'established_on', '昭和64年1月8日'],
]

/** 500 rows for people to try the import with: every fifth row is a party of the demo under another spelling. */
export function demoLedgerEntries(): LedgerEntry[] {
  const known = knownEntries()
  const fresh = ledgerEntries({ seed: OTHER_SEED, rows: DEMO_LEDGER_ROWS, duplicateRate: 0.15 })
  const entries: LedgerEntry[] = []
  for (let at = 0; at < DEMO_LEDGER_ROWS; at++) {
    const next = at % KNOWN_EVERY === KNOWN_EVERY - 1 ? known.next() : fresh.next()
    if (next.done) throw new RangeError(`the demo ledger ends at row ${at}`)
    const id = ledgerId(at)
    entries.push({ row: { ...next.value.row, id }, truth: { ...next.value.truth, id } })
  }
  for (const [row, column, value] of LEDGER_FAULTS) entries[row - 2]!.row[column] = value
  return entries
}

/** The demo's clients, debtors and real corporations as a colleague wrote them, without end. */
function* knownEntries(): Generator<LedgerEntry> {
  const { clients, debtors } = demoParties()
  const companies = [...clients, ...debtors].map(one => one.company)
  const cores = [...companies.slice(0, 40), ...realCorporationCores(), ...companies.slice(40)]
  for (let at = 0; ; at++) {
    const random: Random = stream(DEMO_SEED, 'demo-ledger', at)
    const core = cores[at % cores.length]!
    yield typedEntry('', DEMO_SEED, core, null, DIRT_LEVELS.normal, random)
  }
}
