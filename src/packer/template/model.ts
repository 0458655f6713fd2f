/** Where something stands in a file; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What only a build knows, such as the time. Valid in names and tags, and nowhere else. */
export interface RuntimeValue {
  /** `timestamp` (Unix seconds), `isotime`, `uuid`, `source.name`, `source.type`, `build.name`, a name of Packer's `build` object such as `build.ID`, or `packer.version`. */
  readonly call: string;
  /** The layout of `isotime` in Go's notation (`2006-01-02`); none is RFC 3339 in UTC. */
  readonly argument?: string;
}

/** A text that holds values of the build, in their places. */
export interface RuntimeText {
  readonly parts: ReadonlyArray<string | RuntimeValue>;
}

/** Where a value comes from a sensitive variable: the name of it. Such a value never goes into a document. */
export interface Secret {
  readonly variable: string;
  /** Set where the value was computed from the variable (`upper(var.x)`): whoever binds the variable does not have it. */
  readonly derived?: boolean;
  /** Where more than the value stands there (`TOKEN={{user `token`}}`): the whole text; `variable` is then the first in it. */
  readonly parts?: ReadonlyArray<string | RuntimeValue | Secret>;
}

/** An attribute of a `data` block, such as `data.amazon-ami.base.id`. */
export interface DataReference {
  /** The block in `Template.data`. */
  readonly block: Block;
  readonly attribute: string;
}

export type Scalar = string | number | boolean | null;

/** A value of a template, evaluated, with the place where it was written. */
export type Setting = { readonly at: Position } & (
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'runtime'; readonly value: RuntimeText }
  | { readonly kind: 'secret'; readonly value: Secret }
  | { readonly kind: 'data'; readonly value: DataReference }
  | { readonly kind: 'list'; readonly value: ReadonlyArray<Setting> }
  | { readonly kind: 'map'; readonly value: ReadonlyMap<string, Setting> }
  | { readonly kind: 'unread'; readonly value: Unread }
);

/** What cannot be read: refused where it is taken over, and nowhere else. */
export interface Unread {
  /** Where in the value something is wrong. */
  readonly at: Position;
  readonly what: string;
  readonly fix: string;
}

/** A builder, a provisioner or a post-processor, as it was written. */
export interface Block {
  /** `amazon-ebs`, `shell`, `manifest`, … */
  readonly type: string;
  /** Name of a builder; of a provisioner or post-processor where it has one. */
  readonly name?: string;
  readonly at: Position;
  /** Its settings, in the order in which they were written; nested blocks are maps or lists of maps. Without `type`, `name`, `only`, `except`, `override`. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Names of builders (`amazon-ebs.web` in HCL2, the name or type in JSON) that it is for. */
  readonly only?: ReadonlyArray<string>;
  readonly except?: ReadonlyArray<string>;
  /** Other settings for single builders. */
  readonly overrides?: ReadonlyMap<string, ReadonlyMap<string, Setting>>;
}

/** What belongs to Packer itself, and not to the plugin that takes the settings of an override. */
export const NEVER_OVERRIDDEN: ReadonlyArray<string> = ['pause_before', 'max_retries', 'timeout', 'only', 'except', 'override'];

export interface Variable {
  readonly name: string;
  readonly at: Position;
  readonly sensitive: boolean;
  readonly description?: string;
  /** Its value; none where it has neither a default nor was given one. */
  readonly value?: Setting;
  /** Whether anything refers to it. */
  readonly used: boolean;
}

/** A `build` of HCL2, or the whole of a JSON template. */
export interface Build {
  readonly name?: string;
  readonly at: Position;
  readonly builders: ReadonlyArray<Block>;
  /** In the order in which they run, whatever their types. */
  readonly provisioners: ReadonlyArray<Block>;
  /** Each a chain, the output of one being the input of the next. */
  readonly postProcessors: ReadonlyArray<ReadonlyArray<Block>>;
  readonly errorCleanup?: Block;
}

export interface Template {
  readonly format: 'json' | 'hcl2';
  readonly description?: string;
  /** `min_packer_version`, or `required_version`. */
  readonly requiredVersion?: string;
  readonly variables: ReadonlyArray<Variable>;
  readonly builds: ReadonlyArray<Build>;
  /** The `data` blocks of HCL2. */
  readonly data: ReadonlyArray<Block>;
  /** What was repaired or dropped while reading. */
  readonly notices: ReadonlyArray<Notice>;
}

/** What a reader of the template has to know. */
export interface Notice {
  readonly severity: 'info' | 'warning';
  readonly at: Position;
  readonly message: string;
}
