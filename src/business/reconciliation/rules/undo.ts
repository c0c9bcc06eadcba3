/** What has happened since an act, as far as it hinders taking the act back; each names the record by the number people know, else null. */
export interface LaterMoney {
  undone: boolean
  /** A standing match or set-off recorded later on the claim. */
  matchNo: string | null
  setOffNo: string | null
  /** Something of what the act made the client owe was given up. */
  waiverNo: string | null
  /** What the act made us owe the client: its number, and how far its payment is. */
  refund: { dueNo: string; state: 'waiting' | 'in_payment' | 'paid' | 'set_off' } | null
}

export interface UndoHindrance {
  code: string
  sentence: string
  source: string
}

interface UndoRule {
  code: string
  sentence(later: LaterMoney): string
  hinders(later: LaterMoney): boolean
}

const SOURCE = 'FF §3（取消は反対の記帳だけ、後の入出金が先）'

/** Later money depends on what the act left: the newest goes first, and what has left for good is not reckoned away. */
export const undoRules: readonly UndoRule[] = [
  {
    code: 'act_must_stand',
    sentence: () => 'この記録は既に取り消されています。',
    hinders: ({ undone }) => undone,
  },
  {
    code: 'later_match_must_be_undone_first',
    sentence: ({ matchNo }) =>
      `この後の消込 ${matchNo} がこの債権に充てられています。先にその消込を取り消してください。`,
    hinders: ({ matchNo }) => matchNo !== null,
  },
  {
    code: 'later_set_off_must_be_undone_first',
    sentence: ({ setOffNo }) =>
      `この後の相殺 ${setOffNo} がこの債権に充てられています。先にその相殺を取り消してください。`,
    hinders: ({ setOffNo }) => setOffNo !== null,
  },
  {
    code: 'later_waiver_must_not_depend_on_it',
    sentence: ({ waiverNo }) => `この後に免除 ${waiverNo} が記録されているため、取り消せません。`,
    hinders: ({ waiverNo }) => waiverNo !== null,
  },
  {
    code: 'refund_must_not_be_under_way',
    sentence: ({ refund }) =>
      `利用者へ返す額 ${refund?.dueNo} の支払が手続き中です。先にその支払を取り消してください。`,
    hinders: ({ refund }) => refund?.state === 'in_payment',
  },
  {
    code: 'refund_must_not_be_paid',
    sentence: ({ refund }) => `利用者へ返す額 ${refund?.dueNo} は支払済みのため、取り消せません。`,
    hinders: ({ refund }) => refund?.state === 'paid',
  },
  {
    code: 'refund_must_not_be_set_off',
    sentence: ({ refund }) =>
      `利用者へ返す額 ${refund?.dueNo} は相殺に使われています。先にその相殺を取り消してください。`,
    hinders: ({ refund }) => refund?.state === 'set_off',
  },
]

/** How a refusal of each rule reads where no record is named. */
export const undoCodes: Readonly<Record<string, string>> = {
  act_must_stand: 'この記録は既に取り消されています。',
  later_match_must_be_undone_first:
    'この後の消込がこの債権に充てられています。先にその消込を取り消してください。',
  later_set_off_must_be_undone_first:
    'この後の相殺がこの債権に充てられています。先にその相殺を取り消してください。',
  later_waiver_must_not_depend_on_it: 'この後に免除が記録されているため、取り消せません。',
  refund_must_not_be_under_way: '利用者へ返す額の支払が手続き中です。先にその支払を取り消してください。',
  refund_must_not_be_paid: '利用者へ返す額は支払済みのため、取り消せません。',
  refund_must_not_be_set_off: '利用者へ返す額は相殺に使われています。先にその相殺を取り消してください。',
}

/** Every rule that stands against taking an act back, in the order of the list. */
export function hindrancesToUndo(later: LaterMoney): UndoHindrance[] {
  return undoRules
    .filter(rule => rule.hinders(later))
    .map(rule => ({ code: rule.code, sentence: rule.sentence(later), source: SOURCE }))
}
