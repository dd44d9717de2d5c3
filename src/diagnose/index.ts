export { climb } from './climb.ts';
export { judge } from './judge.ts';
export { probePlan, type ProbeLevel } from './probes.ts';
export { variedIn } from './tables.ts';
