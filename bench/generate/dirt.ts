/** How often each kind of dirt falls on a row, as probabilities 0–1. */
export type DirtRates = {
  /** Corporate number left out, mistyped, or another company's. */
  numberMissing: number
  numberMistyped: number
  numberOfAnother: number
  /** Any other field left blank. */
  fieldMissing: number
  /** Full-width, half-width and mixed letters, digits and kana. */
  width: number
  /** Legal form shortened, moved, spaced or left out. */
  legalForm: number
  /** Old and variant characters. */
  characters: number
  typo: number
  englishOnly: number
  /** Name as a bank writes it: ｶ)ｻﾝﾜｳﾝﾕ. */
  bankName: number
  branch: number
  /** Former name, where the company has one. */
  formerName: number
  /** Another way to write the same address, phone, date or number. */
  reformat: number
  /** Another head office or representative than registered today. */
  outdated: number
  /** 様, 御中, blanks and the like around a name. */
  noise: number
}

export type DirtLevel = 'clean' | 'light' | 'normal' | 'heavy'

const NORMAL: DirtRates = {
  numberMissing: 0.08,
  numberMistyped: 0.015,
  numberOfAnother: 0.005,
  fieldMissing: 0.14,
  width: 0.3,
  legalForm: 0.5,
  characters: 0.2,
  typo: 0.02,
  englishOnly: 0.015,
  bankName: 0.015,
  branch: 0.03,
  formerName: 0.6,
  reformat: 0.6,
  outdated: 0.04,
  noise: 0.02,
}

/** `normal` has wrong or missing corporate numbers on about 10 % of the rows of corporations; `heavy` on nearly half. */
export const DIRT_LEVELS: Readonly<Record<DirtLevel, DirtRates>> = {
  clean: scaled(0),
  light: scaled(0.35),
  normal: NORMAL,
  heavy: {
    ...scaled(2),
    numberMissing: 0.4,
    legalForm: 0.7,
    formerName: 0.7,
    reformat: 0.8,
    width: 0.45,
    characters: 0.35,
  },
}

function scaled(factor: number): DirtRates {
  const rates = { ...NORMAL }
  for (const kind of Object.keys(rates) as (keyof DirtRates)[]) rates[kind] *= factor
  return rates
}
