import { Duration } from 'aws-cdk-lib';
import {
  ChecksumAlgorithm,
  Component,
  Condition,
  ConditionOutcome,
  ExecuteModule,
  FileEncoding,
  FileModule,
  InstallModule,
  Loop,
  MsiReboot,
  OnFailure,
  RegistryType,
  Step,
  SystemModule,
  TransferModule,
} from 'cdk-golden-images';

/** Every action module of the document format that runs on Linux, every condition, loop and setting of a step. */
export const linuxModules = (): Component[] => [execution(), fileModules(), transfer(), conditions(), settings()];

/** Those that run on Windows only. */
export const windowsModules = (): Component[] => [
  Component.fromSteps('windows-modules', {
    buildSteps: [
      ExecuteModule.powershell('Write-Output hello'),
      ExecuteModule.powershellFile('C:\\script.ps1'),
      ...Object.values(MsiReboot).map((reboot) =>
        InstallModule.msi({
          path: 'C:\\agent.msi',
          reboot,
          logOptions: '*VX',
          logFile: 'C:\\agent.log',
          properties: { ALLUSERS: '1' },
          ignoreAuthenticodeSignatureErrors: true,
          allowUnsignedInstaller: true,
        }),
      ),
      InstallModule.uninstallMsi({ path: 'C:\\agent.msi' }),
      InstallModule.registry(
        ...Object.values(RegistryType).map((type) => ({
          path: 'HKLM:\\SOFTWARE\\App',
          name: type,
          value: '1',
          type,
        })),
      ),
    ],
  }),
];

const execution = (): Component =>
  Component.fromSteps('execution', {
    buildSteps: [
      ExecuteModule.bash('echo hello'),
      ExecuteModule.binary({ path: '/usr/bin/env', arguments: ['true'] }),
      ExecuteModule.document({
        document: 's3://documents.example/a.yaml',
        bucketOwner: '111122223333',
        phases: ['build'],
        parameters: { Colour: 'blue' },
      }),
      ExecuteModule.assertThat(Condition.fileExists('/etc/passwd')),
      SystemModule.updateOs({ include: ['kernel*'], exclude: ['docker*'] }),
      SystemModule.reboot(Duration.seconds(30)),
    ],
  });

const fileModules = (): Component =>
  Component.fromSteps('file-modules', {
    buildSteps: [
      FileModule.createFolder({ path: '/srv/a', owner: 'root', group: 'root', permissions: '0755', overwrite: true }),
      FileModule.createFile({
        path: '/srv/a/b',
        content: 'text',
        encoding: FileEncoding.UTF_8,
        owner: 'root',
        group: 'root',
        permissions: '0644',
        overwrite: true,
      }),
      ...Object.values(FileEncoding).map((encoding) => FileModule.fileEncoding({ path: '/srv/a/b', encoding })),
      FileModule.appendFile({ path: '/srv/a/b', content: 'more', encoding: FileEncoding.UTF_8 }),
      FileModule.copyFile({ source: '/srv/a/b', destination: '/srv/a/c', overwrite: true }),
      FileModule.copyFolder({ source: '/srv/a', destination: '/srv/d', overwrite: true }),
      FileModule.createSymlink({ path: '/srv/e', target: '/srv/a', force: true }),
      FileModule.listFiles({ path: '/srv/a', fileNamePattern: '*', recursive: true }),
      FileModule.readFile({ path: '/srv/a/b', encoding: FileEncoding.UTF_8, printFileContent: true }),
      FileModule.fileOwner({ path: '/srv/a/b', owner: 'root', group: 'root' }),
      FileModule.folderOwner({ path: '/srv/a', owner: 'root', group: 'root', recursive: true }),
      FileModule.filePermissions({ path: '/srv/a/b', permissions: '0600' }),
      FileModule.folderPermissions({ path: '/srv/a', permissions: '0700', recursive: true }),
      FileModule.moveFile({ source: '/srv/a/c', destination: '/srv/a/f', overwrite: true }),
      FileModule.moveFolder({ source: '/srv/d', destination: '/srv/g', overwrite: true }),
      FileModule.deleteFile({ path: '/srv/a/f' }),
      FileModule.deleteFolder({ path: '/srv/g', force: true }),
    ],
  });

