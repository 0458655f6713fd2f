import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { FILES, sha256, type Shelf } from './shelf';
import {
  Ansible,
  Component,
  LinuxArchive,
  LinuxAssert,
  LinuxEnvironment,
  LinuxFile,
  LinuxFolder,
  LinuxGroup,
  LinuxPackages,
  LinuxRepository,
  LinuxUser,
  OperatingSystemVersion,
  PackerScript,
  RuntimeSecret,
  SecretScript,
  ServiceRestart,
  ServiceType,
  Source,
  Step,
  Sysctl,
  SystemdUnit,
} from 'cdk-golden-images';

/** Secrets as an app has them. */
export interface Secrets {
  readonly secret: ISecret;
  readonly parameter: IStringParameter;
  readonly key: IKey;
}

/** Every step of Linux, in components that a role image could have. */
export function linuxComponents(shelf: Shelf, secrets: Secrets): Component[] {
  return [
    packages(shelf),
    files(shelf),
    users(),
    units(),
    configuration(),
    secretScripts(secrets),
    playbook(secrets),
    packerScripts(secrets),
    checks(),
  ];
}

const packages = (shelf: Shelf): Component =>
  Component.fromSteps('packages', {
    description: 'Repositories and packages',
    version: '1.2.3',
    supportedOsVersions: [OperatingSystemVersion.AMAZON_LINUX_2023],
    buildSteps: [
      LinuxRepository.apt({
        name: 'tools',
        uri: 'https://apt.example.com',
        suite: 'noble',
        components: ['main'],
        signingKey: Source.asset(join(FILES, 'key.asc')),
      }),
      LinuxRepository.dnf({
        name: 'tools',
        baseUrl: 'https://dnf.example.com/$basearch',
        signingKey: Source.https('https://dnf.example.com/key.asc', sha256('key')),
        signedMetadata: true,
        priority: 10,
      }),
      LinuxPackages.install([{ name: 'jq', version: '1.7.1', aptName: 'jq', aptVersion: '1.7.1*' }], {
        requirePins: true,
        hold: true,
      }),
      LinuxPackages.installFile(shelf.object('agent.rpm')),
      LinuxPackages.remove({ name: 'telnet' }),
    ],
  });

const files = (shelf: Shelf): Component =>
  Component.fromSteps('files', {
    buildSteps: [
      LinuxFolder.create({ path: '/srv/app', owner: 'root', group: 'root', mode: '0755' }),
      LinuxFile.write({ path: '/srv/app/notes', content: 'text', owner: 'root', group: 'root', mode: '0644' }),
      LinuxFile.write({ path: '/srv/app/logo', source: Source.text('logo', 'a logo') }),
      LinuxArchive.unpack(shelf.object('app.tar.gz'), '/srv/app', {
        stripComponents: 1,
        owner: 'root',
        group: 'root',
        mode: '0755',
      }),
      LinuxArchive.installProgram(shelf.object('tool.zip'), {
        path: '/usr/local/bin/tool',
        member: 'bin/tool',
        owner: 'root',
        group: 'root',
        mode: '0755',
      }),
      Step.download(shelf.object('data.bin'), '/srv/app/data.bin'),
    ],
  });

const users = (): Component =>
  Component.fromSteps('users', {
    buildSteps: [
      LinuxGroup.create({ name: 'operators', gid: 2000, system: false }),
      LinuxUser.create({
        name: 'app',
        uid: 2001,
        primaryGroup: 'operators',
        groups: ['users'],
        shell: '/bin/bash',
        home: '/srv/app',
        createHome: false,
        system: false,
      }),
    ],
  });

