import type { Verdict } from './tables.ts'

export const verdictLabels: Record<Verdict, string> = {
  same: '同一',
  different: '別の会社',
  held: '保留',
}

/** Why the machine does not merge by itself (matching.md §6.7–8), for the screen. */
export const guardLabels: Record<string, string> = {
  corporate_numbers_differ: '法人番号が異なります',
  only_corporate_number_agrees: '一致するのは法人番号だけです',
  names_are_siblings: '名称からグループ内の別会社とみられます',
  names_differ: '名称が異なります',
  names_cannot_be_compared: '名称の文字種が異なり比べられません',
  names_are_only_similar: '名称が似ているだけです',
  corporate_number_is_disputed: '法人番号に疑義があります',
  one_name_is_part_of_the_other: '一方の名称が他方の一部です',
  legal_forms_differ: '法人格が異なります',
  branches_differ: '支店・営業所が異なります',
  named_after_its_owner: '屋号と代表者の姓が同じで、ほかに一致する事実がありません',
}

export const eventLabels: Record<string, string> = {
  parties_judged_same: '同一の会社と判断',
  parties_judged_different: '別の会社と判断',
  parties_judgement_held: '名寄せの判断を保留',
  party_judgement_withdrawn: '名寄せの判断を取り消し',
  parties_merged: '名寄せで統合',
  parties_unmerged: '名寄せの統合を解除',
}
