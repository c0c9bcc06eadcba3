import { usePathId } from '../../../platform/web/url.ts'
import { PartyFormHeader } from '../../parties/web.tsx'
import { AccountForm } from './AccountForm.tsx'

/** Registers an account, or asks to replace the one in force; then a second person decides. */
export default function RegisterAccountPage() {
  const partyId = usePathId('partyId')
  return (
    <>
      <PartyFormHeader title="口座の登録・変更" partyId={partyId} tab="accounts" tabLabel="口座" />
      <AccountForm partyId={partyId} home={`/parties/${partyId}?tab=accounts`} />
    </>
  )
}
