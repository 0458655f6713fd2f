import { entry } from './entry';
import type { Component } from '../component/component';
import { scriptStep } from '../component/windows/windows-step';

/**
 * Names AppX packages over which Sysprep would stumble: it refuses to generalize where one is installed for a user and not provisioned for all
 * ("Sysprep fails after you remove or update Microsoft Store apps", Microsoft support), an hour later and in a log on an instance that is gone
 * (actions/runner-images#14499, microsoft/winget-cli#5599). The last component of every Windows image that Sysprep generalizes. Packages that are
 * only staged stop no Sysprep (assumption: appx-staged-only); Windows without AppX has none.
 */
export const sysprepReady = (): Component => entry('sysprep-ready', {
  description: 'Checks that no AppX package stops Sysprep',
  validateSteps: [scriptStep('SysprepReady', () => [
    'if (-not (Get-Command -Name Get-AppxPackage -ErrorAction SilentlyContinue)) { exit 0 }',
    '$provisioned = @(Get-AppxProvisionedPackage -Online | ForEach-Object { $_.DisplayName })',
    'function Test-Installed($package) {',
    '  $states = @($package.PackageUserInformation | ForEach-Object { "$($_.InstallState)" })',
    "  return $states -notcontains 'Staged' -or $states -contains 'Installed'",
    '}',
    '$single = @(Get-AppxPackage -AllUsers | Where-Object {',
    "  -not $_.IsFramework -and -not $_.NonRemovable -and \"$($_.SignatureKind)\" -ne 'System' -and $provisioned -notcontains $_.Name -and (Test-Installed $_)",
    '})',
    "if ($single.Count -gt 0) { throw ('Sysprep would fail, installed for single users: {0}; remove them by Remove-AppxPackage -AllUsers, or provision them' -f ($single.PackageFullName -join ', ')) }",
  ])],
});