const units = (): Component =>
  Component.fromSteps('units', {
    buildSteps: [
      SystemdUnit.of('data.mount', '[Mount]\nWhat=/dev/sdf\nWhere=/data', { enabled: false, started: false }),
      ...Object.values(ServiceType).map((serviceType) =>
        SystemdUnit.service(`app-${serviceType}`, {
          description: serviceType,
          execStart: '/usr/local/bin/tool',
          serviceType,
        }),
      ),
      ...Object.values(ServiceRestart).map((restart) =>
        SystemdUnit.service(`app-${restart}`, { description: restart, execStart: '/usr/local/bin/tool', restart }),
      ),
      SystemdUnit.service('app', {
        description: 'The app',
        execStart: '/usr/local/bin/tool',
        execStartPre: ['/bin/true'],
        execReload: '/bin/kill -HUP $MAINPID',
        user: 'app',
        group: 'operators',
        workingDirectory: '/srv/app',
        environment: { MODE: 'production' },
        environmentFile: '/etc/app.env',
        restart: ServiceRestart.ALWAYS,
        restartDelay: Duration.seconds(5),
        after: ['network-online.target'],
        wants: ['network-online.target'],
        wantedBy: ['multi-user.target'],
        settings: { LimitNOFILE: '65536' },
        enabled: true,
        started: false,
      }),
      SystemdUnit.timer('tidy', {
        description: 'Tidies',
        calendar: 'daily',
        unit: 'app.service',
        randomDelay: Duration.minutes(10),
        persistent: true,
        enabled: true,
        started: false,
      }),
      SystemdUnit.enable('app.service'),
      SystemdUnit.disable('bluetooth.service'),
      SystemdUnit.mask('ctrl-alt-del.target'),
      SystemdUnit.restart('app.service'),
    ],
  });

const configuration = (): Component =>
  Component.fromSteps('configuration', {
    buildSteps: [
      LinuxEnvironment.forLogins('app', { APP_MODE: 'production' }),
      LinuxEnvironment.forServices('app', { APP_MODE: 'production' }),
      Sysctl.set({ 'vm.swappiness': '10' }, { fileName: '60-app', apply: false }),
    ],
  });

const secretScripts = ({ secret, parameter, key }: Secrets): Component =>
  Component.fromSteps('secrets', {
    buildSteps: [
      SecretScript.bash(
        {
          TOKEN: RuntimeSecret.secretsManager(secret, { jsonField: 'token' }),
          LICENSE: RuntimeSecret.parameter(parameter, { encryptionKey: key }),
          PLAIN: RuntimeSecret.parameterName('/surface/plain', { encryptionKey: key }),
        },
        'test -n "$TOKEN"',
        'test -n "$LICENSE"',
      ),
    ],
  });

const playbook = ({ secret }: Secrets): Component =>
  Component.fromSteps('playbook', {
    buildSteps: [
      Ansible.playbook(Source.asset(join(FILES, 'playbook')), {
        playbook: 'site.yml',
        version: '2.15.13',
        extraVars: { colour: 'blue' },
        secrets: { TOKEN: RuntimeSecret.secretsManager(secret) },
        collections: ['community.general:8.6.0'],
        requirementsFile: 'requirements.yml',
        pythonPackages: ['boto3==1.34.0'],
        packageIndex: 'https://pypi.example.com/simple',
        python: 'python3',
        inventoryHostname: 'image',
        keepAnsible: true,
      }),
    ],
  });

const packerScripts = ({ secret }: Secrets): Component =>
  Component.fromSteps('packer-scripts', {
    buildSteps: [
      PackerScript.shell(['echo "$WHO"'], {
        interpreter: '/bin/bash -e',
        label: 'hello',
        environment: { WHO: 'world' },
        secrets: { TOKEN: RuntimeSecret.secretsManager(secret) },
        validExitCodes: [0, 2],
      }),
      PackerScript.onFiles(Source.asset(join(FILES, 'playbook')), {
        stepName: 'Configure',
        program: 'bash',
        commands: ['bash -c true'],
      }),
    ],
  });

const checks = (): Component =>
  Component.fromSteps('checks', {
    validateSteps: [
      LinuxAssert.serviceEnabled('sshd'),
      LinuxAssert.fileMode('/etc/passwd', '0644'),
      LinuxAssert.fileOwner('/etc/passwd', 'root', 'root'),
      LinuxAssert.fileMatches('/etc/passwd', '^root:'),
      LinuxAssert.packageInstalled('jq', '1.7*'),
      LinuxAssert.userExists('app'),
    ],
    testSteps: [
      LinuxAssert.serviceActive('sshd', { within: Duration.minutes(2) }),
      LinuxAssert.portListening(22),
      LinuxAssert.httpStatus('https://localhost/', 200, {
        hostHeader: 'www.example.com',
        anyCertificate: true,
        within: Duration.minutes(2),
      }),
    ],
  });
