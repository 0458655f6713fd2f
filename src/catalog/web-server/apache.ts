import { entry } from '../entry';
import { eachName } from '../package-manager';
import { answers, documentRootOf, installServer, installSite, type SitePlaces, type WebServerOptions } from './web-site';
import type { Component } from '../../component/component';
import { LinuxAssert, SystemdUnit } from '../../component/linux';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';

const PLACES: SitePlaces = {
  dnf: { path: '/etc/httpd/conf.d/golden-images.conf', replace: [] },
  apt: {
    path: '/etc/apache2/sites-available/golden-images.conf',
    replace: ['rm -f /etc/apache2/sites-enabled/000-default.conf', 'a2ensite -q golden-images'],
  },
  standard: (root) => [
    '<VirtualHost *:80>',
    `    DocumentRoot "${root}"`,
    '    ServerSignature Off',
    `    <Directory "${root}">`,
    '        Require all granted',
    '    </Directory>',
    '</VirtualHost>',
    '',
  ].join('\n'),
};

/** The component of `WebServer.apache`. */
export const apache = (options: WebServerOptions): Component => entry('apache', {
  description: 'Apache HTTP Server from the packages of the distribution',
  buildSteps: [
    installServer(options, { name: 'httpd', aptName: 'apache2' }),
    ...installSite(options, PLACES),
    ...options.site === undefined ? [startPage(options)] : [],
    eachName('httpd', 'apache2', (name) => SystemdUnit.enable(`${name}.service`)),
  ],
  validateSteps: [
    linuxStep('ConfigurationTest', () => ['apachectl configtest']),
    eachName('httpd', 'apache2', (name) => LinuxAssert.serviceEnabled(name)),
  ],
  testSteps: [eachName('httpd', 'apache2', (name) => LinuxAssert.serviceActive(name)), answers(options)],
});

/** On the Red Hat family an empty document root is answered with 403, which would be no proof of anything. */
const startPage = (options: WebServerOptions): Step => linuxStep('StartPage', (scope) => {
  const page = bashQuoted(`${documentRootOf(scope, options)}/index.html`);
  return [`if [ ! -e ${page} ]; then install -D -m 0644 /dev/null ${page}; echo 'It works.' > ${page}; fi`];
});
