/** Reads vulnerabilities and builds from a command of the team's. */
import * as z from 'zod';
import {SourceError} from '../../base/source-error.ts';
import type {CheckContext} from '../kit/check.ts';
import type {SecurityData, SecurityOptions} from './types.ts';

const printed = z.object({
	vulnerabilities: z
		.array(
			z.object({
				id: z.string(),
				package: z.string(),
				severity: z.enum(['low', 'medium', 'high', 'critical']),
				summary: z.string().default(''),
				url: z.string().default(''),
				repository: z.string().optional(),
				createdAt: z.iso.datetime({offset: true}).optional(),
			}),
		)
		.default([]),
	builds: z
		.array(
			z.object({
				workflow: z.string(),
				branch: z.string(),
				conclusion: z.string(),
				url: z.string().default(''),
				repository: z.string().optional(),
				at: z.iso.datetime({offset: true}).optional(),
			}),
		)
		.default([]),
});

function badResponse(command: readonly string[], message: string): SourceError {
	return new SourceError({
		source: 'Security command',
		kind: 'bad-response',
		message,
		advice: `Run it by hand: ${command.join(' ')}`,
	});
}

/** Runs the command and reads its JSON; an exit code is not an error where the JSON is good (`npm audit` ends with 1). */
export async function readSecurityCommand(
	{options, sources, service, clock, signal}: CheckContext<SecurityOptions>,
	command: readonly string[],
): Promise<SecurityData> {
	const {stdout, exitCode} = await sources.commands.run(command, {timeoutMs: options.timeout, signal});
	let json: unknown;
	try {
		json = JSON.parse(stdout);
	} catch {
		throw badResponse(command, `printed no JSON (exit code ${exitCode})`);
	}
	const parsed = printed.safeParse(json);
	const [issue] = parsed.error?.issues ?? [];
	if (!parsed.success)
		throw badResponse(command, `printed JSON of another shape: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
	const raw = json as Readonly<Record<string, unknown>>;
	if (raw['vulnerabilities'] === undefined && raw['builds'] === undefined)
		throw badResponse(command, 'printed neither vulnerabilities nor builds');
	const now = clock.now();
	return {
		repositories: [service.name],
		vulnerabilities: parsed.data.vulnerabilities.map((one) => ({
			...one,
			repository: one.repository ?? service.name,
			createdAt: one.createdAt === undefined ? now : Date.parse(one.createdAt),
		})),
		builds: parsed.data.builds.map((one) => ({
			...one,
			repository: one.repository ?? service.name,
			at: one.at === undefined ? now : Date.parse(one.at),
		})),
	};
}
