/** From the words on the command line to the command that does them; every error becomes words and an exit code here. */
import type {CommonOptions} from '../apps/context.ts';
import type {ScenarioName} from '../demo/kit/world.ts';
import {sanitizeMultiline} from '../base/terminal/sanitize.ts';
import {supportsUnicode} from '../base/terminal/locale.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import {commandTable, type Shell} from './kit/command-table.ts';
import type {Surroundings} from './kit/full-screen.ts';
import {openDebug} from './kit/debug.ts';
import {open, openedNow} from './kit/opened.ts';
import {err, here, leaveSplash, out, say, wantsColour} from './kit/streams.ts';
import {commandNames, type Invocation, parse} from './kit/program.ts';
import {report} from './check/report-command.ts';
import {tailLogs} from './tail/tail-logs.ts';
import {replay, walk} from './walk.ts';

async function run(invocation: Invocation, surroundings: Surroundings): Promise<number> {
	const {command, words, options} = invocation;
	const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
	const common: CommonOptions = {
		config: text('config'),
		service: text('service'),
		environment: text('environment'),
		context: text('context'),
		readOnly: options['readOnly'] === true,
	};
	switch (command) {
		case '':
			return walk(common, undefined, surroundings);
		case 'demo': {
			// The parser has held the word against the scenarios' names already.
			const scenario = (words[0] ?? 'morning') as ScenarioName;
			if (options['serve'] !== true) return walk(common, scenario, surroundings);
			const {serveDemo} = await import('./kit/serve-demo.ts');
			const {systemClock} = await import('../adapters/machine/system-clock.ts');
			await serveDemo({scenario, clock: systemClock, out});
			return 0;
		}
		case 'check': {
			const demo = text('demo') as ScenarioName | undefined;
			return report(await open(common, demo), {ids: words, format: text('format') as 'text' | 'json' | 'junit'});
		}
		case 'tail':
			return tailLogs(invocation, common, surroundings);
		case 'patterns': {
			const {runPatterns} = await import('./patterns/patterns-command.ts');
			const {stdin, stdout} = process;
			return runPatterns({
				words,
				options,
				stdin,
				stdout,
				err,
				env: process.env,
				columns: stdout.isTTY ? stdout.columns : undefined,
				now: Date.now,
			});
		}
		case 'log': {
			if (words[0] === 'show') return replay(invocation, common, surroundings);
			const {runLog} = await import('./log/log-command.ts');
			return runLog({words, options, common, out, say, err, ...here()});
		}
		case 'runbook': {
			const {runRunbook} = await import('./runbook/runbook-command.ts');
			return runRunbook({words, options, common, out, say, err, ...here()});
		}
		case 'help': {
			const {help} = await import('./help/help-command.ts');
			const {columns, isTTY} = process.stdout;
			return help({
				words,
				commands: commandNames,
				say,
				columns: isTTY ? columns : undefined,
				async draw(markdown, width) {
					const {printPage} = await surroundings.loadPage();
					return printPage(markdown, {columns: width, unicode: supportsUnicode(process.env), colour: wantsColour()});
				},
			});
		}
		case 'completion': {
			const {completion} = await import('./completion.ts');
			out(completion(words[0] as Shell));
			return 0;
		}
		default: {
			const {runSetUp} = await import('./set-up/set-up.ts');
			return runSetUp(command, {common, yes: options['yes'] === true, out: say, ...here()});
		}
	}
}

/** Runs the program; resolves to its exit code and never rejects. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
	const invocation = parse(argv, {out: say, err});
	if ('exitCode' in invocation) return invocation.exitCode;
	try {
		await openDebug();
		return await run(invocation, surroundings);
	} catch (error) {
		if (surroundings.splash) leaveSplash();
		if (error instanceof UserError) {
			err(`rounds: ${sanitizeMultiline(error.message)}\n`);
			const topic = error.topic ?? commandTable.find(({name}) => name === invocation.command)?.topic;
			if (topic !== undefined) err(`See: rounds help ${topic}\n`);
			return error.exitCode;
		}
		const {reportCrash} = await import('./kit/crash.ts');
		await reportCrash(error, {context: openedNow()?.context, err});
		return exitCodes.software;
	}
}
