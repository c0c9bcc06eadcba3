import type { Reason } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { electronicPartLabels, kycRefusals, mailKindLabels } from './labels.ts'
import type { DocumentClass, ElectronicPart, MailKind, MethodCode } from './rules.ts'
import { methods } from './rules.ts'
import type { IcReadResult, Liveness } from './tables.ts'

/** What one electronic check said. */
export interface ElectronicFacts {
  checkedOn: IsoDate
  icReadResult: IcReadResult | null
  signatureValid: boolean | null
  revocationCheckedAt: string | null
  faceMatchScore: number | null
  faceThresholdPpm: number | null
  liveness: Liveness | null
  bankConfirmed: boolean | null
}

export interface MethodFacts {
  methodCode: MethodCode
  /** The newest electronic check of each person; empty where none was made. */
  electronic: readonly ElectronicFacts[]
  mailKind: MailKind | null
  mailResult: 'sent' | 'delivered' | 'returned' | null
  /** Classes of the documents seen. */
  documents: readonly DocumentClass[]
}

/** The parts of an electronic check that a method asks for on the day of completion (JR §3.4, §3.5). */
export function partsAsked(code: MethodCode, completedOn: IsoDate): ElectronicPart[] {
  return methods[code].electronic.flatMap(({ part, from }) =>
    from === null || from <= completedOn ? [part] : [],
  )
}

const given: Readonly<Record<ElectronicPart, (facts: ElectronicFacts) => boolean>> = {
  ic: facts => facts.icReadResult !== null,
  signature: facts => facts.signatureValid !== null,
  revocation: facts => facts.revocationCheckedAt !== null,
  face: facts => facts.faceMatchScore !== null,
  liveness: facts => facts.liveness !== null,
  bank: facts => facts.bankConfirmed !== null,
}

const failed: Readonly<Record<ElectronicPart, (facts: ElectronicFacts) => boolean>> = {
  ic: facts => facts.icReadResult === 'mismatch' || facts.icReadResult === 'unreadable',
  signature: facts => facts.signatureValid === false,
  revocation: () => false,
  face: facts => facts.faceMatchScore !== null && facts.faceMatchScore < (facts.faceThresholdPpm ?? 0),
  liveness: facts => facts.liveness === 'failed',
  bank: facts => facts.bankConfirmed === false,
}

/** Everything a method asks for that is not there on the day of completion, by documents, mail and electronic check (JR §3.4, §3.5). */
export function methodReasons(facts: MethodFacts, completedOn: IsoDate): Reason[] {
  return [...mailReasons(facts), ...documentClassReasons(facts), ...electronicReasons(facts, completedOn)]
}

function mailReasons({ methodCode, mailKind, mailResult, documents }: MethodFacts): Reason[] {
  const { mail } = methods[methodCode]
  if (mail === null) return []
  // Without a photo, a second document stands in for the letter (JR §3.3).
  if (methodCode === 'face_nonphoto_mail' && countOf(documents, 'no_photo') >= 2) return []
  if (mailResult !== 'delivered') return [{ code: 'mail_must_be_delivered' }]
  if (mailKind === mail) return []
  return [
    {
      code: 'mail_must_be_of_the_kind',
      message: `この確認方法の郵便は「${mailKindLabels[mail]}」です。${mailKindLabels[mail]}の到達を記録してください。`,
    },
  ]
}

function documentClassReasons({ methodCode, mailResult, documents }: MethodFacts): Reason[] {
  const has = (one: DocumentClass) => documents.includes(one)
  const twoWithout = countOf(documents, 'no_photo') >= 2
  const suffices = {
    none: true,
    corporation: has('corporation'),
    photo: has('photo'),
    no_photo: twoWithout || (has('no_photo') && mailResult === 'delivered') || has('photo'),
    photo_or_two: has('photo') || twoWithout,
  }[methods[methodCode].documents]
  return suffices ? [] : [{ code: 'documents_must_be_sufficient' }]
}

const countOf = (documents: readonly DocumentClass[], one: DocumentClass) =>
  documents.filter(document => document === one).length

const said = (code: keyof typeof kycRefusals, parts: readonly ElectronicPart[]): Reason[] =>
  parts.length === 0
    ? []
    : [
        {
          code,
          message: `${kycRefusals[code]}（${parts.map(part => electronicPartLabels[part]).join('、')}）`,
        },
      ]

/** What the electronic checks leave open: parts the method asks for on that day, parts that failed, checks after completion. */
export function electronicReasons(
  { methodCode, electronic }: Pick<MethodFacts, 'methodCode' | 'electronic'>,
  completedOn: IsoDate,
): Reason[] {
  const asked = partsAsked(methodCode, completedOn)
  // One person's check holds all that is asked; halves of two people do not make one.
  const missing = electronic
    .map(facts => asked.filter(part => !given[part](facts)))
    .reduce((least, one) => (one.length < least.length ? one : least), asked)
  // Whatever was tried and failed counts, asked for or not: a chip that does not match says more than the method needs to hear.
  const failures = (Object.keys(failed) as ElectronicPart[]).filter(part => electronic.some(failed[part]))
  const late = asked.length > 0 && electronic.some(facts => lastDayOf(facts) > completedOn)
  return [
    ...said('electronic_check_must_be_recorded', missing),
    ...said('electronic_check_must_have_passed', failures),
    ...(late ? [{ code: 'completion_must_follow_checks' }] : []),
  ]
}

function lastDayOf({ checkedOn, revocationCheckedAt }: ElectronicFacts): IsoDate {
  const lookedUp = revocationCheckedAt === null ? checkedOn : todayInTokyo(new Date(revocationCheckedAt))
  return lookedUp > checkedOn ? lookedUp : checkedOn
}

/** What is wrong with an electronic check as it is typed: nothing said, a day or a moment that has not come. */
export function electronicInputReasons(
  typed: { checkedOn: IsoDate; revocationCheckedAt?: string | null | undefined } & {
    [part in 'icReadResult' | 'signatureValid' | 'faceMatchScore' | 'liveness' | 'bankConfirmed']?: unknown
  },
  today: IsoDate,
  now: Date,
): Reason[] {
  const { icReadResult, signatureValid, faceMatchScore, liveness, bankConfirmed } = typed
  const parts = [
    icReadResult,
    signatureValid,
    typed.revocationCheckedAt,
    faceMatchScore,
    liveness,
    bankConfirmed,
  ]
  const reasons: Reason[] = []
  if (parts.every(part => part === null || part === undefined))
    reasons.push({ code: 'electronic_check_must_say_something', field: 'icReadResult' })
  if (typed.checkedOn > today) reasons.push({ code: 'date_must_not_be_in_the_future', field: 'checkedOn' })
  if (typed.revocationCheckedAt && new Date(typed.revocationCheckedAt) > now)
    reasons.push({ code: 'date_must_not_be_in_the_future', field: 'revocationCheckedAt' })
  return reasons
}
