/** The command as it could be typed, for showing it; never run through a shell. */
export function shown(argv: readonly string[]): string {
	return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ');
}
