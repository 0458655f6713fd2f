import { faultsOf, scriptsOf } from '../../../../golden-images/src/components/scripts';
import { filled } from '../../../../golden-images/src/components/scripts/placeholders';
import { bash, build, powershell } from '../documents';

const faults = (script: string): string[] => {
  const scripts = scriptsOf(build(bash('A', script)));
  const { faults: found } = faultsOf(scripts);
  return scripts.flatMap((each) => found.get(each)?.message ?? []);
};

test.each([
  'echo {{ Name }} "{{ Name }}" \'{{ build.A.outputs.stdout }}\' {{ aws:ssm:/a/b }}',
  '{{ Command }}',
  '{{ Command }} --flag && {{ Command }} | {{ Command }}',
  'if {{ Condition }}; then {{ Command }}; fi',
  'if {{ Condition }} then :; fi',
  'for x in {{ List }}; do echo "$x"; done',
  '(( {{ Number }} > 3 )) && echo $(( {{ Number }} + 1 ))',
  'for ((i = 0; i < {{ Number }}; i++)); do :; done',
  '[[ {{ A }} == {{ B }} && "{{ A }}" =~ {{ Pattern }} ]]',
  'echo "${x:-{{ Default }}}" ${list[{{ loop.index }}]} ${x:{{ From }}:{{ Length }}}',
  'case {{ A }} in {{ B }}) {{ C }} ;; esac',
  '{{ NAME }}=value; export {{ NAME }}={{ Value }}',
  'cat <<{{ End }}\ntext\n{{ End }}',
  'cat > {{ File }} 2>> {{ File }} < {{ File }}',
  '{{ name }}() { :; }',
  'echo a{{ Part }}b/{{loop.value}}.rpm',
])('references are no faults: %s', (script) => {
  expect(faults(script)).toEqual([]);
});

test('a fault beside references is one, at its own place', () => {
  const source = build(bash('A', 'echo "{{ Name }}"', 'if [ "{{ Name }}" ]; then echo "{{ Name }}; fi'));
  const [script] = scriptsOf(source);
  const { faults: found } = faultsOf([script!]);
  const { line, column } = script!.at(found.get(script!)!.offset);
  expect(source.split('\n')[line - 1]!.slice(column - 1)).toMatch(/^"\{\{ Name }}; fi/);
});

test('what stands in place of references is as long as they are', () => {
  const [script] = scriptsOf(build(powershell('A', '$a = @({{ A }}, {{B}})\n{{ Program }} /q\n"{{ C\n}}"')));
  filled(script!).forEach((each) => expect(each).toHaveLength(script!.text.length));
  expect(filled(script!)[0]).toBe('$a = @(1111111, 11111)\nxxxxxxxxxxxxx /q\n"1111111"');
});
