import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { usePathId } from '../../../platform/web/url.ts'
import { Loaded, PageHeader, Stack, StepsLine } from '../../../ui/index.ts'
import { type Batch, openImport } from '../contract.ts'
import { kindLabels } from '../labels.ts'
import { ImportActions } from './ImportActions.tsx'
import { ImportRows } from './ImportRows.tsx'
import { ImportState } from './ImportState.tsx'
import './imports.css'
import { activeStep, BatchTag, steps } from './import-steps.tsx'
import { MappingStep } from './MappingStep.tsx'

const POLL_MS = 1_000
const WORKING = new Set(['rehearsing', 'approved', 'reverting'])

/** One import from the mapping to its end: what to do next stands at the top, the rows below. */
export default function ImportPage() {
  const batchId = usePathId('batchId')
  const [polling, setPolling] = useState(true)
  const batch = useApi(openImport, { batchId }, polling ? { refetchMs: POLL_MS } : {})
  const works = batch.state === 'ready' && WORKING.has(batch.value.state)
  if (batch.state === 'ready' && works !== polling) setPolling(works)
  return (
    <Loaded from={batch} rows={12}>
      {value => <Import batch={value} />}
    </Loaded>
  )
}

function Import({ batch }: { batch: Batch }) {
  const [remap, setRemap] = useState(false)
  const mapping = batch.state === 'opened' || (remap && batch.state === 'rehearsed')
  return (
    <>
      <PageHeader
        title={batch.fileName}
        code={batch.batchNo}
        crumbs={[{ label: '移行・取込', href: '/imports' }]}
        tags={<BatchTag batch={batch} />}
        detail={[
          kindLabels[batch.kind],
          `${batch.rowCount.toLocaleString('ja-JP')}行`,
          batch.sheet ? `シート「${batch.sheet}」` : (batch.encoding ?? ''),
          `見出し ${batch.headingLine}行目`,
          `担当 ${batch.openedBy.name}`,
        ]
          .filter(Boolean)
          .join('　')}
        actions={<ImportActions batch={batch} onRemap={() => setRemap(true)} mapping={mapping} />}
      />
      <StepsLine
        label="取込の手順"
        steps={steps(batch)}
        activeKey={mapping ? 'mapping' : activeStep(batch)}
      />
      <Stack>
        <ImportState batch={mapping ? { ...batch, counts: null } : batch} />
        {mapping ? (
          <MappingStep batch={batch} onSent={() => setRemap(false)} />
        ) : (
          batch.counts && <ImportRows batch={batch} />
        )}
      </Stack>
    </>
  )
}
