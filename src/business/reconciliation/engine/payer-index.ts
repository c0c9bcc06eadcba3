import { AlikeNames } from './name-likeness.ts'
import {
  coresWithoutLastWords,
  formsContradict,
  isCutOf,
  looseCore,
  type PayerName,
  readPayerName,
} from './payer-name.ts'
import { type RuleName, reason } from './reasons.ts'
import type { Deposit, LearnedPayer, OpenReceivable, Reason } from './types.ts'

/**
 * Who sent a deposit, as far as account, number and name tell. `certain` = one payer, and nothing speaks
 * against it.
 */
export type Identity = {
  /** Payer ids, best first. */
  payers: string[]
  certain: boolean
  /** Payers the name alone points to: what an account or a quoted number must not contradict. */
  named: string[]
  /** Payers who could be meant as well, though something stronger than the name speaks for another one. */
  rivals: string[]
  reasons: Reason[]
}

type KnownName = { payerId: string; name: PayerName; learned: LearnedPayer | null }

/** Everything known about payers, arranged for look-up. */
export class PayerIndex {
  readonly #byVirtualAccount = new Map<string, string[]>()
  readonly #withVirtualAccount = new Set<string>()
  readonly #bySenderNumber = new Map<string, string[]>()
  readonly #byCore = new Map<string, KnownName[]>()
  readonly #byLoose = new Map<string, string[]>()
  readonly #cores: string[]
  readonly #read = new Map<string, PayerName>()
  #alike: AlikeNames | null = null

