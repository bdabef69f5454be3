import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import { emptyDatabase } from './postgres-server.ts'
import { storeContract } from './store-contract.ts'

storeContract('the PostgreSQL store', async (schema) =>
  openPostgresStore({ url: await emptyDatabase(), schema, onWarning: () => undefined }),
)
