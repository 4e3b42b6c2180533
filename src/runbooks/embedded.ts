import {fileURLToPath} from 'node:url';

/** The runbooks inside the package, absolute: as far from dist/chunks/ as from here. */
export const embeddedRunbooks = fileURLToPath(new URL('../../runbooks', import.meta.url));
