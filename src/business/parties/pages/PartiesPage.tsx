import { PartyTable } from './PartyTable.tsx'

export default function PartiesPage() {
  return (
    <PartyTable
      words={{
        title: '顧客',
        detail: '債権を譲渡する利用者の台帳',
        role: 'client',
        register: '顧客を登録',
        empty: '顧客はまだ登録されていません',
      }}
    />
  )
}
