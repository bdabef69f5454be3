/** These install Debian packages and take minutes, so they run when asked for, and say so when they do not. */
export function wanted(): boolean {
  if (process.env['REDMINE'] === '1') return true
  console.warn(
    'NOT RUN: the tests against a real Redmine. Run them with: REDMINE=1 npx vitest run tests/redmine',
  )
  return false
}
