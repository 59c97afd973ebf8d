import type { Core } from '../core/core.js';
import { Cell } from '../core/module.js';
import { writeBytes } from './bytes.js';

/** Hands a text to the next call as the only one, a byte for each character. @returns its address */
export function giveBytes(core: Core, bytes: string): number {
  core.write(bytes.length);
  writeBytes(core.cells.buffer, core.text, bytes);
  core.cells[Cell.input] = bytes.length;
  return core.text;
}
