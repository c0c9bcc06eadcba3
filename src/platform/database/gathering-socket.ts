import { Socket } from 'node:net'

/**
 * A socket which sends what is written within one turn of the program as one packet, so that statements which are asked together leave
 * together. Each packet costs a call of the system and wakes the database.
 */
export class GatheringSocket extends Socket {
  #isGathering = false

  // biome-ignore lint/suspicious/noExplicitAny: the three ways of calling it, handed on as they came.
  override write(...written: any[]): boolean {
    this.#gather()
    return super.write(...(written as [Buffer]))
  }

  override uncork(): void {
    this.#gather()
    super.uncork()
  }

  #gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    super.cork()
    process.nextTick(() => {
      this.#isGathering = false
      super.uncork()
    })
  }
}
