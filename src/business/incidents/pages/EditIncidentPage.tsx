import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, Loaded, PageHeader } from '../../../ui/index.ts'
import { changeIncident, type IncidentShown, openIncidentPage } from '../contract.ts'
import { IncidentForm, itemsOf, type TypedIncident } from './IncidentForm.tsx'

/** Writes what has become known of an incident since. */
export default function EditIncidentPage() {
  const incidentId = usePathId('incidentId')
  const incident = useApi(openIncidentPage, { incidentId })
  return (
    <Loaded from={incident} rows={12}>
      {value => (
        <>
          <PageHeader
            title="事故の内容を変更"
            detail={value.title}
            crumbs={[
              { label: '事故', href: '/incidents' },
              { label: value.incidentNo, href: `/incidents/${value.id}` },
            ]}
          />
          <Card title="事故の内容">
            <EditForm incident={value} />
          </Card>
        </>
      )}
    </Loaded>
  )
}

function asTyped(incident: IncidentShown): TypedIncident {
  return {
    kind: incident.kind,
    title: incident.title,
    foundOn: incident.foundOn,
    facts: incident.facts ?? '',
    lossYen: incident.lossYen,
    cause: incident.cause ?? '',
    recurrencePrevention: incident.recurrencePrevention ?? '',
    owner: { value: incident.owner.id, label: incident.owner.name },
    reportDueOn: incident.reportDueOn,
    filingOn: incident.filingOn,
    court: incident.court ?? '',
    courtCaseNo: incident.courtCaseNo ?? '',
    claimDeadlineOn: incident.claimDeadlineOn,
    knownOn: incident.knownOn,
    personsAffected: incident.personsAffected,
    breachGrounds: incident.breachGrounds,
    subjects: incident.subjects.map(one => ({
      party: { value: one.partyId, label: one.name, detail: one.partyNo },
      role: one.role,
    })),
  }
}

function EditForm({ incident }: { incident: IncidentShown }) {
  const follow = useFollow()
  const back = `/incidents/${incident.id}`
  const change = useCommand(changeIncident, { onDone: () => follow(back) })
  return (
    <IncidentForm
      first={asTyped(incident)}
      kindStays
      submitLabel="変更する"
      running={change.running}
      problem={change.problem}
      onSubmit={(typed, reason) =>
        change.run({ incidentId: incident.id, rowVersion: incident.rowVersion, ...itemsOf(typed), reason })
      }
      onCancel={() => follow(back)}
    />
  )
}
