export interface QualityItemTable {
  party_id: string
  check_code: string
  found_on: string
  due_on: string
  solved_on: string | null
}

export interface QualityMeasureTable {
  on_day: string
  measure: string
  numerator: number
  denominator: number
  measured_at: string
}

declare module '../../platform/database/database.ts' {
  interface Tables {
    quality_item: QualityItemTable
    quality_measure: QualityMeasureTable
  }
}
