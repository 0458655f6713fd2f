/** Where an AMI can be read while a stack is deployed. At most one member is set; none for what cannot be read. */
export interface AmiLocation {
  /**
   * Name of a Systems Manager parameter that holds the AMI's id.
   *
   * @default - the AMI is not read from a parameter
   */
  readonly amiParameterName?: string;

  /**
   * Id of the AMI.
   *
   * @default - the id is not known
   */
  readonly amiId?: string;

  /**
   * ARN of an Image Builder image.
   *
   * @default - the AMI is not the output of an Image Builder image
   */
  readonly imageBuilderArn?: string;
}
