/** What the program does, for whoever looks for the cause of a fault: requests, retries and changes of state. */
export type DebugEvent =
	| {readonly kind: 'start'; readonly version: string; readonly node: string; readonly platform: string}
	| {
			readonly kind: 'request';
			readonly method: string;
			/** Host and path; the query is left out, it may hold secrets. */
			readonly address: string;
			/** 1, and one more after each failure in a row at this address. */
			readonly attempt: number;
			/** Until the answer begins, milliseconds. */
			readonly ms: number;
			readonly status?: number | undefined;
			readonly error?: string | undefined;
	  }
	| {readonly kind: 'retry'; readonly source: string; readonly attempt: number; readonly inMs: number; readonly error: string}
	| {
			readonly kind: 'check';
			readonly check: string;
			readonly phase: string;
			readonly status?: string | undefined;
			readonly liveness?: string | undefined;
			readonly error?: string | undefined;
			readonly retryInMs?: number | undefined;
	  }
	| {
			readonly kind: 'stream';
			readonly stream: string;
			readonly state: string;
			readonly error?: string | undefined;
			readonly retryInMs?: number | undefined;
	  }
	| {readonly kind: 'round'; readonly event: string; readonly step?: string | undefined}
	| {readonly kind: 'crash'; readonly error: string};

export interface DebugLog {
	readonly write: (event: DebugEvent) => void;
	/** Takes secrets out of every text that is written from now on. */
	readonly hide: (redact: (text: string) => string) => void;
	/** False if nothing is written, so that no one need watch for what to write. */
	readonly isOn: boolean;
}

/** Writes nothing. */
export const silentDebugLog: DebugLog = {write() {}, hide() {}, isOn: false};
