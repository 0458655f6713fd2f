/** Languages of the Windows AMIs that AWS publishes. */
export enum WindowsLanguage {
  /** Chinese, simplified. */
  CHINESE_SIMPLIFIED = 'Chinese_Simplified',
  /** Chinese, traditional. */
  CHINESE_TRADITIONAL = 'Chinese_Traditional',
  /** Czech. */
  CZECH = 'Czech',
  /** Dutch. */
  DUTCH = 'Dutch',
  /** English. */
  ENGLISH = 'English',
  /** French. */
  FRENCH = 'French',
  /** German. */
  GERMAN = 'German',
  /** Hungarian. */
  HUNGARIAN = 'Hungarian',
  /** Italian. */
  ITALIAN = 'Italian',
  /** Japanese. */
  JAPANESE = 'Japanese',
  /** Korean. */
  KOREAN = 'Korean',
  /** Polish. */
  POLISH = 'Polish',
  /** Portuguese of Brazil. */
  PORTUGUESE_BRAZIL = 'Portuguese_Brazil',
  /** Portuguese of Portugal. */
  PORTUGUESE_PORTUGAL = 'Portuguese_Portugal',
  /** Russian. */
  RUSSIAN = 'Russian',
  /** Spanish. */
  SPANISH = 'Spanish',
  /** Swedish. */
  SWEDISH = 'Swedish',
  /** Turkish. */
  TURKISH = 'Turkish',
}

/** Editions of Microsoft SQL Server on the Windows AMIs that AWS publishes with a license. */
export enum SqlServer {
  /** SQL Server 2016 with service pack 3, Enterprise. */
  ENTERPRISE_2016 = '2016_SP3_Enterprise',
  /** SQL Server 2016 with service pack 3, Express. */
  EXPRESS_2016 = '2016_SP3_Express',
  /** SQL Server 2016 with service pack 3, Standard. */
  STANDARD_2016 = '2016_SP3_Standard',
  /** SQL Server 2016 with service pack 3, Web. */
  WEB_2016 = '2016_SP3_Web',
  /** SQL Server 2017 Enterprise. */
  ENTERPRISE_2017 = '2017_Enterprise',
  /** SQL Server 2017 Express. */
  EXPRESS_2017 = '2017_Express',
  /** SQL Server 2017 Standard. */
  STANDARD_2017 = '2017_Standard',
  /** SQL Server 2017 Web. */
  WEB_2017 = '2017_Web',
  /** SQL Server 2019 Enterprise. */
  ENTERPRISE_2019 = '2019_Enterprise',
  /** SQL Server 2019 Express. */
  EXPRESS_2019 = '2019_Express',
  /** SQL Server 2019 Standard. */
  STANDARD_2019 = '2019_Standard',
  /** SQL Server 2019 Web. */
  WEB_2019 = '2019_Web',
  /** SQL Server 2022 Enterprise. */
  ENTERPRISE_2022 = '2022_Enterprise',
  /** SQL Server 2022 Express. */
  EXPRESS_2022 = '2022_Express',
  /** SQL Server 2022 Standard. */
  STANDARD_2022 = '2022_Standard',
  /** SQL Server 2022 Web. */
  WEB_2022 = '2022_Web',
}

/** Options of `ParentImage.windowsServer`. */
export interface WindowsServerOptions {
  /**
   * Whether to take Server Core, which has no desktop.
   *
   * @default false
   */
  readonly core?: boolean;

  /**
   * Language of Windows.
   *
   * @default WindowsLanguage.ENGLISH
   */
  readonly language?: WindowsLanguage;

  /**
   * Microsoft SQL Server that is on the AMI, with its license.
   *
   * @default - none
   */
  readonly sqlServer?: SqlServer;
}
