import { runCommandLine } from '../../../golden-images/src/commands/command-line';

async function run(...args: string[]) {
  const lines: string[] = [];
  const code = await runCommandLine(args, { directory: '.', terminal: false, out: (text) => lines.push(text), err: (text) => lines.push(text), write: () => undefined });
  return { code, text: lines.join('\n') };
}

const named = ['--stack', 'Images', '--name', 'erp-server'];

test.each([
  ['no stack', ['erp.ova', '--name', 'erp-server'], /needs --stack NAME and --name NAME/],
  ['no disk', named, /takes one disk/],
  ['two disks', ['a.ova', 'b.ova', ...named], /takes one disk/],
  ['a name that no recipe takes', ['a.ova', '--stack', 'Images', '--name', 'ERP Server'], /3 to 50 lower-case letters/],
  ['half a version', ['a.ova', ...named, '--version', '1.0'], /three numbers, such as 1\.0\.0/],
  ['another system', ['a.ova', ...named, '--platform', 'solaris'], /one of Linux, Windows/],
  ['a license of AWS for Linux', ['a.ova', ...named, '--license', 'aws'], /Linux is imported with its own license only/],
  ['a boot mode for an ISO file', ['win.ISO', ...named, '--boot-mode', 'uefi'], /--boot-mode says nothing of an ISO file/],
  ['an edition for a disk', ['a.ova', ...named, '--image-index', '3'], /--image-index says nothing of a disk/],
  ['Linux from an ISO file', ['win.ISO', ...named, '--platform', 'linux'], /only ISO files of Windows/],
])('%s cannot be understood', async (_what, args, why) => {
  const { code, text } = await run('disk', 'import', ...args);
  expect(code).toBe(2);
  expect(text).toMatch(why);
});

test.each([
  ['disk.qcow2', /disk\.qcow2 was not imported: .*must end in \.ova/],
  ['win11.iso', /was not imported: .*aws s3 mv win11\.iso win11\.ISO/],
])('%s is no disk that AWS imports', async (disk, why) => {
  const { code, text } = await run('disk', 'import', disk, ...named);
  expect([code, text]).toEqual([1, expect.stringMatching(why)]);
});

test('its help says where the disk must lie', async () => {
  const { code, text } = await run('disk', 'import', '--help');
  expect([code, text]).toEqual([0, expect.stringMatching(/DISK[^]*bucket of a deployed DiskImport/)]);
});
