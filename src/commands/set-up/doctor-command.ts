/** `rounds doctor`: one line per thing that must work, with the way to fix it, and the exit code of the worst. */
import type {LoadedConfig} from '../../config/load-config-file.ts';
import {filesDoctor, machineDoctor, type TerminalFacts} from '../../adapters/doctor/machine-doctor.ts';
import {select, type Selection} from '../../config/select-service.ts';
import type {DoctorLine} from '../../ports/doctor-line.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import {exitCode, statuses, worst, type Status} from '../../base/status.ts';
import {symbolsFor} from '../../base/terminal/locale.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {pad, width} from '../../base/terminal/width.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

/** How long all the probes of one environment may take together. */
const probeTimeoutMs = 30_000;

export interface DoctorInput {
	readonly out: (text: string) => void;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly colour: boolean;
	readonly terminal: TerminalFacts;
	/** `process.versions.node`. */
	readonly node: string;
	readonly commands: CommandRunner;
	readonly load: () => Promise<LoadedConfig>;
	readonly service?: string | undefined;
	/** Only this one; every environment of the service where absent. */
	readonly environment?: string | undefined;
	/** Tries the sources of one environment. */
	readonly probe: (selection: Selection & {readonly loaded: LoadedConfig; readonly signal: AbortSignal}) => Promise<readonly DoctorLine[]>;
	readonly signal: AbortSignal;
}

interface Section {
	readonly title: string;
	readonly lines: readonly DoctorLine[];
}

async function environmentSection(
	selection: Selection,
	{loaded, input}: {readonly loaded: LoadedConfig; readonly input: DoctorInput},
): Promise<Section> {
	const title = `${selection.service.name} ${selection.environment.name}`;
	const limit = AbortSignal.timeout(probeTimeoutMs);
	try {
		const lines = await input.probe({...selection, loaded, signal: AbortSignal.any([input.signal, limit])});
		const none: DoctorLine = {
			subject: 'Sources',
			status: 'warning',
			text: 'none configured',
			advice: 'Add health addresses or sources in rounds.yaml',
		};
		return {title, lines: lines.length > 0 ? lines : [none]};
	} catch (error) {
		input.signal.throwIfAborted();
		if (!limit.aborted) throw error;
		return {
			title,
			lines: [
				{
					subject: 'Sources',
					status: 'unknown',
					text: `no answer within ${probeTimeoutMs / 1000} s`,
					advice: 'Check the network and the VPN',
				},
			],
		};
	}
}

/** The configuration's sections; one that cannot be used ends the examination of what depends on it. */
async function configSections(input: DoctorInput): Promise<readonly Section[]> {
	let loaded: LoadedConfig;
	let selection: Selection;
	try {
		loaded = await input.load();
		selection = select(loaded.config, input);
	} catch (error) {
		// A mistyped --service is no finding: it is told as every command tells it.
		if (!(error instanceof UserError) || error.exitCode === exitCodes.usage) throw error;
		// Where there are mistakes, the last line counts them, as the end of the examination does.
		const [only = '', ...more] = error.message.split('\n');
		const lines = [only, ...more.slice(0, -1)].map((text): DoctorLine => ({subject: 'File', status: 'critical', text}));
		return [{title: 'rounds.yaml', lines}];
	}
	const {service} = selection;
	const environments = input.environment === undefined ? service.environments : [selection.environment];
	const others = loaded.config.services.filter(({name}) => name !== service.name).map(({name}) => name);
	const file: DoctorLine = {
		subject: 'File',
		status: 'ok',
		text: `${loaded.path} is valid`,
		...(input.service === undefined && others.length > 0 ? {advice: `Other services: ${others.join(', ')} (use --service NAME)`} : {}),
	};
	const [files, ...sources] = await Promise.all([
		filesDoctor({loaded, service, commands: input.commands, signal: input.signal}),
		...environments.map(async (environment) => environmentSection({service, environment}, {loaded, input})),
	]);
	return [{title: 'rounds.yaml', lines: [file, ...files]}, ...sources];
}

const colours: Record<Status, string> = {ok: '32', warning: '33', critical: '31', unknown: '35'};

function print(sections: readonly Section[], {env, colour, out}: DoctorInput): void {
	const symbols = symbolsFor(env);
	const paint = (code: string, text: string) => (colour ? `\u001B[${code}m${text}\u001B[39m` : text);
	const all = sections.flatMap(({lines}) => lines);
	const column = Math.min(48, Math.max(...all.map(({subject}) => width(sanitize(subject)))));
	for (const {title, lines} of sections) {
		out(`${sanitize(title)}\n`);
		for (const {subject, status, text, advice} of lines) {
			out(`  ${paint(colours[status], `${symbols[status]} ${status.padEnd(8)}`)}  ${pad(sanitize(subject), column)}  ${sanitize(text)}\n`);
			if (advice !== undefined) out(`${' '.repeat(column + 16)}${symbols.arrow} ${sanitize(advice)}\n`);
		}
	}
	const counts = statuses.map((status) => ({status, count: all.filter((line) => line.status === status).length}));
	out(`${counts.flatMap(({status, count}) => (count > 0 ? [paint(colours[status], `${count} ${status}`)] : [])).join(', ')}\n`);
}

/**
 * Examines machine, configuration and, side by side, every source; prints what works and what is missing.
 * @returns 0 all works, 1 warning, 2 critical, 3 could not be told
 * @throws UserError (64) for a service or environment that is not configured
 */
export async function doctor(input: DoctorInput): Promise<number> {
	const [machine, config] = await Promise.all([machineDoctor(input), configSections(input)]);
	const sections = [{title: 'This machine', lines: machine}, ...config];
	print(sections, input);
	return exitCode(worst(sections.flatMap(({lines}) => lines.map(({status}) => status))));
}
