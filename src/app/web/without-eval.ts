import { config } from 'zod'

// The content security policy forbids making code from text; zod would try to at its first check.
config({ jitless: true })
