/** What failed, for the person at the terminal: what was expected, what came, what to do. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error.message
  const where =
    path ?? (syscall === 'read' || syscall === 'write' ? `a file could not be ${past[syscall]}` : syscall)
  return systemFault(code, where, syscall) ?? error.message
}

/** Of the operating system's own errors, those that somebody can mend. */
function systemFault(code: string, where: string, syscall: string): string | undefined {
  switch (code) {
    case 'ENOENT':
      return syscall === 'mkdir'
        ? `${where}: expected a place where a folder can be made, but nothing can be made there: name another folder`
        : `${where}: expected a file or folder, but nothing is there: correct the path`
    case 'EISDIR':
      return `${where}: expected a file, but it is a folder: name a file in it`
    case 'ENOTDIR':
      return `${where}: expected a folder, but a file is in the way: correct the path`
    case 'EACCES':
    case 'EPERM':
      return `${where}: this account may not ${wordFor(syscall)} it: give it the right, or name another place`
    case 'EROFS':
      return `${where}: expected a folder that can be written, but the file system is read-only: mount it writable, or name another folder (LINLI_DATA, --data)`
    case 'ENOSPC':
    case 'EDQUOT':
      return `${where}: the disk is full, nothing can be kept: free space, or name a folder on another disk (LINLI_DATA, --data)`
    case 'EMFILE':
    case 'ENFILE':
      return `${where}: too many files are open: raise the limit (ulimit -n) and try again`
    default:
      return undefined
  }
}

function wordFor(syscall: string): string {
  return syscall === 'mkdir' ? 'make' : syscall === 'open' || syscall === 'access' ? 'open' : 'use'
}

const past = { read: 'read', write: 'written' } as const
