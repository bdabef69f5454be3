#!/usr/bin/env node
import { runCommandLine } from './commands/command-line.ts'

process.exitCode = await runCommandLine(process.argv)
// Wechaty's timers may outlive a link that broke; what is still being printed has its time
setTimeout(() => process.exit(), 3_000).unref()
