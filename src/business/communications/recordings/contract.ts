import { z } from 'zod'
import { command, id, query } from '../../../platform/http/contract.ts'
import { LARGEST_FILE_BYTES } from '../../documents/contract.ts'
import { attachedRecording, communicationRefusals } from '../contract.ts'
import { recordingKinds } from '../tables.ts'

export const uploadRecording = query({
  name: 'communications.uploadRecording',
  method: 'POST',
  path: '/api/parties/:partyId/recording-uploads',
  summary:
    'Takes the sound or the written words of a communication with a company, encrypted at once; recording the communication, or adding to it, then takes it.',
  permission: 'communications.record',
  sight: null,
  bodyLimit: Math.ceil((LARGEST_FILE_BYTES * 4) / 3) + 10_000,
  input: z.object({
    partyId: id,
    kind: z.enum(recordingKinds),
    fileName: z.string().min(1).max(255),
    contentBase64: z.base64(),
  }),
  output: z.object({ uploadId: id, mime: z.string(), sizeBytes: z.number().int() }),
  refusals: communicationRefusals,
})

export const attachRecording = command({
  name: 'communications.attachRecording',
  path: '/api/communications/:communicationId/recordings',
  summary:
    'Adds the sound or the written words to a communication, with the notice that was given and until when it is kept.',
  permission: 'communications.record',
  input: z.object({ communicationId: id, recording: attachedRecording }),
  output: z.object({ id }),
  refusals: communicationRefusals,
})

export const playRecording = query({
  name: 'communications.playRecording',
  path: '/api/communication-recordings/:recordingId/file',
  summary: 'The sound or the written words of a communication, checked against its hash; each time is noted.',
  permission: 'communications.hear',
  sight: 'download',
  input: z.object({ recordingId: id }),
  output: z.unknown(),
  refusals: communicationRefusals,
})
