import type { Component } from '../component/component';
import type { RuntimeSecret } from '../component/secret';
import type { ParentImage } from '../image/parent-image';

/** Options of `PackerTemplate.fromFile`. */
export interface PackerTemplateOptions {
  /**
   * Values of variables, as `-var` gives them: they win over files.
   *
   * @default - the defaults of the template
   */
  readonly variables?: { [name: string]: string };

  /**
   * Files with values of variables, as `-var-file` names them; later ones win.
   *
   * @default - none
   */
  readonly variableFiles?: string[];

  /**
   * Values of data sources by TYPE.NAME.ATTRIBUTE, such as `http.version.body`: nothing is asked while a template is read.
   *
   * @default - none: what a data source would give is refused where it is used
   */
  readonly data?: { [attribute: string]: string };

  /**
   * The folder in which Packer is run: relative paths of the template begin there, and nowhere else.
   *
   * @default - they begin beside the template, else where the app is run
   */
  readonly workingDirectory?: string;

  /**
   * Names of the builders that are taken over, as `-only` has them: `*` stands for any text, `?` for a letter, `{a,b}` for one of them.
   *
   * @default - all
   */
  readonly only?: string[];

  /**
   * Names of builders and post-processors that are left out, as `-except` has them.
   *
   * @default - none
   */
  readonly except?: string[];

  /**
   * Secrets by the name of their sensitive variable. Scripts fetch them on the instance: no document ever holds one.
   *
   * @default - none: a sensitive variable that is used is refused
   */
  readonly secrets?: { [variable: string]: RuntimeSecret };

  /**
   * Parent images by the name of their builder, where the template's own is to be another, or cannot be known.
   *
   * @default - what the template says
   */
  readonly parents?: { [builder: string]: ParentImage };

  /**
   * Beginning of the names of components: lower-case letters, digits and hyphens.
   *
   * @default - the name of the file or folder
   */
  readonly componentPrefix?: string;

  /**
   * Version of ansible-core for the provisioners `ansible` and `ansible-local`.
   *
   * @default - the last one for the Python of the instance, as `Ansible.playbook` has it
   */
  readonly ansibleVersion?: string;
}

/** What became otherwise than it is written in a template. */
export interface PackerNotice {
  /** Whether something is lost. */
  readonly warning: boolean;

  /** File in which it stands. */
  readonly file: string;

  /** Line, from 1. */
  readonly line: number;

  /** Column, from 1. */
  readonly column: number;

  /** What became of it, and why. */
  readonly message: string;
}

/** A builder that cannot be taken over. */
export interface PackerOtherBuilder {
  /** Name of the builder; the type where it has none. */
  readonly builderName: string;

  /** Type of the builder. */
  readonly builderType: string;

  /** Why not. */
  readonly reason: string;

  /** What to do about it. */
  readonly instead: string;

  /**
   * What its provisioners do, in order: for `components` of an image with a parent of yours. Where a template has no builder of AMIs.
   *
   * @default - none: they are not taken over
   */
  readonly components?: Component[];
}
