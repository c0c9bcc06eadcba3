import { ListShell } from '../../../ui/index.ts'
import { ContractTable } from './ContractTable.tsx'

export default function ContractsPage() {
  return (
    <ListShell header={{ title: '契約', detail: '顧客との契約と、その条件・締結の状況' }}>
      <ContractTable />
    </ListShell>
  )
}
