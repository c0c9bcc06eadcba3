/** The password of every login of the demo, shown on its sign-in page; the demo listens on this machine only. */
export const DEMO_PASSWORD = 'taikenban-2026'
