/** `rounds demo --serve`: keeps the company up for clients of one's own, kubectl, promtool, amtool or curl. */
import {systemClock} from '../../adapters/machine/system-clock.ts';
import type {Clock} from '../../ports/clock.ts';
import {startCompany, type Company} from '../../demo/company/company.ts';
import type {ScenarioName} from '../../demo/kit/world.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** What `--serve` prints: lines a shell can evaluate, everything else as comments. */
export function describeCompany(company: Company): string {
	const width = Math.max(...company.addresses.map(({name}) => name.length));
	const of = (name: string) => company.addresses.find((address) => address.name === name)?.url ?? '';
	return [
		`export KUBECONFIG=${quoted(company.kubeconfigPath)}`,
		...Object.entries(company.environment).map(([name, value]) => `export ${name}=${quoted(value)}`),
		'',
		...company.addresses.map(({name, url}) => `# ${name.padEnd(width)}  ${url}`),
		'',
		'# kubectl get pods -w',
		`# promtool query instant ${quoted(of('Prometheus'))} ${quoted('sum(rate(http_requests_total[5m]))')}`,
		`# amtool alert query --alertmanager.url=${quoted(of('Alertmanager'))}`,
		`# rounds --config ${quoted(company.configPath)}`,
		'# Ctrl-C ends it.',
		'',
	].join('\n');
}

/** What a parent process needs to open the company. */
export type CompanyFiles = Pick<Company, 'configPath' | 'environment'>;

/**
 * Starts the company, prints how to reach it and stays until SIGINT or SIGTERM; a parent process that forked us is
 * told as well, and our end follows its own.
 * @param options.out Standard output, or what means it.
 * @param options.signal Ends it as SIGINT does.
 */
export async function serveDemo(options: {
	readonly scenario: ScenarioName;
	/** Default: the machine's. */
	readonly clock?: Clock;
	readonly out: (text: string) => void;
	readonly signal?: AbortSignal;
}): Promise<void> {
	// From the start: a parent may end while the company is still starting.
	const ended = new Promise<void>((resolve) => {
		process.once('SIGINT', () => resolve());
		process.once('SIGTERM', () => resolve());
		process.once('disconnect', () => resolve());
		if (options.signal?.aborted || (process.send && !process.connected)) resolve();
		options.signal?.addEventListener('abort', () => resolve(), {once: true});
	});
	const company = await startCompany({scenario: options.scenario, clock: options.clock ?? systemClock});
	try {
		options.out(describeCompany(company));
		if (process.connected) process.send?.({configPath: company.configPath, environment: company.environment} satisfies CompanyFiles);
		await ended;
	} finally {
		await company.close();
	}
}
