/** As people say it: 通知12. @param notice its id: N12 */
export function numberOf({ id }: { readonly id: string }): string {
  return id.slice(1)
}
