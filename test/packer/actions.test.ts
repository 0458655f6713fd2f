import { readFileSync } from 'node:fs';
import { ourText } from './helpers/actions';
import { fixture } from './helpers/fixtures';

/** The texts that Packer 1.9.4 makes of actions; null where it refuses. `npx projen packer-oracle` holds them to Packer. */
const RECORDED = JSON.parse(readFileSync(fixture('actions.json'), 'utf8')) as Record<string, string | null>;

/** What Go's templates have, and nobody writes for Packer, is refused. */
const REFUSED_HERE = /'a'|\$x|js |with /;

/** What Packer refuses, and we repair with a warning, or have for amazon-ebs alone. */
const WIDER: Record<string, string> = { '{{user name}}': 'web', '{{clean_resource_name `a`}}': 'a' };

test.each(Object.entries(RECORDED))('%s', (action, expected) => {
  if (Object.hasOwn(WIDER, action)) expect([expected, ourText(action)]).toEqual([null, WIDER[action]]);
  else expect(ourText(action) ?? null).toBe(REFUSED_HERE.test(action) ? null : expected);
});

describe('words of Go: what Packer 1.9.4 prints of them (`packer console`)', () => {
  test.each([
    ['{{ if eq (user `name`) `web` }}big{{ else if eq (user `name`) `x` }}mid{{ else }}small{{ end }}', 'big'],
    ['{{ if eq (user `name`) `x` }}big{{ else if ne (user `name`) `x` }}mid{{ else }}small{{ end }}', 'mid'],
    ['{{ if user `nobody` }}a{{ else }}b{{ end }}', 'b'],
    ['{{ printf "%s-%05d|%q|%v|%6s|%-6s|%x" (user `name`) 42 "a\\"b" true "ab" "ab" 255 }}', 'web-00042|"a\\"b"|true|    ab|ab    |ff'],
    ['{{ print "a" 1 2 "b" 3 true false }}', 'a1 2b3 true false'],
    ['{{ and `a` `` `b` }}|{{ or `` `c` }}|{{ not `` }}', '|c|true'],
    ['{{ eq `a` `b` `a` }} {{ ne 1 2 }} {{ lt 1 2 }} {{ ge `b` `a` }}', 'true true true true'],
    ['{{ if and (eq (user `name`) `web`) (ne (user `greeting`) `4`) }}yes{{ end }}', 'yes'],
    ['a {{- if true }} x {{- end }} b', 'a x b'],
    ['{{ if `` }}a{{ end }}|', '|'],
    ['{{ len `é` }}{{ index "abc" 1 }}', '298'],
  ])('%s', (text, expected) => expect(ourText(text)).toBe(expected));

  test.each(['{{ eq `1` 1 }}', '{{ if true }}a', 'a{{ end }}', '{{ if true }}a{{ else }}b{{ else }}c{{ end }}', '{{ if isotime }}a{{ end }}', '{{ printf "%d" `a` }}', '{{ printf "%s" }}'])(
    '%s is refused', (text) => expect(ourText(text)).toBeUndefined(),
  );

  test('what asks for the data of a provisioner stays for it, and what stands within is read', () => {
    expect(ourText('{{ if .Sudo }}sudo {{ user `name` }}{{ else }}x{{ end }} {{ .Path }}')).toBe('{{ if .Sudo }}sudo web{{ else }}x{{ end }} {{ .Path }}');
  });

  test('a time may be printed', () => {
    expect(ourText('{{ printf "%s-x" isotime }}')).toBe('<isotime>-x');
  });
});
