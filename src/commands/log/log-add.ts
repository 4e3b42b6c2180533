/** `rounds log add TEXT`: a line by hand, in the form of an entry that no rounds. */
import {loadConfig} from '../../config/load-config-file.ts';
import {select} from '../../config/select-service.ts';
import {didYouMean} from '../../base/nearest.ts';
import {operatorName} from '../../adapters/machine/operator.ts';
import {appendEntry} from '../../ops-log/append-file.ts';
import {type Entry, formatEntry} from '../../ops-log/entry.ts';
import {itemJson} from '../../ops-log/history/log-text.ts';
import type {Status} from '../../base/status.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {offsetMinutesAt} from '../../base/times.ts';
import {UserError} from '../../base/user-error.ts';
import {parseDemoConfig} from './log-config.ts';
import {type LogInput, textOption, wantsJson} from './log-input.ts';
import {openLog} from './log-open.ts';

/** Appends the line and prints it. */
export async function addLine(input: LogInput): Promise<number> {
	for (const name of ['since', 'until', 'limit', 'outcome']) {
		if (textOption(input, name) !== undefined)
			throw new UserError(`--${name} is for reading. \`rounds log add\` writes a line with the current time.`);
	}
	const [, ...words] = input.words;
	const said = (words.length === 1 && words[0] === '-' ? await input.readInput() : words.join(' ')).trim();
	if (said === '') throw new UserError('rounds log add needs the words to write: rounds log add "restarted redis by hand"');
	const log = await openLog(input);
	const config =
		typeof input.options['demo'] === 'string'
			? parseDemoConfig()
			: (await loadConfig({cwd: input.cwd, env: input.env, path: input.common.config})).config;
	const {service, environment} = select(config, input.common);
	const check = textOption(input, 'check');
	const ids = log.checks.map(({id}) => id);
	if (check !== undefined && !ids.includes(check))
		throw new UserError(`There is no check "${check}"${didYouMean(check, ids)} (known: ${ids.join(', ')})`);
	const now = input.clock.now();
	const entry: Entry = {
		at: Math.floor(now / 60_000) * 60_000,
		offsetMinutes: offsetMinutesAt(now),
		service: service.name,
		environment: environment.name,
		operator: textOption(input, 'operator') ?? operatorName(config.operator, input.env),
		status: (textOption(input, 'status') as Status | undefined) ?? 'ok',
		findings: [check === undefined ? said : `${check.replaceAll('-', ' ')} ${said}`],
		anomalies: [],
		// No one walked: that is how the trends tell it from a round.
		walkedMs: 0,
	};
	const line = formatEntry(entry);
	const {appended} = await appendEntry({path: log.path, line, clock: input.clock});
	if (wantsJson(input))
		input.out(`${JSON.stringify(itemJson({kind: 'entry', at: entry.at, status: entry.status, text: line, entry}), undefined, 2)}\n`);
	else input.out(`${line}\n`);
	input.err(appended ? `rounds: appended to ${sanitize(log.shown)}\n` : `rounds: ${sanitize(log.shown)} has this line already\n`);
	return 0;
}
