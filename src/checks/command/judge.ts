/** Judges a command by the Nagios plug-in rules, or by the JSON it prints. Pure. */
import * as z from 'zod';
import {type Status, statuses} from '../../base/status.ts';
import type {Finding, JudgeContext} from '../kit/check.ts';
import type {CommandData, CommandOptions} from './types.ts';
import {finding, label, oneLine} from '../kit/finding.ts';

const printed = z.object({
	status: z.enum(statuses),
	summary: z.string(),
	reasons: z.array(z.object({status: z.enum(statuses), subject: z.string(), text: z.string()})).default([]),
});

const byExitCode: readonly Status[] = ['ok', 'warning', 'critical', 'unknown'];

function unreadable({result}: CommandData, {id, now}: JudgeContext<CommandOptions>, why: string): Finding {
	const stderr = oneLine(result.stderr.trim().split('\n').at(-1) ?? '');
	const text = `${why} (exit code ${result.exitCode})${stderr ? `: ${stderr}` : ''}`;
	return finding({
		summary: text,
		short: `${label(id)} unknown`,
		reasons: [{status: 'unknown', subject: 'command', text}],
		evidence: [{id: `command:${id}`, check: id, text, at: now}],
	});
}

function judgeNagios(data: CommandData, context: JudgeContext<CommandOptions>): Finding {
	const {result} = data;
	const {id, now} = context;
	const status = byExitCode[result.exitCode];
	if (status === undefined) return unreadable(data, context, 'no exit code of a Nagios plug-in');
	// What follows the bar is performance data, for a graph and not for a person.
	const [first = '', ...rest] = result.stdout
		.trim()
		.split('\n')
		.map((line) => line.split('|', 1)[0]?.trim() ?? '');
	const summary = first || oneLine(result.stderr).slice(0, 200) || `exit code ${result.exitCode}, nothing printed`;
	return finding({
		summary,
		short: `${label(id)} ${status === 'ok' ? 'ok' : summary.slice(0, 60)}`,
		reasons: [
			{status, subject: data.command[0]?.split('/').at(-1) ?? 'command', text: summary},
			...rest.filter(Boolean).map((text) => ({status, subject: 'output', text})),
		],
		evidence: [{id: `command:${id}`, check: id, text: summary, at: now}],
	});
}

function judgeJson(data: CommandData, context: JudgeContext<CommandOptions>): Finding {
	const {id, now} = context;
	let json: unknown;
	try {
		json = JSON.parse(data.result.stdout);
	} catch {
		return unreadable(data, context, 'printed no JSON');
	}
	const parsed = printed.safeParse(json);
	const [issue] = parsed.error?.issues ?? [];
	if (!parsed.success)
		return unreadable(data, context, `printed JSON of another shape: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
	const {status, summary, reasons} = parsed.data;
	return finding({
		summary,
		short: `${label(id)} ${status === 'ok' ? 'ok' : summary.slice(0, 60)}`,
		// The most urgent of its own word and its reasons.
		reasons: [{status, subject: 'command', text: summary}, ...reasons],
		evidence: [{id: `command:${id}`, check: id, text: summary, at: now}],
	});
}

/** Judges what the command said; what cannot be read is unknown. */
export function judgeCommand(data: CommandData, context: JudgeContext<CommandOptions>): Finding {
	return context.options.output === 'json' ? judgeJson(data, context) : judgeNagios(data, context);
}
