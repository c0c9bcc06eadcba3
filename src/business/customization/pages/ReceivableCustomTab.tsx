import { CustomCard } from './CustomTab.tsx'

/** The company's own fields as a tab of a claim. */
export default function ReceivableCustomTab({ recordId }: { recordId: string }) {
  return <CustomCard kind="receivable" recordId={recordId} />
}
