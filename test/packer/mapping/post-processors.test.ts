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

test('an error-cleanup-provisioner is refused', () => {
  expect(refused({ 'builders': [LINUX], 'error-cleanup-provisioner': { type: 'shell', inline: ['true'] } })).toMatch(/has no counterpart: the instance of a build that fails is terminated/);
});
