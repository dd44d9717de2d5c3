import { pathToFileURL } from 'node:url';

/** Stands for `import.meta.url` in the CommonJS bundle. */
export const IMPORT_META_URL = pathToFileURL(__filename).href;
