import { PageHeader } from '../../../ui/index.ts'
import { AccountForm } from './AccountForm.tsx'

/** Registers an account of the own company. */
export default function RegisterOwnAccountPage() {
  return (
    <>
      <PageHeader title="自社口座の登録" crumbs={[{ label: '自社口座', href: '/own-accounts' }]} />
      <AccountForm partyId={null} home="/own-accounts" />
    </>
  )
}
