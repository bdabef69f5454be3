import { loadUnderstanding } from '../../adapters/files/lore.ts'

/** `train`: the model for the corpus as it is now, kept in dist/ so that no start has to wait for it. */
export async function train(root: string): Promise<void> {
  await loadUnderstanding(root)
}
