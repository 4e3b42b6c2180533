/** What goes wrong with gh whatever it is asked. */
import type {ToolFailure} from '../programs/command-json.ts';

export const usualFailures: readonly ToolFailure[] = [
	{
		pattern: /gh auth login|not logged in/i,
		kind: 'missing-credential',
		message: 'gh is not logged in to GitHub',
		advice: 'gh auth login (or export GH_TOKEN=…)',
	},
	{
		pattern: /HTTP 401|Bad credentials/i,
		kind: 'unauthorized',
		message: 'GitHub does not accept the log-in of gh (401)',
		advice: 'gh auth refresh',
	},
	{
		pattern: /rate limit/i,
		kind: 'rate-limited',
		message: 'GitHub limits the number of requests',
		advice: 'Wait. Run `gh api rate_limit` to see how long.',
	},
];
