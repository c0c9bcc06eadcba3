const RATE = 8_000
const SECONDS = 2
const PITCH_HZ = 440
const HEAD_BYTES = 44

/** A short tone as a WAV file, where the demo needs a recording that can be played. */
export function toneWav(): Buffer {
  const samples = RATE * SECONDS
  const file = Buffer.alloc(HEAD_BYTES + samples)
  file.write('RIFF', 0)
  file.writeUInt32LE(HEAD_BYTES - 8 + samples, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  // One channel of eight bits.
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(RATE, 24)
  file.writeUInt32LE(RATE, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples, 40)
  for (let at = 0; at < samples; at++)
    file[HEAD_BYTES + at] = 128 + Math.round(60 * Math.sin((2 * Math.PI * PITCH_HZ * at) / RATE))
  return file
}
