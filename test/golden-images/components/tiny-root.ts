import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const programs = ['sh', 'bash', 'cat', 'echo', 'env', 'ls', 'mkdir', 'rm', 'sleep', 'touch', 'hostname', 'stat', 'id'];

/** Why no root can be run in here, if so. */
export function missing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'the rights of root';
  try {
    execFileSync('unshare', ['--mount', '--pid', '--uts', '--ipc', '--net', '--fork', 'true'], { stdio: 'ignore' });
    execFileSync('sh', ['-c', 'command -v nsenter chroot ldd bash'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'unshare, nsenter, chroot, ldd or bash';
  }
}

/** A root file system of some programs of this machine and the libraries they need. */
export function tinyRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'golden-images-root-'));
  ['bin', 'etc', 'srv', 'var'].forEach((folder) => mkdirSync(join(root, folder)));
  programs.forEach((name) => copyProgram(root, name));
  symlinkSync('bin', join(root, 'sbin'));
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nweb:x:33:44::/:/bin/false\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nweb:x:44:\nstaff:x:50:\n');
  return root;
}

function copyProgram(root: string, name: string): void {
  const source = execFileSync('sh', ['-c', `command -v ${name} | grep / || echo /bin/${name}`]).toString().trim();
  copyFileSync(source, join(root, 'bin', name));
  const libraries = execFileSync('ldd', [source]).toString().match(/\/\S+/g) ?? [];
  libraries.filter((library) => !existsSync(join(root, library))).forEach((library) => {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  });
}
