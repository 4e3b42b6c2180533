import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {commandTable, globalOptions, optionFlags, shells} from '../../src/commands/kit/command-table.ts';
import {completion} from '../../src/commands/completion.ts';
import {scratch} from '../config/scratch.ts';

/** What bash offers for the last of the words, after sourcing the script under `set -eu`. */
function offeredIn(env: Readonly<Record<string, string>>, ...words: readonly string[]): readonly string[] {
	const script = join(scratch({'rounds.bash': completion('bash')}), 'rounds.bash');
	const program =
		'set -eu; source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rounds || true; printf "%s\\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}';
	return execFileSync('bash', ['--norc', '-c', program, 'bash', script, 'rounds', ...words], {
		encoding: 'utf8',
		env: {...process.env, ...env},
	})
		.split('\n')
		.filter((line) => line !== '');
}

const offered = (...words: readonly string[]) => offeredIn({}, ...words);

describe('bash completion', () => {
	it('sources cleanly and says nothing', () => {
		const script = join(scratch({'rounds.bash': completion('bash')}), 'rounds.bash');
		const {status, stdout, stderr} = spawnSync('bash', ['--norc', '-euc', 'source "$1"; complete -p rounds', 'bash', script], {
			encoding: 'utf8',
		});
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(stdout).toBe('complete -o default -F _rounds rounds\n');
	});

	it('offers every command and every global option first', () => {
		const names = commandTable.map(({name}) => name).filter((name) => name !== '');
		expect(offered('')).toEqual(expect.arrayContaining([...names, ...globalOptions.map(({name}) => `--${name}`), '--help', '--version']));
		expect(offered('co')).toEqual(['completion']);
	});

	it('offers what an option takes', () => {
		expect(offered('check', '--format', '')).toEqual(['text', 'json', 'junit']);
		expect(offered('check', '--format', 'j')).toEqual(['json', 'junit']);
		expect(offered('log', '--format', '')).toEqual(['text', 'json']);
		expect(offered('log', '--status', 'w')).toEqual(['warning']);
	});

	it('offers the words that come first, and behind show the rounds that there are', () => {
		expect(offered('log', '').filter((word) => !word.startsWith('-'))).toEqual(['add', 'trends', 'investigations', 'show']);
		expect(offered('log', '--since', '7d', 'inv')).toEqual(['investigations']);
		expect(offered('log', 'trends', '').filter((word) => !word.startsWith('-'))).toEqual([]);
		expect(offered('runbook', 'l')).toEqual(['lint']);
		// As `rounds log` prints an entry whose record is there: a time in a finding is no round.
		const printed = '2026-11-20 08:42 +01:00  ok  checkout/production  alice  6m12s  2026-11-20T0831  PITR orders 2026-11-19T22:10Z fresh';
		const bin = scratch({rounds: `#!/bin/sh\n[ "$*" = "log --limit 50" ] && echo '${printed}'\n`});
		chmodSync(join(bin, 'rounds'), 0o755);
		const withIt = {PATH: `${bin}:${process.env['PATH']}`};
		expect(offeredIn(withIt, 'log', 'show', '').filter((word) => !word.startsWith('-'))).toEqual(['last', '2026-11-20T0831']);
		expect(offeredIn(withIt, 'log', 'show', '2026')).toEqual(['2026-11-20T0831']);
		expect(offeredIn(withIt, 'log', 'show', '2026-11-20T0831', '').filter((word) => !word.startsWith('-'))).toEqual([]);
		expect(offeredIn({PATH: '/usr/bin:/bin'}, 'log', 'show', 'l')).toEqual(['last']);
	});

	it('offers the names of the runbooks behind show, and no title of their list', () => {
		const list =
			'NAME        TITLE                CHECKS\nalerts      An alert fires       alerts\noom-killed  OOMKilled: a pod     pods\n';
		const bin = scratch({rounds: `#!/bin/sh\n[ "$*" = runbook ] && printf '${list}'\n`});
		chmodSync(join(bin, 'rounds'), 0o755);
		const withIt = {PATH: `${bin}:${process.env['PATH']}`};
		expect(offeredIn(withIt, 'runbook', 'show', '').filter((word) => !word.startsWith('-'))).toEqual(['alerts', 'oom-killed']);
		expect(offeredIn(withIt, 'runbook', 'show', 'oo')).toEqual(['oom-killed']);
	});

	it('knows the command also behind options and their values', () => {
		expect(offered('--service', 'check', 'demo', 'm')).toEqual(['morning']);
		expect(offered('completion', '')).toEqual(expect.arrayContaining([...shells]));
		expect(offered('init', '--y')).toEqual(['--yes']);
	});
});

describe('every shell', () => {
	it.each(shells)('%s knows each command and each option', (shell) => {
		const script = completion(shell);
		for (const {name, options} of commandTable) {
			expect(script).toContain(name);
			for (const option of [...options, ...globalOptions])
				expect(script).toMatch(new RegExp(shell === 'fish' ? `-l ${option.name}\\b` : `--${option.name}\\b`));
		}
	});

	it.each([
		['zsh', ['-n']],
		['fish', ['--no-execute']],
	] as const)('%s takes the script, where the shell is installed', (shell, check) => {
		const script = join(scratch({script: completion(shell)}), 'script');
		const {error, status, stderr} = spawnSync(shell, [...check, script], {encoding: 'utf8'});
		if (error && 'code' in error && error.code === 'ENOENT') return;
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
	});
});

describe('fish, where it is installed', () => {
	const fish: (typeof shells)[number] = 'fish';
	const offeredByFish = (line: string): readonly string[] | undefined => {
		const bin = scratch({
			'rounds.fish': completion(fish),
			rounds: `#!/bin/sh\n[ "$*" = runbook ] && printf 'NAME    TITLE\\nalerts  An alert fires\\n'\n`,
			'app.log': '',
		});
		chmodSync(join(bin, 'rounds'), 0o755);
		const {error, stdout} = spawnSync(fish, ['--no-config', '-c', 'source rounds.fish; complete -C "$argv"', line], {
			cwd: bin,
			encoding: 'utf8',
			env: {...process.env, PATH: `${bin}:${process.env['PATH']}`},
		});
		return error ? undefined : stdout.split('\n').flatMap((one) => one.split('\t')[0] || []);
	};

	it.each([
		['rounds runbook show ', ['alerts']],
		['rounds --service shop runbook show ', ['alerts']],
		['rounds runbook show alerts ', []],
		['rounds runbook l', ['lint']],
		['rounds tail a', ['app.log']],
		['rounds patterns a', ['app.log']],
		['rounds runbook lint a', ['app.log']],
		['rounds log --status w', ['warning']],
	])('offers for %s', (line, words) => {
		expect(offeredByFish(line) ?? words).toEqual(words);
	});
});

describe('the table of commands', () => {
	it('names each command once and no option twice within one', () => {
		const names = commandTable.map(({name}) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const {options} of commandTable) {
			const all = [...options, ...globalOptions].flatMap(({name, short}) => (short === undefined ? [name] : [name, short]));
			expect(new Set(all).size).toBe(all.length);
		}
	});

	it('prints options as help does', () => {
		expect(optionFlags({name: 'yes', short: 'y', summary: ''})).toBe('-y, --yes');
		expect(optionFlags({name: 'format', value: {name: 'FORMAT', required: true}, summary: ''})).toBe('--format <FORMAT>');
		expect(optionFlags({name: 'demo', value: {name: 'SCENARIO', required: false}, summary: ''})).toBe('--demo [SCENARIO]');
	});
});
