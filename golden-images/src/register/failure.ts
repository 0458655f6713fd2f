/** Why a command did not reach its stack, or what the stack answered; the text is for who gave the command. */
export class CommandFailure extends Error {}

/** Why nothing was answered. */
export function explained({ name, message, cause }: Error): string {
  if (name === 'CredentialsProviderError') return `there are no AWS credentials: ${message}`;
  if (/Region is missing/.test(message)) return 'no region is set: give --region, or set AWS_REGION';
  return `${message}${cause instanceof Error ? ` (${cause.message})` : ''}`;
}
