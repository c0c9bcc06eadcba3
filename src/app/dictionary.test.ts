import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../platform/config.ts'
import { MasterKey } from '../platform/crypto/master-key.ts'
import { createProgram } from './program.ts'
import { slices } from './slices.ts'

/**
 * Items of the data dictionary, by group, and where the API takes them (a command) or shows them (a query): a list of names and nothing
 * else, so that an item which falls out of its contract is noticed.
 */
const DICTIONARY: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '3 KYC': {
    'kyc.kycOfParty': [
      ...[
        'trigger',
        'methodCode',
        'letter',
        'purpose',
        'businessContent',
        'riskRating',
        'ratingFactors',
        'mail',
        'tracking',
      ],
      ...[
        'assetIncomeChecked',
        'completedOn',
        'completedBy',
        'approvedBy',
        'nextReviewOn',
        'reviewState',
        'exceptionUntil',
      ],
      ...['documents', 'issuer', 'numberLast', 'issuedOn', 'expiresOn', 'seenOn', 'seenBy', 'side', 'masked'],
      ...['documentId', 'regime', 'expectedYen', 'recordCreatedAt', 'exceptionRequestId', 'retentionUntil'],
      ...['electronicChecks', 'icReadResult', 'signatureValid', 'revocationCheckedAt'],
      ...['faceMatchScore', 'faceThresholdPpm', 'liveness', 'bankConfirmed'],
      ...['purposeCode', 'purposeLabel', 'purposesOffered'],
    ],
  },
  '4 screening': {
    'screening.openCase': [
      ...[
        'subjectKind',
        'searched',
        'scope',
        'lists',
        'listId',
        'versionNo',
        'searchedAt',
        'hitList',
        'matchedName',
      ],
      ...[
        'scoreThousandths',
        'reasons',
        'judgement',
        'judgementReason',
        'judgedBy',
        'judgedAt',
        'state',
        'decidedBy',
      ],
      ...['confirmedBy', 'conditions', 'conditionsUntil', 'nextDueOn', 'entryId'],
    ],
    'screening.watchLists': ['listId', 'versionNo', 'publishedOn', 'sha256', 'rows'],
    'screening.mediaSearchesOfParty': [
      ...[
        'scope',
        'provider',
        'queryId',
        'queryText',
        'keywordSetVersion',
        'searchedAt',
        'resultCount',
        'url',
      ],
      ...['evidence', 'evidenceHash', 'judgement', 'verdict', 'confirmedBy', 'conditions', 'conditionsUntil'],
      'nextDueOn',
      ...['needed', 'rule'],
    ],
    'screening.coverage': ['news', 'needed', 'overdue', 'never'],
  },
  '5 credit': {
    'credit.limitsOfParty': [
      ...[
        'limitNo',
        'limitKind',
        'subject',
        'secondSubject',
        'term',
        'state',
        'limitYen',
        'limitPpm',
        'inForceFrom',
      ],
      ...[
        'inForceTo',
        'reviewDueOn',
        'assessedOn',
        'requestedBy',
        'approvedBy',
        'authorityLevel',
        'exposureYen',
      ],
      ...['committedYen', 'exceededYen', 'breaches', 'amountYen', 'cause', 'acceptedUntil'],
    ],
    'assessment.creditFileOfParty': [
      ...[
        'reviewNo',
        'subjectRole',
        'assessedOn',
        'assessedBy',
        'outcome',
        'recommendedYen',
        'basis',
        'source',
        'evidence',
      ],
      ...[
        'score',
        'scoreScale',
        'scoreDate',
        'components',
        'modelVersion',
        'inputsHash',
        'reasonCodes',
        'overrides',
      ],
      ...[
        'overrideReason',
        'provider',
        'reportDate',
        'rating',
        'bankruptcyForecast',
        'collateralKind',
        'description',
      ],
      ...[
        'valueYen',
        'ltvPpm',
        'registeredNo',
        'expiresOn',
        'guarantor',
        'guaranteeKind',
        'guaranteeCapYen',
        'notarisedOn',
      ],
      ...['watch', 'reason', 'since'],
    ],
    'credit.overridesOfDeal': [
      'limitKind',
      'sentence',
      'neededYen',
      'mayOverride',
      'why',
      'beyondYen',
      'usedYen',
      'until',
    ],
    'credit.headroomOfDeal': ['headroomYen', 'binding', 'rule', 'sentence'],
  },
  '6 accounts': {
    'accounts.accountsOfParty': [
      ...['usage', 'bankCode', 'branchCode', 'bankName', 'branchName', 'accountType', 'accountNoLast'],
      ...['yuchoSymbol', 'yuchoNumber', 'holderKana', 'holderName', 'holderMatch', 'verification'],
      ...['verificationResult', 'verifiedOn', 'depositTest', 'verifiedBy', 'approvedBy', 'coolingUntil'],
      ...['callbackRequired', 'callbacks', 'calledAt', 'calledBy', 'numberOf', 'virtualOf', 'releasedOn'],
    ],
    'accounts.virtualAccounts': ['virtualOf', 'releasedOn', 'reusableFrom'],
  },
  '7 contracts': {
    'contracts.openContract': [
      ...[
        'contractNo',
        'contractKind',
        'transactionKind',
        'legalKind',
        'collectionRoute',
        'receivableKinds',
        'feePpm',
        'feeBase',
      ],
      ...[
        'feeMethod',
        'feeMinimumYen',
        'advancePpm',
        'charges',
        'paymentTerm',
        'remitRule',
        'graceDays',
        'lateRatePpm',
        'dayCount',
      ],
      ...[
        'applicationOrder',
        'penalties',
        'recourse',
        'antisocialClause',
        'privacyNoticeVersion',
        'eDeliveryConsent',
        'signedOn',
      ],
      ...['effectiveOn', 'endsOn', 'signMethod', 'terminationReason', 'terminatedOn'],
    ],
    'contracts.openSigning': [
      ...[
        'signer',
        'signProvider',
        'envelopeNo',
        'signatureValid',
        'stampDutyYen',
        'stampCancelled',
        'renewal',
        'noticeDays',
      ],
      'antisocialClauseVersion',
    ],
    'contracts.listContracts': ['renewal', 'noticeDays', 'stampDutyYen', 'signatureValid'],
  },
  '8 factoring': {
    'applications.openOne': [
      ...[
        'applicationNo',
        'client',
        'channel',
        'submittedAt',
        'form',
        'campaign',
        'broker',
        'requestedYen',
        'neededBy',
        'checklist',
      ],
      ...['previousFactor', 'decidedAt', 'decisionReason', 'quotes', 'pausedMinutes'],
    ],
    'applications.openPanel': [
      ...[
        'funder',
        'consentId',
        'shared',
        'sentAt',
        'sentBy',
        'state',
        'purchasedYen',
        'feeYen',
        'reserveYen',
        'netYen',
      ],
      ...['expiresAt', 'declineReason', 'acceptedOn', 'most'],
      ...['lines', 'eligibleYen', 'advanceYen'],
    ],
    'receivables.openReceivable': [
      ...[
        'receivableNo',
        'debtorId',
        'receivableKind',
        'invoiceNo',
        'lineNo',
        'issuedOn',
        'dueOn',
        'payableOn',
        'faceYen',
      ],
      ...[
        'deductionsYen',
        'eligibleYen',
        'purchasedYen',
        'advanceYen',
        'reserveYen',
        'feeYen',
        'assignmentRestriction',
        'setOffRisk',
      ],
      ...['evidence', 'perfection', 'notices', 'deliveredOn', 'returnedOn', 'postNo', 'checks', 'state'],
      ...['department', 'byAssignor', 'fixedDateKind', 'fixedOn', 'deliveredTo', 'deliveredTime', 'currency'],
      ...[
        'registration',
        'registrationNo',
        'registeredAt',
        'claimTypeCode',
        'claimTypeLabel',
        'claimNature',
        'certificateId',
        'transactionRecordUntil',
      ],
    ],
    'receivables.openParticulars': [
      ...[
        'transactionFrom',
        'transactionTo',
        'acceptedOn',
        'receivedOn',
        'issuerRegNo',
        'taxes',
        'toritekiFlag',
        'toritekiLimitOn',
      ],
      ...['disputeYen', 'limitationOn', 'limitationEvents'],
    ],
    'receivables.listReceivables': ['acceptedOn', 'receivedOn', 'issuerRegNo', 'toritekiFlag', 'disputeYen'],
  },
  '9 payments': {
    'payments.openPayment': ['transactionRecordUntil', 'receivedOn', 'amountYen', 'payerKana'],
    'payouts.openPayout': ['transactionRecordUntil', 'confirmedOn', 'batchNo'],
  },
  '10 communications': {
    'communications.open': [
      ...[
        'channel',
        'direction',
        'occurredAt',
        'durationS',
        'person',
        'related',
        'subject',
        'body',
        'summary',
      ],
      ...['agreedPoints', 'category', 'subCategory', 'priority', 'promise', 'disclosureScope', 'policyCheck'],
      ...['recordings', 'consentGiven', 'consentHow', 'retainUntil'],
    ],
    'letters.listLetters': [
      ...['template', 'version', 'approvedBy', 'previewHash', 'sentAt', 'sentBy'],
      ...['printedAt', 'printedBy', 'mailedAt', 'messageId', 'fault', 'nextTryAt'],
    ],
  },
  '11 documents': {
    'documents.openDocument': [
      ...[
        'docNo',
        'docKind',
        'versions',
        'versionNo',
        'fileName',
        'mime',
        'sizeBytes',
        'transactionDate',
        'amountYen',
      ],
      ...[
        'counterparty',
        'counterpartyParty',
        'receivedVia',
        'receivedOn',
        'electronic',
        'authenticity',
        'timestampAt',
      ],
      ...[
        'expiresOn',
        'validOn',
        'textVersion',
        'confidentiality',
        'links',
        'retentionUntil',
        'legalHold',
        'corrected',
      ],
      ...[
        'correction',
        'strike',
        'hold',
        'readings',
        'field',
        'value',
        'confidencePpm',
        'confirmedBy',
        'quarantine',
      ],
    ],
    'documents.proposeCounterparties': ['id', 'name', 'sameName'],
    'documents.listDocuments': ['receivedVia', 'receivedOn', 'validOn', 'corrected', 'struck', 'legalHold'],
  },
  '12 change requests': {
    'lists.openExport': ['rowCount', 'approvedBy', 'fileHash', 'note'],
    'approvals.openChangeRequest': [
      ...[
        'changeNo',
        'objectKind',
        'objectId',
        'command',
        'items',
        'field',
        'old',
        'new',
        'reasonCode',
        'reasonText',
      ],
      ...['evidence', 'requestedBy', 'decidedBy', 'decidedAt', 'state', 'moved', 'impact'],
      ...['contractVersion', 'readSet', 'appliedAt', 'timesAsked', 'expiresAt'],
    ],
    'audit.listEvents': ['at', 'actor', 'verb', 'subjects', 'before', 'after', 'reason', 'sealedIn'],
    'audit.openEvent': [
      ...[
        'at',
        'actor',
        'actorRoles',
        'ip',
        'requestId',
        'verb',
        'subjects',
        'before',
        'after',
        'reason',
        'evidence',
      ],
      ...['canonicalText', 'contentHash', 'hashAgrees', 'approvedBy', 'requestedBy', 'changeRequestId'],
      ...['leaf', 'block', 'position', 'merkleRoot', 'leafCount', 'previousRoot', 'sealedAt', 'signature'],
    ],
    'audit.listBlocks': ['block', 'merkleRoot', 'leafCount', 'previousRoot', 'root', 'sealedAt', 'signature'],
    'audit.listViews': ['at', 'actor', 'ip', 'kind', 'query', 'shown', 'reason'],
    'audit.openView': [
      ...[
        'at',
        'actor',
        'ip',
        'kind',
        'query',
        'asked',
        'ids',
        'reason',
        'canonicalText',
        'contentHash',
        'leaf',
      ],
    ],
    'audit.whoSaw': ['at', 'actor', 'ip', 'kind', 'query', 'shown', 'reason'],
    'lists.listExports': ['scope', 'columns', 'conditions', 'rowCount', 'purpose', 'approvedBy', 'fileHash'],
    'resolution.identityOfParty': [
      ...['identityId', 'mergeNo', 'members', 'fieldChoices', 'limitChoices', 'undoneAt', 'unmergedBy'],
    ],
    'tasks.impactsOfRequest': ['impact', 'outcome', 'sentence', 'task'],
  },
  '13 alerts, approvals and tasks': {
    'alerts.listAlerts': [
      ...[
        'alertNo',
        'kind',
        'severity',
        'subject',
        'ruleCode',
        'raisedAt',
        'owner',
        'dueOn',
        'state',
        'snoozedUntil',
      ],
      ...['snoozedReason', 'outcome', 'resolvedBy', 'resolvedAt'],
    ],
    'approvals.openChangeRequest': [
      'approvedSoFar',
      'waitsForRole',
      'amountYen',
      'deciders',
      'decisionComment',
    ],
    'tasks.openTask': [
      ...[
        'taskNo',
        'kind',
        'subject',
        'origin',
        'title',
        'owner',
        'dueOn',
        'state',
        'outcome',
        'doneBy',
        'doneAt',
      ],
      'handedOverFrom',
    ],
    'tasks.listTasks': [
      'taskNo',
      'title',
      'dueOn',
      'isOverdue',
      'state',
      'owner',
      'ownerRole',
      'handedOverFrom',
    ],
  },
}

const program = createProgram({
  databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
  config: readConfig({ DAICHO_DATA: tmpdir(), DAICHO_LOG: 'silent' }, 'demo'),
  master: new MasterKey(randomBytes(32)),
})
afterAll(() => program.close())
const contracts = new Map(
  slices.flatMap(slice => slice.routes(program).map(({ contract }) => [contract.name, contract] as const)),
)

/** Every property name of a JSON schema, at any depth. */
function namesIn(schema: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const one of schema) namesIn(one, found)
  else if (schema !== null && typeof schema === 'object')
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) found.add(name)
      namesIn(value, found)
    }
  return found
}

describe.each(Object.entries(DICTIONARY))('group %s of the data dictionary', (_, shown) => {
  it.each(Object.entries(shown))('%s shows its items', (name, items) => {
    const contract = contracts.get(name)
    expect(contract, name).toBeDefined()
    const names = namesIn(z.toJSONSchema(contract!.output as z.ZodType, { unrepresentable: 'any' }))
    expect(items.filter(item => !names.has(item))).toEqual([])
  })
})
