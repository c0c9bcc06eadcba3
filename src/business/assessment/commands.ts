import { end as endCollateral, register as registerCollateral } from './commands/collateral.ts'
import { end as endGuarantee, judge, register as registerGuarantee } from './commands/guarantees.ts'
import { record as recordReport, retract as retractReport } from './commands/reports.ts'
import { decide, draft, revise, withdraw } from './commands/reviews.ts'
import { set as setRules } from './commands/rules.ts'
import { override, record as recordScore, retract as retractScore } from './commands/scores.ts'
import { watch } from './commands/watch.ts'

export {
  decide,
  draft,
  endCollateral,
  endGuarantee,
  judge,
  override,
  recordReport,
  recordScore,
  registerCollateral,
  registerGuarantee,
  retractReport,
  retractScore,
  revise,
  setRules,
  watch,
  withdraw,
}

export const commands = [
  draft,
  revise,
  decide,
  withdraw,
  recordScore,
  override,
  retractScore,
  recordReport,
  retractReport,
  registerCollateral,
  endCollateral,
  registerGuarantee,
  endGuarantee,
  judge,
  watch,
  setRules,
]