const DIGITS: Record<ChecksumAlgorithm, number> = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 };

const transfer = (): Component =>
  Component.fromSteps('transfer', {
    buildSteps: [
      TransferModule.s3Download({
        source: 's3://shelf.example/a',
        destination: '/srv/a',
        expectedBucketOwner: '111122223333',
        overwrite: true,
      }),
      TransferModule.s3Upload({
        source: '/srv/a/*',
        destination: 's3://shelf.example/b',
        recurse: true,
        expectedBucketOwner: '111122223333',
      }),
      TransferModule.webDownload(
        ...Object.values(ChecksumAlgorithm).map((algorithm) => ({
          source: 'https://example.com/a',
          destination: `/srv/${algorithm}`,
          checksum: 'a'.repeat(DIGITS[algorithm]),
          algorithm,
          overwrite: true,
          ignoreCertificateErrors: false,
        })),
      ),
    ],
  });

const conditions = (): Component =>
  Component.fromSteps('conditions', {
    buildSteps: [
      Step.assertThat(
        Condition.allOf(
          Condition.anyOf(Condition.binaryExists('bash'), Condition.folderExists('/etc')),
          Condition.negate(Condition.stringIsEmpty('a')),
          Condition.negate(Condition.stringIsWhitespace('a')),
          Condition.anyOf(
            Condition.fileMd5Equals('/a', 'a'.repeat(32)),
            Condition.fileSha1Equals('/a', 'a'.repeat(40)),
            Condition.fileSha256Equals('/a', 'a'.repeat(64)),
            Condition.fileSha512Equals('/a', 'a'.repeat(128)),
          ),
          Condition.allOf(
            Condition.stringEquals('a', 'a'),
            Condition.stringLessThan('a', 'b'),
            Condition.stringLessThanEquals('a', 'a'),
          ),
          Condition.allOf(
            Condition.stringGreaterThan('b', 'a'),
            Condition.stringGreaterThanEquals('a', 'a'),
            Condition.patternMatches('a', '^a$'),
          ),
          Condition.allOf(
            Condition.numberEquals('1', '1'),
            Condition.numberLessThan('1', '2'),
            Condition.numberLessThanEquals('1', '1'),
          ),
          Condition.allOf(Condition.numberGreaterThan('2', '1'), Condition.numberGreaterThanEquals('1', '1')),
        ),
      ),
    ],
  });

const settings = (): Component => {
  const list = FileModule.listFiles({ path: '/etc' }).withOptions({ stepName: 'List' });
  const settled = Step.bash('echo hello').withOptions({
    stepName: 'Settled',
    timeout: Duration.minutes(5),
    onFailure: OnFailure.CONTINUE,
    maxAttempts: 3,
    condition: Condition.fileExists('/etc/passwd'),
    whenTrue: ConditionOutcome.EXECUTE,
    whenFalse: ConditionOutcome.SKIP,
  });
  const outcomes = Object.values(ConditionOutcome).map((whenFalse) =>
    Step.bash('true').withOptions({ condition: Condition.binaryExists('bash'), whenFalse }),
  );
  return Component.fromSteps('settings', {
    buildSteps: [
      Step.sequence(
        list,
        Step.bash(`echo ${list.output('files')}`),
        settled,
        ...outcomes,
        ...Object.values(OnFailure).map((onFailure) => Step.bash('true').withOptions({ onFailure })),
        Step.bash('sleep 1').withOptions({ noTimeout: true, loop: Loop.range({ start: 1, end: 9, updateBy: 2 }) }),
        Step.bash('true').withOptions({ loop: Loop.over('a', 'b') }),
        Step.bash('true').withOptions({ loop: Loop.split('a,b', ',') }),
        Step.updateOs({ include: ['kernel*'] }),
      ),
    ],
  });
};
