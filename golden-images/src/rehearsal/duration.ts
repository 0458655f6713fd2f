const UNITS = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000];
const FORM = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration without years and months, which have no fixed length; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const parts = FORM.exec(text.trim().toUpperCase())?.slice(1);
  return parts?.reduce((sum, part, index) => sum + Number(part ?? 0) * UNITS[index]!, 0);
}
