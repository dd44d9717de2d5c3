/** Is the id and secret what the org issued, byte for byte? The order is the contract's: the first that fits. */
import type { Check } from '../../core/index.ts';
import { encodingChecks } from './encoding-checks.ts';
import { missing } from './missing.ts';
import { valueChecks } from './value-checks.ts';

const [swapped, alreadyEncoded, placeholder, mangled, whitespace, nonAscii] = valueChecks;
const [needsFormEncoding, overEncoded] = encodingChecks;

export const checks: readonly Check[] = [
  missing,
  swapped,
  alreadyEncoded,
  placeholder,
  mangled,
  whitespace,
  nonAscii,
  needsFormEncoding,
  overEncoded,
];
