import { type BusinessCalendar, type RollRule, roll } from '../../platform/dates/business-calendar.ts'
import { dateParts, dayOfMonth } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Checked, type FormatProblem, problem } from './problem.ts'

/** 月末: the day number that is always the last of the month. */
export const MONTH_END = 31

/** 締め・支払サイト: closing day, months until payment, pay day, and where a bank holiday falls. Source: JR §7.2, DD group 7. */
export interface PaymentTerm {
  /** 1–31, 31 = 月末. */
  closeDay: number
  /** 0 当月, 1 翌月, 2 翌々月 … */
  monthOffset: number
  /** 1–31, 31 = 月末. */
  payDay: number
  holidayRoll: RollRule
}

/** When an item is closed and paid. */
export interface PaymentDue {
  /** 締日 the item belongs to. */
  closingOn: IsoDate
  /** 支払期日 as the term says. */
  dueOn: IsoDate
  /** 支払期日 moved to a business day. */
  dueOnRolled: IsoDate
  /** One Japanese sentence which shows the way from the item to the due date. */
  explanation: string
}

const LONGEST_OFFSET = 12

/**
 * The due date of an item dated `itemOn`. An item of the closing day itself belongs to that closing; a day the month does not have
 * is its last day. Source: JR §7.2.
 */
export function paymentDueOf(term: PaymentTerm, itemOn: IsoDate, calendar: BusinessCalendar): PaymentDue {
  const closingOn = closingOf(term.closeDay, itemOn)
  const { year, month } = dateParts(closingOn)
  const dueOn = dayOfMonth(year, month + term.monthOffset, term.payDay)
  const dueOnRolled = roll(dueOn, term.holidayRoll, calendar)
  const closed = calendar.closedBecause(dueOn)
  const rolled = dueOnRolled === dueOn ? '' : `（${closed}のため${dueOnRolled}）`
  const explanation = `${itemOn}の取引は${closingOn}締め、${dueOn}払い${rolled}です。`
  return { closingOn, dueOn, dueOnRolled, explanation }
}

/** The closing an item belongs to: the first closing day on or after it. */
export function closingOf(closeDay: number, itemOn: IsoDate): IsoDate {
  const { year, month } = dateParts(itemOn)
  const thisMonth = dayOfMonth(year, month, closeDay)
  return itemOn <= thisMonth ? thisMonth : dayOfMonth(year, month + 1, closeDay)
}

/** What is wrong with a term; empty when it can be used. */
export function checkPaymentTerm(term: PaymentTerm): FormatProblem[] {
  const problems: FormatProblem[] = []
  const refuse = (field: string, code: string, message: string, remedy: string) =>
    problems.push(problem({}, field, code, message, remedy))
  if (!isDayNumber(term.closeDay))
    refuse('締日', 'close_day_must_be_1_to_31', '締日が1～31ではありません。', '月末は31と入力してください。')
  if (!isDayNumber(term.payDay))
    refuse(
      '支払日',
      'pay_day_must_be_1_to_31',
      '支払日が1～31ではありません。',
      '月末は31と入力してください。',
    )
  if (!Number.isInteger(term.monthOffset) || term.monthOffset < 0 || term.monthOffset > LONGEST_OFFSET)
    refuse(
      '支払月',
      'month_offset_must_be_0_to_12',
      '支払月が0～12か月後ではありません。',
      '当月は0、翌月は1、翌々月は2です。',
    )
  if (term.monthOffset === 0 && term.payDay <= term.closeDay)
    refuse(
      '支払日',
      'pay_day_must_follow_closing',
      '支払日が締日より後になっていません。',
      '支払日を締日の後にするか、翌月以降にしてください。',
    )
  return problems
}

/** 「20日締翌月10日払」. */
export function formatPaymentTerm(term: PaymentTerm): string {
  const close = term.closeDay === MONTH_END ? '月末' : `${term.closeDay}日`
  const pay = term.payDay === MONTH_END ? '末' : `${term.payDay}日`
  return `${close}締${monthName(term.monthOffset)}${pay}払`
}

const SPELLING =
  /^(?:毎月)?(?:(月末|末日?)|(\d{1,2})日?)(?:締切?|〆切?)め?り?[、,・]?(?:(当月|翌月|翌々月|翌翌月)|(\d{1,2})(?:か|ヶ|カ|ヵ|ケ|箇)月後)の?(?:(末日?)|(\d{1,2})日?)(?:支払い?|払い?)?$/u

/** Reads a term as people write it: 月末締翌月末払, 20日締め翌月10日払い, 15日〆翌々月5日. A bank holiday rolls as given. Source: JR §7.2. */
export function parsePaymentTerm(typed: string, holidayRoll: RollRule = 'following'): Checked<PaymentTerm> {
  const match = SPELLING.exec(typed.normalize('NFKC').replace(/\s/gu, ''))
  if (!match) {
    const remedy = '「20日締翌月10日払」「月末締翌々月末払」のように入力してください。'
    const message = `「${typed}」を支払サイトとして読めません。`
    return {
      ok: false,
      problems: [problem({}, '支払サイト', 'payment_term_must_be_readable', message, remedy)],
    }
  }
  const [, monthEnd, closeDay, monthWord, monthCount, payEnd, payDay] = match
  const term: PaymentTerm = {
    closeDay: monthEnd ? MONTH_END : Number(closeDay),
    monthOffset: monthWord
      ? ['当月', '翌月', '翌々月'].indexOf(monthWord.replace('翌翌', '翌々'))
      : Number(monthCount),
    payDay: payEnd ? MONTH_END : Number(payDay),
    holidayRoll,
  }
  const problems = checkPaymentTerm(term)
  return problems.length === 0 ? { ok: true, value: term } : { ok: false, problems }
}

function monthName(offset: number): string {
  return ['当月', '翌月', '翌々月'][offset] ?? `${offset}か月後`
}

function isDayNumber(day: number): boolean {
  return Number.isInteger(day) && day >= 1 && day <= MONTH_END
}
