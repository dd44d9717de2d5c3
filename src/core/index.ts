/** The words of the house. Every room speaks them; this room imports nothing. */
export * from './authorization-shape.ts';
export * from './archive.ts';
export * from './catalogue.ts';
export * from './dataset.ts';
export * from './endpoint.ts';
export * from './evidence.ts';
export * from './exit.ts';
export * from './failure.ts';
export * from './finding.ts';
export * from './holdings.ts';
export * from './provider.ts';
export * from './report-tables.ts';
export * from './shape-of.ts';
export * from './shapes.ts';
export * from './stand-in.ts';
export * from './text.ts';
export * from './time.ts';
