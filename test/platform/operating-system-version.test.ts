import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../src/platform';

const { AMAZON_LINUX, DEBIAN, RED_HAT_ENTERPRISE_LINUX, UBUNTU, WINDOWS } = OperatingSystemFamily;
const of = OperatingSystemVersion.of;

test('a version is a text: 20.10 is not 20.1', () => {
  expect(`${of(UBUNTU, '20.10')}`).toBe('Ubuntu 20.10');
  expect(of(UBUNTU, '20.10').includes(of(UBUNTU, '20.1'))).toBe(false);
  expect(of(UBUNTU, '20.1').isOlderThan(of(UBUNTU, '20.10'))).toBe(true);
});

test.each([
  [OperatingSystemVersion.AMAZON_LINUX_2023, 'Amazon Linux 2023'],
  [OperatingSystemVersion.UBUNTU_24_04, 'Ubuntu 24'],
  [of(RED_HAT_ENTERPRISE_LINUX, '9.6'), 'Red Hat Enterprise Linux 9'],
  [OperatingSystemVersion.SLES_15_SP7, 'SLES 15'],
  [OperatingSystemVersion.WINDOWS_SERVER_2022, 'Microsoft Windows Server 2022'],
  [OperatingSystemVersion.DEBIAN_12, 'Debian 12'],
])('Image Builder names %s so', (system, name) => {
  expect(system.imageBuilderName).toBe(name);
});

test('a major version includes its minor ones, and no other that begins alike', () => {
  expect(OperatingSystemVersion.RHEL_9.includes(of(RED_HAT_ENTERPRISE_LINUX, '9.6'))).toBe(true);
  expect(of(RED_HAT_ENTERPRISE_LINUX, '9.6').includes(OperatingSystemVersion.RHEL_9)).toBe(false);
  expect(OperatingSystemVersion.AMAZON_LINUX_2.includes(OperatingSystemVersion.AMAZON_LINUX_2023)).toBe(false);
  expect(of(DEBIAN, '9').includes(OperatingSystemVersion.RHEL_9)).toBe(false);
});

test('what is older is known within one operating system only', () => {
  expect(OperatingSystemVersion.WINDOWS_SERVER_2022.isOlderThan(OperatingSystemVersion.WINDOWS_SERVER_2025)).toBe(true);
  expect(OperatingSystemVersion.WINDOWS_SERVER_2025.isOlderThan(OperatingSystemVersion.WINDOWS_SERVER_2025)).toBe(false);
  expect(of(WINDOWS, '11').isOlderThan(OperatingSystemVersion.WINDOWS_SERVER_2025)).toBe(false);
  expect(of(RED_HAT_ENTERPRISE_LINUX, '9.8').isOlderThan(of(RED_HAT_ENTERPRISE_LINUX, '9.10'))).toBe(true);
});

test('the platform follows from the family', () => {
  const windows = Object.values(OperatingSystemFamily).filter((family) => of(family, '1').platform === Platform.WINDOWS);
  expect(windows).toEqual(['Microsoft Windows Server', 'Microsoft Windows']);
});

test.each(['', '24.04 LTS', 'noble', '24.', '-1'])('the version %p is refused', (version) => {
  expect(() => of(AMAZON_LINUX, version)).toThrow(`OperatingSystemVersion.of: the version '${version}' is not valid; expected numbers with dots between them, such as 24.04`);
});
