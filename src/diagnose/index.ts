export { climb, type ClimbOptions } from './climb.ts';
export { judge } from './judge.ts';
