// What the parent image must be told at its start, and what has to be done last to a machine that becomes an image.

/** Opens WinRM over HTTPS with a certificate of its own; Basic over HTTP stays closed. */
export const WINRM = `<powershell>
$certificate = New-SelfSignedCertificate -CertStoreLocation Cert:\\LocalMachine\\My -DnsName packer
Enable-PSRemoting -Force -SkipNetworkProfileCheck
Get-ChildItem WSMan:\\localhost\\Listener | Where-Object { $_.Keys -contains 'Transport=HTTP' } | Remove-Item -Recurse
New-Item WSMan:\\localhost\\Listener -Address * -Transport HTTPS -CertificateThumbPrint $certificate.Thumbprint -Force
Set-Item WSMan:\\localhost\\Service\\Auth\\Basic $true
New-NetFirewallRule -DisplayName 'WinRM for Packer' -Direction Inbound -LocalPort 5986 -Protocol TCP -Action Allow
Restart-Service winrm
</powershell>
`;

export const SYSPREP_AMAZON = {
  title: 'Generalizes Windows by EC2Launch, and stops the instance.',
  notes: 'Image Builder does this by itself; here it comes last. It is EC2Launch v2: older Windows Server has scripts of EC2Launch v1 in its place.',
  script: [
    "$ErrorActionPreference = 'Stop'",
    "& 'C:\\Program Files\\Amazon\\EC2Launch\\EC2Launch.exe' reset --block",
    "& 'C:\\Program Files\\Amazon\\EC2Launch\\EC2Launch.exe' sysprep --shutdown --block",
    'exit 0',
  ].join('\n'),
};

export const SYSPREP_COMMAND = 'C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /shutdown /quiet';

export const SYSPREP_AZURE = {
  title: 'Generalizes Windows.',
  notes: 'The last that is done to the machine: Azure makes an image only of what is generalized.',
  script: [
    '& "$env:SystemRoot\\System32\\Sysprep\\Sysprep.exe" /oobe /generalize /quiet /quit /mode:vm',
    'while ($true) {',
    "  $state = (Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State').ImageState",
    "  if ($state -eq 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { exit 0 }",
    '  Start-Sleep -Seconds 10',
    '}',
  ].join('\n'),
};

export const WAAGENT = {
  title: 'Removes the user and the traces of the build machine.',
  notes: 'The last that is done to the machine: Azure makes an image only of what is deprovisioned.',
  script: 'set -eu\nwaagent -force -deprovision+user\nsync',
};
