import type { awscdk } from 'projen';

/** What does not travel in the library's tarball. */
const notPublished = [
  '/golden-images/', '/examples/', '/bench/', '/docs/', '/scripts/', '/projenrc/', '/lib/runtime/', '/.ci/', '/.tmp/', '/demo.json',
  '/tsconfig.all.json', '/CONTRIBUTING.md', '/ARCHITECTURE.md',
];

export function addPackaging(project: awscdk.AwsCdkConstructLibrary): void {
  // Newer releases were published without the packages of every platform, and `npm ci` wants all of them in the lock file.
  project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
  notPublished.forEach((path) => project.npmignore!.exclude(path));
  project.npmignore!.include('/assets/');
  // A file that became a folder would stand before it, and travel along.
  project.preCompileTask.exec('node -e "[\'lib\', \'tsconfig.tsbuildinfo\'].forEach((each) => fs.rmSync(each, { recursive: true, force: true }))"');
  // Lock files carry no download addresses: the same file works behind any mirror.
  project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
}
