import type { PackerRunTag } from './packer-build-props';
import { SECRET_OPTIONS, secretOptions } from './secret-options';
import type { SourceConfig } from '../../component/source';
import { bashQuoted } from '../../component/step/quoting';

export interface BuildScriptProps {
  readonly imageName: string;
  readonly packer: SourceConfig;
  readonly plugins: ReadonlyArray<{ readonly address: string; readonly archive: SourceConfig }>;
  readonly template: SourceConfig;
  readonly templatePath?: string;
  readonly manifestPath: string;
  /** The tag without which AWS launches no instance. */
  readonly runTag: PackerRunTag;
  readonly sessionManagerPlugin?: SourceConfig;
  /** Variables by the values that are given. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variable of the AMI that is built on, and the environment variable that holds it. */
  readonly parent?: { readonly variable: string; readonly holder: string };
  /** Variables with secrets, by the names of environment variables that hold their values. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly only: readonly string[];
  readonly tested: boolean;
  readonly functionArn: string;
  /** After so long Packer is interrupted. */
  readonly interruptSeconds: number;
}

/** What a build of AWS CodeBuild does, as one script of bash: the first failure ends it. */
export function buildScript(props: BuildScriptProps): string {
  return [
    'set -euo pipefail',
    'tools=$(mktemp -d) && work=$(mktemp -d)',
    ...install(props),
    ...template(props),
    ...secretOptions(props.environmentVariables),
    ...run(props),
    ...register(props),
  ].join('\n');
}

function install({ packer, plugins, sessionManagerPlugin }: BuildScriptProps): string[] {
  return [
    ...fetch(packer, '"$tools/packer.zip"'),
    'unzip -q -o "$tools/packer.zip" -d "$tools"',
    ...plugins.flatMap(({ address, archive }, index) => [
      ...fetch(archive, `"$tools/plugin-${index}.zip"`),
      `unzip -q -o "$tools/plugin-${index}.zip" -d "$tools/plugin-${index}"`,
      // Each archive holds one binary, beside its license and notes.
      `"$tools/packer" plugins install --path "$(find "$tools/plugin-${index}" -name 'packer-plugin-*' -type f | head -n 1)" ${bashQuoted(address)}`,
    ]),
    ...(sessionManagerPlugin ? [
      ...fetch(sessionManagerPlugin, '"$tools/session-manager-plugin"'),
      sessionManagerPlugin.fileName.endsWith('.deb') ? 'dpkg -i "$tools/session-manager-plugin"' : 'rpm -i "$tools/session-manager-plugin"',
    ] : []),
  ];
}

function template({ template: source, templatePath, runTag: { key, value } }: BuildScriptProps): string[] {
  const untagged = `the template sets no run_tags: AWS launches instances for this build only with the tag ${key} = ${value}`;
  const file = `"$work"/${bashQuoted(source.fileName)}`;
  return [
    ...fetch(source, file),
    ...(source.archive ? [`unzip -q -o ${file} -d "$work"`, `rm ${file}`] : []),
    'cd "$work"',
    `template=${bashQuoted(templatePath ?? (source.archive ? '.' : source.fileName))}`,
    `grep -rq run_tag . || { echo ${bashQuoted(untagged)} >&2; exit 1; }`,
  ];
}

/** Packer is interrupted in time: stopped with its container it would leave its instance behind. */
function run({ variables, parent, environmentVariables, only, manifestPath, interruptSeconds }: BuildScriptProps): string[] {
  const options = [
    ...Object.entries(variables).map(([name, value]) => `-var ${bashQuoted(`${name}=${value}`)}`),
    ...(parent ? [`-var ${bashQuoted(`${parent.variable}=`)}"$${parent.holder}"`] : []),
    ...(Object.keys(environmentVariables).length > 0 ? [SECRET_OPTIONS] : []),
    ...(only.length > 0 ? [`-only=${bashQuoted(only.join(','))}`] : []),
  ];
  return [
    `options=(${options.join(' ')})`,
    // Whatever came along with the template is not of this run.
    `manifest=${bashQuoted(manifestPath)}; rm -f "$manifest"`,
    // An empty array is unset to bash before 4.4.
    '"$tools/packer" validate ${options[@]+"${options[@]}"} "$template"',
    `timeout --signal=INT --kill-after=600 ${interruptSeconds} "$tools/packer" build -color=false -on-error=cleanup -timestamp-ui `
      + '${options[@]+"${options[@]}"} "$template"',
    '[ -s "$manifest" ] || { echo "Packer wrote no $manifest: the template needs a post-processor manifest with this output" >&2; exit 1; }',
  ];
}

/** A function that fails is no failure to the AWS CLI: what it answered decides. */
function register({ imageName, tested, functionArn }: BuildScriptProps): string[] {
  const request = `{command: "register", image: $image, manifest: $manifest[0], build: $build, caller: $build, tested: ${tested}}`;
  return [
    `jq -n --arg image ${bashQuoted(imageName)} --arg build "$CODEBUILD_BUILD_ARN" --slurpfile manifest "$manifest" '${request}' > "$tools/request.json"`,
    `aws lambda invoke --function-name ${bashQuoted(functionArn)} --cli-binary-format raw-in-base64-out --cli-read-timeout 90 `
      + '--payload "file://$tools/request.json" "$tools/answer.json"',
    'jq -e \'"registered as \\(.version // empty)"\' "$tools/answer.json" || { jq . "$tools/answer.json" >&2; exit 1; }',
  ];
}

function fetch({ uri, sha256 }: SourceConfig, file: string): string[] {
  const get = uri.startsWith('https://') ? `curl -fsSL --retry 3 -o ${file} ${bashQuoted(uri)}` : `aws s3 cp --no-progress ${bashQuoted(uri)} ${file}`;
  return [get, ...(sha256 === undefined ? [] : [`echo ${bashQuoted(sha256)}"  "${file} | sha256sum -c -`])];
}
