import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { accountTypeOfDigit, writeTransactionsFile } from '../../business/bankformats/index.ts'
import type { DemoCompany } from './data/demo-company.ts'

const KINDS = { '11': 'transfer', '14': 'book_transfer' } as const

/** The bank's 入出金取引明細 of the last two bank days as a file: its dates follow the day of the first start. */
export function demoStatementFile({ statement }: Pick<DemoCompany, 'statement'>): Uint8Array {
  const accountType = accountTypeOfDigit(statement.accountType)
  if (!accountType) throw new Error(`no account type has the digit ${statement.accountType}`)
  return writeTransactionsFile([
    {
      createdOn: statement.createdOn,
      from: statement.fromOn,
      to: statement.toOn,
      bankCode: statement.bankCode,
      branchCode: statement.branchCode,
      accountType,
      accountNo: statement.accountNo,
      accountName: statement.holderKana,
      openingYen: statement.openingYen,
      lines: statement.lines.map(line => ({
        bookedOn: line.bookedOn,
        valueOn: line.valueOn,
        direction: line.direction,
        amountYen: line.amountYen,
        kind: KINDS[line.kind],
        payerKana: line.payerKana,
        payerBank: line.payerBankKana,
        payerBranch: line.payerBranchKana,
        bankSummary: line.summaryKana,
        edi: line.edi,
      })),
    },
  ])
}

/** Lays the statement beside the database for the visitor to import, and tells where. */
export async function writeDemoStatement(dataDir: string, demo: DemoCompany): Promise<string> {
  const folder = join(dataDir, 'demo')
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'statement.txt')
  await writeFile(path, demoStatementFile(demo))
  return path
}
