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

/** `normal` has wrong or missing corporate numbers on about 10 % of the rows of corporations. */
export const DIRT_LEVELS: Readonly<Record<DirtLevel, DirtRates>> = {
  clean: rates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  light: rates(0.03, 0.003, 0.001, 0.05, 0.1, 0.2, 0.04, 0.004, 0.003, 0.003, 0.01, 0.3, 0.2, 0.01, 0.005),
  normal: rates(0.08, 0.015, 0.005, 0.14, 0.3, 0.5, 0.2, 0.02, 0.015, 0.015, 0.03, 0.6, 0.6, 0.04, 0.02),
  heavy: rates(0.4, 0.03, 0.01, 0.28, 0.45, 0.7, 0.35, 0.05, 0.03, 0.03, 0.06, 0.7, 0.8, 0.08, 0.05),
}

function rates(
  numberMissing: number,
  numberMistyped: number,
  numberOfAnother: number,
  fieldMissing: number,
  width: number,
  legalForm: number,
  characters: number,
  typo: number,
  englishOnly: number,
  bankName: number,
  branch: number,
  formerName: number,
  reformat: number,
  outdated: number,
  noise: number,
): DirtRates {
  return {
    numberMissing,
    numberMistyped,
    numberOfAnother,
    fieldMissing,
    width,
    legalForm,
    characters,
    typo,
    englishOnly,
    bankName,
    branch,
    formerName,
    reformat,
    outdated,
    noise,
  }
}
