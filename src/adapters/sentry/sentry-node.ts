/**
 * What is used of Sentry's SDK, by name. A dynamic import of the whole package, or its `init`, would put every
 * integration into the bundle.
 */
export {captureCheckIn, captureException, close, flush, initWithoutDefaultIntegrations} from '@sentry/node';
export type {ErrorEvent, StackFrame} from '@sentry/node';
