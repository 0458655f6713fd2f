export interface ReadOptions {
  /** Values of variables, as `-var` gives them: they win over files. */
  readonly variables?: Record<string, string>;
  /** Files with values, as `-var-file` names them; later ones win. */
  readonly variableFiles?: string[];
  /** Values of data sources by TYPE.NAME.ATTRIBUTE (`http.version.body`): nothing is looked up while a template is read. */
  readonly data?: Record<string, string>;
  /** The folder in which Packer is run: relative paths begin there, and nowhere else. Beside the template, else where the process runs, where there is none. */
  readonly workingDirectory?: string;
  /** Names of the builders to keep, as in `-only`: `*` stands for any text, `?` for a letter, `{a,b}` for one of them. All where there is none. */
  readonly only?: string[];
  /** Names of builders and post-processors to leave out, as in `-except`. */
  readonly except?: string[];
  /** For `env`, and `PKR_VAR_…` of HCL2; the environment of the process where there is none. */
  readonly environment?: Record<string, string | undefined>;
}
