export { climb } from './climb.ts';
export { judge } from './judge.ts';