  constructor(receivables: OpenReceivable[], learned: LearnedPayer[]) {
    const seen = new Set<string>()
    for (const { payerId, payerNameKana, payerVirtualAccount } of receivables) {
      if (payerVirtualAccount !== '') {
        add(this.#byVirtualAccount, accountKey(payerVirtualAccount), payerId)
        this.#withVirtualAccount.add(payerId)
      }
      const once = `${payerId}|${payerNameKana}`
      if (payerNameKana === '' || seen.has(once)) continue
      seen.add(once)
      this.#know({ payerId, name: readPayerName(payerNameKana, false), learned: null })
    }
    for (const row of learned) {
      if (row.senderKana !== '')
        this.#know({ payerId: row.payerId, name: readPayerName(row.senderKana, true), learned: row })
    }
    this.#cores = [...this.#byCore.keys()].sort()
  }

  #know(known: KnownName): void {
    const { core, senderNumber } = known.name
    if (senderNumber !== '' && known.learned !== null) add(this.#bySenderNumber, senderNumber, known.payerId)
    if (core === '') return
    const names = this.#byCore.get(core)
    if (names) names.push(known)
    else this.#byCore.set(core, [known])
    add(this.#byLoose, looseCore(known.name), known.payerId)
  }

  /** The sender's name of a deposit, read once per spelling. */
  nameOf(senderKana: string): PayerName {
    const known = this.#read.get(senderKana)
    if (known) return known
    const name = readPayerName(senderKana, true)
    this.#read.set(senderKana, name)
    return name
  }

  /** All payer names, to look for ones alike; made when first asked for. */
  alikeNames(): AlikeNames {
    this.#alike ??= new AlikeNames(
      [...this.#byLoose].flatMap(([name, payers]) => [...payers].map(payerId => ({ payerId, name }))),
    )
    return this.#alike
  }

  /**
   * FF §7 order: virtual account → sender number → learned rule (kana + bank + branch) → kana, as a prefix
   * where the bank cuts.
   */
  identify(deposit: Deposit): Identity {
    const name = this.nameOf(deposit.senderKana)
    const byName = this.#byName(name, deposit)
    const accounts =
      deposit.virtualAccount === '' ? [] : all(this.#byVirtualAccount, accountKey(deposit.virtualAccount))
    if (accounts.length === 1) {
      return strongerThanName(accounts, byName, true, [reason('virtual_account')])
    }
    if (accounts.length > 1) {
      const payers = accounts.filter(payer => byName.named.includes(payer))
      const reasons = [reason('virtual_account_shared'), ...byName.reasons]
      return strongerThanName(payers.length > 0 ? payers : accounts, byName, payers.length === 1, reasons)
    }
    if (deposit.virtualAccount !== '' && byName.payers.some(payer => this.#withVirtualAccount.has(payer))) {
      return { ...byName, certain: false, reasons: [...byName.reasons, reason('virtual_account_of_nobody')] }
    }
    const numbered = name.senderNumber === '' ? [] : all(this.#bySenderNumber, name.senderNumber)
    if (numbered.length === 1) {
      const certain = byName.named.length === 0 || byName.named.includes(numbered[0]!)
      return strongerThanName(numbered, byName, certain, [reason('sender_number')])
    }
    return byName
  }

  #byName(name: PayerName, deposit: Deposit): Identity {
    if (name.core === '') return NOBODY
    const known = [...(this.#byCore.get(name.core) ?? []), ...this.#cutNames(name)]
    const alike = known.filter(entry => !formsContradict(entry.name, name))
    const fitting = alike.filter(entry => !isOfOtherBranch(entry, deposit))
    const learned = fitting.filter(entry => entry.learned !== null && sameBranch(entry.learned, deposit))
    const payers = distinct(fitting)
    const learnedPayers = distinct(learned)
    if (learnedPayers.length === 1 && (payers.length === 1 || confirmations(learned) >= 2)) {
      const rivals = payers.filter(payer => payer !== learnedPayers[0])
      return {
        payers: learnedPayers,
        certain: true,
        named: payers,
        rivals,
        reasons: [reason('learned_payer')],
      }
    }
    if (payers.length === 1) {
      const isCut = fitting.every(entry => entry.name.core !== name.core)
      const others = distinct(alike).length > 1
      const rule = isCut ? 'kana_cut_by_bank' : 'kana_equal'
      return { payers, certain: !others, named: distinct(alike), rivals: [], reasons: [reason(rule)] }
    }
    if (payers.length === 0 && alike.length > 0) return uncertain(distinct(alike), 'learned_at_other_branch')
    if (payers.length > 1) {
      const ranked = byConfirmations(payers, fitting)
      return {
        payers: ranked,
        certain: false,
        named: payers,
        rivals: [],
        reasons: [reason('kana_of_several_payers')],
      }
    }
    return this.#alikeNames(name, distinct(known))
  }

  /**
   * Names of which the sender's is the cut one, or the other way round; only where a bank's field length
   * explains the cut.
   */
  #cutNames(name: PayerName): KnownName[] {
    const found: KnownName[] = []
    if (name.mayBeCut && name.core.length >= 6) {
      for (let at = lowerBound(this.#cores, name.core); at < this.#cores.length; at++) {
        const core = this.#cores[at]!
        if (!core.startsWith(name.core)) break
        if (core !== name.core)
          found.push(...this.#byCore.get(core)!.filter(entry => isCutOf(name, entry.name)))
      }
    }
    for (let length = name.core.length - 1; length >= 6; length--) {
      const shorter = this.#byCore.get(name.core.slice(0, length))
      if (shorter) found.push(...shorter.filter(entry => entry.learned !== null && isCutOf(entry.name, name)))
    }
    return found
  }

  /** Proposals only: another legal form, a branch or person behind the name, voiced marks left out. */
  #alikeNames(name: PayerName, otherForm: string[]): Identity {
    if (otherForm.length > 0) return uncertain(otherForm, 'kana_with_other_legal_form')
    for (const shorterCore of coresWithoutLastWords(name)) {
      const shorter = distinct(this.#byCore.get(shorterCore) ?? [])
      if (shorter.length > 0) return uncertain(shorter, 'kana_with_words_behind')
    }
    const loose = name.core.length >= 4 ? all(this.#byLoose, looseCore(name)) : []
    return loose.length > 0 ? uncertain(loose, 'kana_but_for_voicing') : NOBODY
  }
}

const NOBODY: Identity = { payers: [], certain: false, named: [], rivals: [], reasons: [] }

/** An account or a number decides; a name that says somebody else keeps that one as a rival. */
function strongerThanName(
  payers: string[],
  { named }: Identity,
  certain: boolean,
  reasons: Reason[],
): Identity {
  const agrees = payers.some(payer => named.includes(payer))
  return { payers, certain, named, rivals: agrees ? [] : named, reasons }
}

function uncertain(payers: string[], rule: RuleName): Identity {
  return { payers, certain: false, named: [], rivals: [], reasons: [reason(rule)] }
}

function sameBranch(learned: LearnedPayer, deposit: Deposit): boolean {
  return (
    learned.confirmedCount > 0 &&
    learned.bankCode !== '' &&
    learned.branchCode !== '' &&
    learned.bankCode === deposit.bankCode &&
    learned.branchCode === deposit.branchCode
  )
}

/**
 * Learned at a known branch which is not the one this deposit comes from: another company may bear the name
 * there.
 */
function isOfOtherBranch({ learned }: KnownName, deposit: Deposit): boolean {
  if (learned === null || learned.bankCode === '' || deposit.bankCode === '') return false
  return (
    learned.bankCode !== deposit.bankCode ||
    (learned.branchCode !== '' && learned.branchCode !== deposit.branchCode)
  )
}

function confirmations(names: KnownName[]): number {
  return names.reduce((sum, { learned }) => sum + (learned?.confirmedCount ?? 0), 0)
}

/** Several payers share the name: most confirmations first. A rank proposes and never decides (FF §7). */
function byConfirmations(payers: string[], names: KnownName[]): string[] {
  const counts = new Map(
    payers.map(payer => [payer, confirmations(names.filter(({ payerId }) => payerId === payer))]),
  )
  return [...payers].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
}

function distinct(names: KnownName[]): string[] {
  return [...new Set(names.map(({ payerId }) => payerId))]
}

function add(index: Map<string, string[]>, key: string, payerId: string): void {
  const payers = index.get(key)
  if (payers === undefined) index.set(key, [payerId])
  else if (!payers.includes(payerId)) payers.push(payerId)
}

function all(index: Map<string, string[]>, key: string): string[] {
  return index.get(key) ?? []
}

/** Digits of bank, branch and account, whatever stands between them. */
function accountKey(account: string): string {
  return account.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '')
}

function lowerBound(sorted: string[], wanted: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
