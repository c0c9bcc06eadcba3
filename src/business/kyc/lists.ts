import { listExport } from '../../platform/list-export.ts'
import { listDue } from './contract.ts'
import { ratingLabels, reviewStateLabels } from './labels.ts'

export const lists = [
  listExport('kyc.due', '本人確認の期限', listDue, [
    { key: 'legalName', title: '顧客', value: row => row.legalName },
    { key: 'partyNo', title: '番号', value: row => row.partyNo },
    { key: 'owner', title: '担当者', value: row => row.owner },
    { key: 'rating', title: 'リスク評価', value: row => row.riskRating && ratingLabels[row.riskRating] },
    { key: 'state', title: '状態', value: row => reviewStateLabels[row.reviewState] },
    { key: 'nextReviewOn', title: '次回期限', kind: 'date', value: row => row.nextReviewOn },
    { key: 'exceptionUntil', title: '例外の期限', kind: 'date', value: row => row.exceptionUntil },
    { key: 'working', title: '確認中', value: row => (row.working ? '確認中' : '') },
  ]),
]
