/**
 * Sysprep itself with what it is started with, EC2Launch v2 (`ec2launch sysprep`, `ec2launch reset`), and the script of EC2Launch v1 that runs
 * it. Not the word in a message, and not its folder, where its logs lie.
 */
const SYSPREP = /\bsysprep(?:\.exe|instance\.ps1)\b|\bsysprep["']?\s+[/-]\w|\bec2launch(?:\.exe)?["']?\s+(?:sysprep|reset)\b|\bec2config(?:\.exe)?["']?\s+-sysprep\b/i;
/** A line that does nothing. */
export const COMMENT = /^\s*(?:#|rem\b|::|$)/i;
/** Whether a line of a script runs Sysprep. */
export const runsSysprep = (line: string): boolean => !COMMENT.test(line) && SYSPREP.test(line);
