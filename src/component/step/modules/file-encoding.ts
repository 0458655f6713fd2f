/** How the text of a file is written. */
export enum FileEncoding {
  /** UTF-8. */
  UTF_8 = 'utf-8',
  /** UTF-16 in the order of the machine. */
  UTF_16 = 'utf-16',
  /** UTF-16, little end first. */
  UTF_16_LE = 'utf-16-LE',
  /** UTF-16, big end first. */
  UTF_16_BE = 'utf-16-BE',
  /** UTF-32 in the order of the machine. */
  UTF_32 = 'utf-32',
  /** UTF-32, little end first. */
  UTF_32_LE = 'utf-32-LE',
  /** UTF-32, big end first. */
  UTF_32_BE = 'utf-32-BE',
}
