import { powershellQuoted } from '../step/quoting';

/** Lines of PowerShell that fail where a file has no valid Authenticode signature. */
export const checkSignature = (path: string): string[] => [
  `$signature = Get-AuthenticodeSignature -LiteralPath ${powershellQuoted(path)}`,
  "if ($signature.Status -ne 'Valid') { throw ('the signature of {0} is not valid: {1}' -f $signature.Path, $signature.StatusMessage) }",
];
