import { DateText, StatusTag } from '../../../ui/index.ts'
import type { AskedSource } from '../contract.ts'
import { notAskedLabels, sourceLabels, taxAgencyNotice } from '../labels.ts'

/** Which registers answered, and which were not asked and why: nobody should believe something was checked which was not. */
export function AskedSources({ asked }: { asked: readonly AskedSource[] }) {
  const live = asked.some(one => one.source !== 'reference' && one.source !== 'gbizinfo' && !one.why)
  return (
    <div>
      <ul aria-label="照会先">
        {asked.map(one => (
          <li key={one.source}>
            {one.state === 'answered' ? (
              <StatusTag tone="success" word="照会済" />
            ) : (
              <StatusTag tone="neutral" word="未照会" />
            )}{' '}
            {one.source === 'reference' ? '公表ファイル（この台帳に読込済み）' : sourceLabels[one.source]}
            {one.asOf && (
              <>
                {' '}
                <DateText date={one.asOf} /> 時点
              </>
            )}
            {one.why && <span className="ui-faint">　{notAskedLabels[one.why]}</span>}
          </li>
        ))}
      </ul>
      {live && <p className="ui-faint">{taxAgencyNotice}</p>}
    </div>
  )
}
