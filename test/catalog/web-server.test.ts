import { spawnSync } from 'node:child_process';
import { phasesOf, scriptsOf } from './support';
import { WebServer, type WebServerOptions } from '../../src/catalog';
import { Source } from '../../src/component';

const nginx = (options?: WebServerOptions): ReturnType<typeof phasesOf> => phasesOf(WebServer.nginx(options), 'nginx');
const apache = (options?: WebServerOptions): ReturnType<typeof phasesOf> => phasesOf(WebServer.apache(options), 'apache');

test('nginx is installed, enabled, checked and asked', () => {
  const { build, validate, test: tests } = nginx();
  expect(scriptsOf(build)).toMatch(/dnf -y install 'nginx'[\s\S]*systemctl enable 'nginx.service'/);
  expect(scriptsOf(build)).not.toContain('/etc/nginx/conf.d');
  expect(scriptsOf(validate)).toMatch(/nginx -t[\s\S]*is-enabled --quiet 'nginx.service'/);
  expect(scriptsOf(tests)).toMatch(/is-active --quiet 'nginx.service'[\s\S]*'http:\/\/127.0.0.1\/'/);
});

test('apache has the names of both distributions, each on its own', () => {
  const { build, validate } = apache();
  const enable = build!.filter(({ name }) => name.startsWith('EnableUnits'));
  expect(enable.map((step) => [step.if, step.inputs.commands[0].split('\n').at(-1)])).toEqual([
    [{ binaryExists: 'dnf' }, "systemctl enable 'httpd.service'"],
    [{ not: { binaryExists: 'dnf' } }, "systemctl enable 'apache2.service'"],
  ]);
  expect(scriptsOf(validate)).toContain('apachectl configtest');
});

test('a version is that of the distribution that has it', () => {
  const scripts = scriptsOf(apache({ packageVersion: '2.4.*', aptPackageVersion: '2.4.62-1*' }).build);
  expect(scripts).toContain("dnf -y install 'httpd-2.4.*'");
  expect(scripts).toContain("install 'apache2=2.4.62-1*' 'curl'");
});

test('content goes into the document root, and gets a site of its own', () => {
  const build = nginx({ content: Source.asset('test/catalogue/site'), documentRoot: '/srv/web site' }).build!;
  expect(scriptsOf(build)).toContain("restorecon -R '/srv/web site'");
  expect(scriptsOf(build)).toContain('root "/srv/web site";');
  expect(scriptsOf(build)).toContain('rm -f /etc/nginx/sites-enabled/default');
});

test('a configuration of sites takes the place of the standard one', () => {
  const build = apache({ site: Source.text('site.conf', '<VirtualHost *:80>\n</VirtualHost>\n') }).build!;
  expect(build.map(({ action }) => action)).toContain('S3Download');
  expect(scriptsOf(build)).not.toContain('DocumentRoot');
  expect(scriptsOf(build)).toContain('a2ensite -q golden-images');
  expect(scriptsOf(build)).not.toContain('It works.');
});

test('another address may be asked for', () => {
  expect(scriptsOf(nginx({ testUrl: 'http://127.0.0.1:8080/health', testHost: 'shop.example' }).test))
    .toMatch(/--header 'Host: shop.example' 'http:\/\/127.0.0.1:8080\/health'/);
});

test.each([nginx({ content: Source.asset('test/catalogue/site') }), apache({ content: Source.asset('test/catalogue/site') })])('bash reads every script', (document) => {
  const scripts = Object.values(document).flat().flatMap(({ inputs }) => inputs?.commands ?? []) as string[];
  expect(scripts.length).toBeGreaterThan(5);
  scripts.forEach((script) => expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0));
});

test('a document root with a slash at its end is refused', () => {
  expect(() => nginx({ documentRoot: '/srv/www/' })).toThrow("the document root '/srv/www/' is not valid");
});
