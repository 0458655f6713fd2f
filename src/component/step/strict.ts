/** What a script of PowerShell begins with: the first error ends it; progress bars slow it down. */
export const STRICT = ["$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'"];
