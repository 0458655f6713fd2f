/** What every scan reads; it stays in the image, so that instances can be scanned at any time. */
export const CONTENT = '/usr/local/share/golden-images-openscap';
export const DATA_STREAM = `${CONTENT}/data-stream.xml`;
export const TAILORING = `${CONTENT}/tailoring.xml`;

/** What a scan writes. Not below /tmp or /var/tmp, which hardening may mount anew. */
export const WORK = '/var/lib/golden-images-openscap';
export const RESULTS = `${WORK}/results.xml`;
export const ARF = `${WORK}/arf.xml`;
export const HTML = `${WORK}/report.html`;
export const SUMMARY = `${WORK}/summary.txt`;
export const FAILING = `${WORK}/failing.txt`;

/** Where packages of distributions put data streams. */
export const PACKAGED = '/usr/share/xml/scap/ssg/content';
