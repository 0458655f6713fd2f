import { entry } from '../entry';
import { answers, installServer, installSite, type SitePlaces, type WebServerOptions } from './web-site';
import type { Component } from '../../component/component';
import { LinuxAssert, SystemdUnit } from '../../component/linux';
import { linuxStep } from '../../component/linux/script';

const PATH = '/etc/nginx/conf.d/golden-images.conf';

/** Both families read conf.d; what stands there comes before the server of nginx.conf: it is the default one (assumption: nginx-first-server). */
const PLACES: SitePlaces = {
  dnf: { path: PATH, replace: ["sed -i 's/ default_server//' /etc/nginx/nginx.conf"] },
  apt: { path: PATH, replace: ['rm -f /etc/nginx/sites-enabled/default'] },
  standard: (root) => [
    'server {',
    '    listen 80 default_server;',
    '    server_name _;',
    '    server_tokens off;',
    `    root "${root}";`,
    '    index index.html;',
    '}',
    '',
  ].join('\n'),
};

/** The component of `WebServer.nginx`. */
export const nginx = (options: WebServerOptions): Component => entry('nginx', {
  description: 'nginx from the packages of the distribution',
  buildSteps: [
    installServer(options, { name: 'nginx' }),
    ...installSite(options, PLACES),
    SystemdUnit.enable('nginx.service'),
  ],
  validateSteps: [
    linuxStep('ConfigurationTest', () => ['nginx -t']),
    LinuxAssert.serviceEnabled('nginx'),
  ],
  testSteps: [LinuxAssert.serviceActive('nginx'), answers(options)],
});
