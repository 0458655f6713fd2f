# A script of a user, for PowerShellScript.file.
param([string]$Name = 'nobody')
"Hello, $Name"
