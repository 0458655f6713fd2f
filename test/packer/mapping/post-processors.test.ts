import { imported, LINUX, refused } from './helper';
import { POST_PROCESSORS } from '../../../src/packer/mapping/post-processors';

const template = (...processors: unknown[]): Record<string, unknown> => ({ 'builders': [LINUX], 'post-processors': processors });

describe('post-processors', () => {
  test.each(Object.entries(POST_PROCESSORS))('%s', (type, treatment) => {
    if (treatment.kind === 'refused') {
      expect(refused(template({ type }))).toMatch(new RegExp(`the post-processor "${type}": `));
    } else {
      imported(template({ type }), ({ notices }) => expect(notices.filter((each) => each.includes('post-processor') || each.includes('golden-images manifest'))).toHaveLength(1));
    }
  });

  test('an unknown one is refused by name', () => {
    expect(refused(template({ type: 'manifst' }))).toMatch(/the post-processor "manifst" is not known; did you mean "manifest"/);
    expect(refused(template({ type: 'manifest', outptu: 'x' }))).toMatch(/did you mean "output"/);
  });

  test('only those of builders that are taken over count', () => {
    const given = { 'builders': [LINUX, { type: 'docker' }], 'post-processors': [{ type: 'shell-local', inline: ['x'], only: ['docker'] }] };
    imported(given, ({ template: read }) => expect(read.images).toHaveLength(1));
  });
});

test('an error-cleanup-provisioner runs in builds that fail, and is left out with a warning', () => {
  imported({ 'builders': [LINUX], 'error-cleanup-provisioner': { type: 'shell', inline: ['true'] } }, ({ notices }) =>
    expect(notices.join('\n')).toMatch(/warning \d+:\d+ the error-cleanup-provisioner is not taken over: it runs in builds that fail/));
});

test('a shell-local after the build changes no image', () => {
  imported(template({ type: 'shell-local', inline: ['./announce.sh'] }), ({ notices }) =>
    expect(notices.join('\n')).toMatch(/warning \d+:\d+ the post-processor "shell-local" is not taken over: .*the image is made before it; act on the release of a version instead/));
});
