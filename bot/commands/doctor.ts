import { type Config, ConfigError, loadConfig } from '../config.ts'
import { checkData } from './doctor-data.ts'
import { checkDesk } from './doctor-desk.ts'
import { checkFiles, checkRegion } from './doctor-files.ts'
import { checkForwarding } from './doctor-forwarding.ts'
import { checkHttp } from './doctor-http.ts'
import { checkKnowledgeInUse } from './doctor-knowledge.ts'
import { checkModel, checkPuppet } from './doctor-links.ts'
import { checkLearnedModel } from './doctor-models.ts'
import { checkDrawing } from './doctor-reports.ts'
import { bad, type Finding, good } from './finding.ts'

/** `linli doctor`: is this installation well, and if not, what to do. One line a check. */
export interface DoctorOptions {
  readonly root: string
  print(line: string): void
}

const marks = { good: '✓', bad: '✗', note: '–' } as const

/** @returns the exit status: 1 when something is wrong */
export async function doctor({ root, print }: DoctorOptions): Promise<number> {
  let status = 0
  for await (const finding of findings(root)) {
    print(`${marks[finding.state]} ${finding.text}`)
    if (finding.remedy !== undefined) print(`    ${finding.remedy}`)
    if (finding.state === 'bad') status = 1
  }
  return status
}

async function* findings(root: string): AsyncGenerator<Finding> {
  yield checkNode(process.versions.node)
  const config = readable(root)
  if (config instanceof ConfigError) {
    for (const fault of config.faults)
      yield bad(`configuration: ${fault}`, 'mend it in .env or the environment')
  } else {
    yield good(
      `configuration: puppet ${config.puppet.kind}, data in ${config.dataFolder}${config.database ? ', documents in PostgreSQL' : ''}`,
    )
    const { region } = config.settings
    if (region !== undefined) yield await checkRegion(root, region)
    yield* checkData(root, config)
    yield await checkKnowledgeInUse(root, config.dataFolder)
  }
  yield* checkFiles(root, config instanceof ConfigError ? undefined : config.dataFolder)
  if (config instanceof ConfigError) return
  yield await checkLearnedModel(root, config.dataFolder)
  yield* checkDesk(root, config)
  yield* checkForwarding(root, config)
  yield* checkHttp(root, config)
  yield await checkDrawing()
  yield* checkPuppet(root, config)
  yield await checkModel(config)
}

function readable(root: string): Config | ConfigError {
  try {
    return loadConfig(root)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

/** What package.json asks for: require() of ES modules came to 20 with 20.19. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  if (!fits)
    return bad(`Node ${version}: 20.19 or later is needed`, 'install Node 20.19, 22 or 24 from nodejs.org')
  return good(`Node ${version}`)
}
