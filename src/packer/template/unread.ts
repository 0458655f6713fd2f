import { TemplateError } from './error';
import type { Position, Setting } from './model';

/** A setting, or that it cannot be read: what is not taken over is never a reason to refuse a template. */
export function settingOr(at: Position, read: () => Setting): Setting {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { at, kind: 'unread', value: { at: error.at, what: error.what, fix: error.fix } };
  }
}
