import { bashQuoted } from '../../component/step/quoting';

/** The options that `secretOptions` leaves behind; there may be none. */
export const SECRET_OPTIONS = '${secrets[@]+"${secrets[@]}"}';

/** Names that a variable of the environment may have. */
const isEnvironmentName = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);

/**
 * Hands over variables with secrets, by the names of environment variables that hold them. A command line can be read by every process. HCL2 takes
 * them by its environment, parsed by their types as `-var` is (hcl2template/types.variables.go, `VarEnvPrefix`); legacy JSON, and names that no variable
 * of the environment has, need a file, which only this user can read (command/meta.go: what is no folder, `*.pkr.hcl` or `*.pkr.json` is legacy JSON).
 */
export function secretOptions(holders: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(holders);
  const byEnvironment = all.filter(([name]) => isEnvironmentName(name));
  const others = all.filter(([name]) => !isEnvironmentName(name));
  return all.length === 0 ? [] : [
    'secrets=()',
    ...byEnvironment.flatMap(([name, holder]) => [...refuseOverrides(name), `export PKR_VAR_${name}="$${holder}"`]),
    'if [ -d "$template" ] || [[ "$template" = *.pkr.hcl || "$template" = *.pkr.json ]]; then',
    `  ${others.length > 0 ? varFile(others) : ':'}`,
    'else',
    `  ${varFile(all)}`,
    'fi',
  ];
}

/** `*.auto.pkrvars.*` of the folder come after the environment, and would win. */
const refuseOverrides = (name: string): string[] => {
  const why = `the secret variable ${name} is set in a *.auto.pkrvars file of the template too, which Packer takes instead: remove it there`;
  return [`! grep -qsE '^[[:space:]]*"?${name}"?[[:space:]]*[=:]' "$template"/*.auto.pkrvars.* || { echo ${bashQuoted(why)} >&2; exit 1; }`];
};

/** jq reads the values from its environment; the folder of the tools is closed to others, and goes with the build. */
const varFile = (entries: Array<[string, string]>): string => {
  const filter = `{${entries.map(([name, holder]) => `${JSON.stringify(name)}: env.${holder}`).join(', ')}}`;
  return `(umask 077; jq -n ${bashQuoted(filter)} > "$tools/secrets.json"); trap 'rm -f "$tools/secrets.json"' EXIT; secrets=(-var-file="$tools/secrets.json")`;
};
