/** Opens an address in the operator's browser; where there is none, it goes to the clipboard. */
import {browserCommand} from '../../base/terminal/browser.ts';
import {runAside} from './programs.ts';

/** Says in words what came of it, unless the browser opens. */
export function openAddress(
	url: string,
	{
		env,
		copy,
		say,
	}: {
		readonly env: Readonly<Record<string, string | undefined>>;
		readonly copy: (text: string) => void;
		readonly say: (text: string) => void;
	},
): void {
	const command = browserCommand(url, {platform: process.platform, env});
	if ('copyInstead' in command) {
		copy(url);
		say(command.copyInstead);
	} else runAside(command.argv, (reason) => say(`cannot open the browser: ${reason}`));
}
