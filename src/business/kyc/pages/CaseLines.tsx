import { call } from '../../../platform/http/client.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { DateText, DateTimeText, MaskedText, type Unmasked } from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { type ElectronicCheck, type SeenDocument, unmaskDocument } from '../contract.ts'
import { electronicFields as fields } from '../fields.ts'
import { icReadLabels, livenessLabels, sideLabels } from '../labels.ts'

/** A document as it was seen: whose, its number masked, when and by whom, and the copy that was kept. */
export function DocumentLine({ document }: { document: SeenDocument }) {
  const whyNot = useWhyNot()
  const unmask = async (reason: string): Promise<Unmasked> => {
    try {
      const { number } = await call(unmaskDocument, { documentId: document.id, reason })
      return { text: number ?? '（廃棄済）' }
    } catch (error) {
      return { problem: problemOfError(error) }
    }
  }
  return (
    <>
      <span>
        {document.person ? `${document.person.name}　` : ''}
        {document.numberLast && (
          <MaskedText
            label="書類の番号"
            masked={`●●●●${document.numberLast}`}
            disabledReason={whyNot('parties.seeSensitive')}
            unmask={unmask}
          />
        )}
        {document.numberLast && '　'}
        {document.issuer ? `${document.issuer}　` : ''}
        {'確認 '}
        <DateText date={document.seenOn} />（{document.seenBy}）
        {document.issuedOn ? `　発行 ${document.issuedOn}` : ''}
        {document.expiresOn ? `　有効期限 ${document.expiresOn}` : ''}
        {document.side ? `　${sideLabels[document.side]}` : ''}
        {document.masked ? '　塗りつぶし済' : ''}
      </span>
      {document.documentId && <EvidenceList ids={[document.documentId]} />}
    </>
  )
}

const percent = (ppm: number) => `${(ppm / 10_000).toFixed(1)}%`
const verdict = (value: boolean) => (value ? '有効・一致' : '無効・不一致')

/** What one electronic check said, in the order of the parts. */
export function ElectronicLine({ check }: { check: ElectronicCheck }) {
  const parts = [
    check.icReadResult && `${fields.icReadResult.label.ja} ${icReadLabels[check.icReadResult]}`,
    check.signatureValid !== null && `${fields.signatureValid.label.ja} ${verdict(check.signatureValid)}`,
    check.faceMatchScore !== null &&
      `${fields.faceMatchScore.label.ja} ${percent(check.faceMatchScore)}（基準 ${percent(check.faceThresholdPpm ?? 0)}以上）`,
    check.liveness && `${fields.liveness.label.ja} ${livenessLabels[check.liveness]}`,
    check.bankConfirmed !== null && `${fields.bankConfirmed.label.ja} ${verdict(check.bankConfirmed)}`,
  ].filter(part => typeof part === 'string')
  return (
    <>
      <span>
        {check.person ? `${check.person.name}　` : ''}
        {parts.join('　')}
        {check.revocationCheckedAt && (
          <>
            {parts.length > 0 ? '　' : ''}失効確認 <DateTimeText at={check.revocationCheckedAt} />
          </>
        )}
        {'　確認 '}
        <DateText date={check.checkedOn} />（{check.recordedBy}）{check.provider ? `　${check.provider}` : ''}
        {check.counts ? '' : '　（やり直し前の記録）'}
      </span>
      {check.evidence.length > 0 && <EvidenceList ids={check.evidence} />}
    </>
  )
}
