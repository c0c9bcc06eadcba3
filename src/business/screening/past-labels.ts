export const pastResults = ['none', 'found', 'unclear'] as const
export type PastResult = (typeof pastResults)[number]
export const pastVerdicts = ['cleared', 'conditional', 'rejected'] as const
export type PastVerdict = (typeof pastVerdicts)[number]

export const pastResultLabels: Record<PastResult, string> = {
  none: '該当なし',
  found: '該当あり',
  unclear: '要確認',
}

export const pastVerdictLabels: Record<PastVerdict, string> = {
  cleared: '取引可',
  conditional: '条件付き',
  rejected: '取引不可',
}
