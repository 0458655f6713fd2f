import { attributes, block, comment, hcl, quoted } from '../../../golden-images/src/render/packer/hcl';

test('texts hold no template of HCL', () => {
  expect(quoted('a "b" \\ ${c} %{d}\n')).toBe('"a \\"b\\" \\\\ $${c} %%{d}\\n"');
  expect(hcl([block('source', ['null', '${a}\u0007'], [])])).toBe('source "null" "$${a}\u0007" {\n}\n');
});

test('equals signs of neighbours stand below each other; what has several lines stands alone', () => {
  expect(hcl([block('a', ['b'], [...attributes({ x: 1, long: true, list: ['p', 'q'], y: ['z'] }), comment('c'), ...attributes({ other: 'v' })])])).toBe(
    'a "b" {\n  x    = 1\n  long = true\n  list = [\n    "p",\n    "q",\n  ]\n  y = ["z"]\n  # c\n  other = "v"\n}\n',
  );
});
