import { runDocumentOn } from './machine';
import type { PowerShell } from './pwsh';
import { server2025, type Package } from './world';
import { sysprepReady } from '../../src/catalog/sysprep-ready';
import { Component } from '../../src/component';
import { documentOf } from '../catalog/windows-support';

const PROVISIONED: Package = { Name: 'Microsoft.Photos', PackageFullName: 'Microsoft.Photos_1', Provisioned: true, States: ['Installed'] };
const APP = { Name: 'Contoso.App', PackageFullName: 'Contoso.App_2' };

export const sysprepChecks = (powershell: () => PowerShell): void => describe('what Sysprep needs', () => {
  const document = documentOf(Component.named('sysprep', sysprepReady()));
  const validate = (...Packages: Package[]) => runDocumentOn(powershell(), { ...server2025(), Packages }, document, ['validate']);

  test.each<[string, Package[]]>([
    ['nothing', []], ['what is provisioned for all', [PROVISIONED]], ['what is only staged', [{ ...APP, States: ['Staged', 'Staged'] }]],
    ['a framework', [{ ...APP, IsFramework: true, States: ['Installed'] }]], ['a package of Windows', [{ ...APP, SignatureKind: 'System', States: ['Installed'] }]],
  ])('%s is no obstacle', async (_, packages) => {
    const { status, lines } = await validate(...packages);
    expect([status, status === 'Success' ? [] : lines]).toEqual(['Success', []]);
  });

  test.each<[string, Package]>([
    ['for one user', { ...APP, States: ['Installed'] }], ['for one of two', { ...APP, States: ['Staged', 'Installed'] }], ['for whom is not said', APP],
  ])('a package that is installed %s is named before Sysprep stumbles over it', async (_, single) => {
    const { status, lines } = await validate(PROVISIONED, single);
    expect([status, lines.some((line) => line.includes('Sysprep would fail') && line.includes('Contoso.App_2') && !line.includes('Photos'))]).toEqual(['Failed', true]);
  });
});
