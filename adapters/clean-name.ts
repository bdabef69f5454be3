const MOST_CHARACTERS = 60

/**
 * A name to show, with the ending of what it is. Invisible characters go (a mark that turns the direction of writing makes
 * 通知fdp.exe look like 通知exe.pdf), and whatever some system takes for a part of a path.
 *
 * @param extension without the dot
 */
export function cleanName(name: string, extension: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
  const stem = withoutEnding(plain, extension).replace(/^[.\s]+|[.\s]+$/gu, '')
  const short = [...stem].slice(0, MOST_CHARACTERS).join('').trim()
  return `${short === '' ? '附件' : short}.${extension}`
}

const sameEnding: Readonly<Record<string, RegExp>> = { jpg: /\.jpe?g\s*$/iu }

function withoutEnding(name: string, extension: string): string {
  return name.replace(sameEnding[extension] ?? new RegExp(`\\.${extension}\\s*$`, 'iu'), '')
}
