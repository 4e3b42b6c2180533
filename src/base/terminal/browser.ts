/** Which command opens an address in the browser, or why none can. */
import type {Environment} from './locale.ts';

export type BrowserCommand =
	| {readonly argv: readonly string[]}
	/** No browser here: the sentence for the footer; the caller copies the address instead. */
	| {readonly copyInstead: string};

export interface BrowserPlace {
	readonly platform: NodeJS.Platform;
	readonly env: Environment;
}

/** Argument list (never a shell line) that opens `url`; only http and https addresses are opened at all. */
export function browserCommand(url: string, {platform, env}: BrowserPlace): BrowserCommand {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') {
		return {copyInstead: 'not a web address, so it is copied instead of opened'};
	}
	// The serialised form: no blank, no quote and no leading dash can reach the command.
	const address = parsed.href;
	if (env['BROWSER'] && !/[\s%]/.test(env['BROWSER'])) return {argv: [env['BROWSER'], address]};
	if (env['SSH_CONNECTION'] || env['SSH_TTY']) return {copyInstead: 'no browser over SSH, so the address is copied instead'};
	if (platform === 'darwin') return {argv: ['open', address]};
	if (platform === 'win32') return {argv: ['rundll32', 'url.dll,FileProtocolHandler', address]};
	if (env['WSL_DISTRO_NAME']) return {argv: ['wslview', address]};
	if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return {copyInstead: 'no screen for a browser here, so the address is copied instead'};
	return {argv: ['xdg-open', address]};
}
