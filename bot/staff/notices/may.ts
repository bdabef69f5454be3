import { RefusedError } from '../../doors/command.ts'

/** Whether the door would let it pass. */
export async function isAllowed(check: Promise<void>): Promise<boolean> {
  try {
    await check
    return true
  } catch (error) {
    if (error instanceof RefusedError) return false
    throw error
  }
}
