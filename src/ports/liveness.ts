/** A source's proof of life for the status bar and the pane's head. */
export type Liveness =
	| {readonly state: 'connecting'}
	| {readonly state: 'live'; readonly since: number}
	| {readonly state: 'reconnecting'; readonly since: number; readonly retryAt: number; readonly error: string};
