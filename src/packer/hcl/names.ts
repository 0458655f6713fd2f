/** A name of HCL: letters, digits, `_` and `-`. */
export const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
