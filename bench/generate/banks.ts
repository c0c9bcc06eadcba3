import { readFileSync } from 'node:fs'
import { bankKana } from './kana.ts'
import type { Random } from './random.ts'

export type BankBranch = {
  bankCode: string
  bankName: string
  /** Half-width, as bank files carry it. */
  bankKana: string
  branchCode: string
  branchName: string
  branchKana: string
}

const NATIONWIDE = '*'
const byPrefecture = readBranches()

/** A real branch (a sample; see data-files/SOURCES.md): a bank of the prefecture, or one which is everywhere. */
export function pickBankBranch(random: Random, prefectureCode: string): BankBranch {
  const local = byPrefecture.get(prefectureCode)
  const list = local !== undefined && random.chance(0.55) ? local : byPrefecture.get(NATIONWIDE)!
  return random.pick(list)
}

function readBranches(): Map<string, BankBranch[]> {
  const lines = readFileSync(new URL('data-files/banks.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const lists = new Map<string, BankBranch[]>()
  for (const line of lines.slice(1)) {
    const [
      bankCode = '',
      bankName = '',
      kana = '',
      prefectures = '',
      branchCode = '',
      branchName = '',
      branchKana = '',
    ] = line.split(',')
    const branch = {
      bankCode,
      bankName,
      bankKana: bankKana(kana),
      branchCode,
      branchName,
      branchKana: bankKana(branchKana),
    }
    for (const code of prefectures.split(' ')) {
      const list = lists.get(code)
      if (list === undefined) lists.set(code, [branch])
      else list.push(branch)
    }
  }
  return lists
}
