import {mkdtemp, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {browserCommand} from '../../../src/base/terminal/browser.ts';
import {clipboardSequence, maxClipboardBytes} from '../../../src/base/terminal/clipboard.ts';
import {editText} from '../../../src/adapters/programs/editor.ts';
import {editorArgv} from '../../../src/base/terminal/editor-argv.ts';
import {asciiSymbols, hasLightBackground, supportsUnicode, symbolsFor} from '../../../src/base/terminal/locale.ts';

/** What the terminal would copy, taken out of the sequence again. */
function copied(sequence: string): string {
	// oxlint-disable-next-line no-control-regex -- escape sequences are what this is about
	const base64 = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(sequence)?.[1] ?? '';
	return Buffer.from(base64, 'base64').toString('utf8');
}

describe('clipboardSequence', () => {
	it('carries the text', () => {
		expect(copied(clipboardSequence('api-54fb9 · 東京', {TERM: 'xterm-256color'}) ?? '')).toBe('api-54fb9 · 東京');
	});

	it('speaks to tmux both ways', () => {
		const sequence = clipboardSequence('x', {TMUX: '/tmp/tmux-0/default', TERM: 'screen-256color'}) ?? '';
		expect(sequence).toBe('\u001B]52;c;eA==\u0007\u001BPtmux;\u001B\u001B]52;c;eA==\u0007\u001B\\');
	});

	it('passes through screen in pieces short enough for it', () => {
		const text = 'long '.repeat(500);
		const pieces = (clipboardSequence(text, {STY: '1.pts'}) ?? '').split('\u001B\\').filter(Boolean);
		expect(pieces.length).toBeGreaterThan(5);
		for (const piece of pieces) expect(piece.length).toBeLessThan(768);
		expect(copied(pieces.map((piece) => piece.replace('\u001BP', '')).join(''))).toBe(text);
	});

	it('refuses what terminals would cut off', () => {
		expect(clipboardSequence('x'.repeat(maxClipboardBytes), {})).toBeDefined();
		expect(clipboardSequence('é'.repeat(maxClipboardBytes / 2 + 1), {})).toBeUndefined();
	});
});

describe('browserCommand', () => {
	const desktop = {platform: 'linux', env: {DISPLAY: ':0'}} as const;

	it.each([
		[desktop, ['xdg-open', 'https://example.com/']],
		[{platform: 'darwin', env: {}} as const, ['open', 'https://example.com/']],
		[{platform: 'linux', env: {WSL_DISTRO_NAME: 'Debian'}} as const, ['wslview', 'https://example.com/']],
	])('%j', (place, argv) => {
		expect(browserCommand('https://example.com', place)).toEqual({argv});
	});

	it.each(['file:///etc/passwd', 'javascript:alert(1)', '--help', '', 'example.com'])('never opens %j', (url) => {
		expect(browserCommand(url, desktop)).toHaveProperty('copyInstead');
	});

	it('copies where there is no screen', () => {
		expect(browserCommand('https://example.com', {platform: 'darwin', env: {SSH_TTY: '/dev/pts/1'}})).toHaveProperty('copyInstead');
		expect(browserCommand('https://example.com', {platform: 'linux', env: {}})).toHaveProperty('copyInstead');
	});

	it('hands on one argument whatever the address holds', () => {
		const command = browserCommand('https://example.com/a b"$(id)`', desktop);
		expect(command).toEqual({argv: ['xdg-open', expect.not.stringMatching(/[\s"`]/)]});
	});
});

describe('hasLightBackground', () => {
	it.each([
		[{COLORFGBG: '0;15', COLORTERM: 'truecolor'}, true],
		[{COLORFGBG: '0;default;15', TERM: 'xterm-256color'}, true],
		[{COLORFGBG: '0;7', TERM: 'xterm-256color'}, true],
		[{COLORFGBG: '15;0', COLORTERM: 'truecolor'}, false],
		[{COLORFGBG: '15;8', COLORTERM: 'truecolor'}, false],
		[{COLORFGBG: '0;15', TERM: 'xterm'}, false],
		[{COLORFGBG: 'default', COLORTERM: 'truecolor'}, false],
		[{COLORTERM: 'truecolor'}, false],
	])('%j: %s', (env, expected) => {
		expect(hasLightBackground(env)).toBe(expected);
	});
});

describe('supportsUnicode', () => {
	it.each([
		[{LANG: 'en_US.UTF-8'}, true],
		[{LANG: 'C.utf8'}, true],
		[{LC_ALL: 'C', LANG: 'en_US.UTF-8'}, false],
		[{LC_ALL: '', LANG: 'en_US.UTF-8'}, true],
		[{LC_CTYPE: 'UTF-8'}, true],
		[{}, false],
		[{LANG: 'en_US.UTF-8', TERM: 'dumb'}, false],
	])('%j is %s', (env, expected) => {
		expect(supportsUnicode(env, 'linux')).toBe(expected);
	});

	it('has marks of plain ASCII', () => {
		expect(symbolsFor({LANG: 'C'}, 'linux')).toBe(asciiSymbols);
		expect(Object.values(asciiSymbols).flat().join('')).toMatch(/^[ -~]+$/);
	});
});

describe('the editor', () => {
	it.each([
		[{VISUAL: 'code --wait', EDITOR: 'vi'}, ['code', '--wait']],
		[{EDITOR: '"/opt/my editor/bin" -n'}, ['/opt/my editor/bin', '-n']],
		[{EDITOR: String.raw`/opt/my\ editor`}, ['/opt/my editor']],
		[{VISUAL: '  ', EDITOR: 'nano'}, ['nano']],
		[{}, ['vi']],
	])('%j runs %j', (env, argv) => {
		expect(editorArgv(env, 'linux')).toEqual(argv);
	});

	it('gives the file to its owner only and takes it away again', async () => {
		const directory = await mkdtemp(join(tmpdir(), 'rounds-editor-'));
		const seen: {argv?: readonly string[]; mode?: number; before?: string} = {};
		const text = await editText('before', {
			env: {EDITOR: 'nano -w'},
			directory,
			async run(argv) {
				const file = argv.at(-1) ?? '';
				seen.argv = argv;
				seen.mode = (await stat(file)).mode & 0o777;
				seen.before = await readFile(file, 'utf8');
				await writeFile(file, 'after\nmore\n');
				return 0;
			},
		});
		expect(text).toBe('after\nmore');
		expect(seen).toMatchObject({mode: 0o600, before: 'before\n', argv: ['nano', '-w', expect.stringMatching(/note\.md$/)]});
		expect(await readdir(directory)).toEqual([]);
	});

	it('says in a sentence when the editor fails', async () => {
		await expect(editText('x', {env: {}, run: () => Promise.resolve(1)})).rejects.toThrow(
			'the editor ended with 1, so the text is as it was',
		);
		await expect(editText('x', {env: {EDITOR: 'nope'}, run: () => Promise.reject(new Error('not found'))})).rejects.toThrow(
			'the editor nope cannot start (not found). Set EDITOR to an installed editor.',
		);
	});
});
