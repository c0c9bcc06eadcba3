/** What a paper counts as once a token is filed with it. */
export const authenticityOf = { sender: 'timestamped_by_sender', ours: 'timestamped' } as const
