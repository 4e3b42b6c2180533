/** Character references of HTML that people write in markdown, as the characters they mean. Pure. */

const names: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	ensp: ' ',
	emsp: ' ',
	thinsp: ' ',
	shy: '',
	ndash: '–',
	mdash: '—',
	hellip: '…',
	middot: '·',
	bull: '•',
	copy: '©',
	reg: '®',
	trade: '™',
	deg: '°',
	plusmn: '±',
	times: '×',
	divide: '÷',
	frac12: '½',
	ne: '≠',
	le: '≤',
	ge: '≥',
	larr: '←',
	uarr: '↑',
	rarr: '→',
	darr: '↓',
	rArr: '⇒',
	check: '✓',
	cross: '✗',
	euro: '€',
	pound: '£',
	yen: '¥',
	sect: '§',
	para: '¶',
	laquo: '«',
	raquo: '»',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	bdquo: '„',
	szlig: 'ß',
	aelig: 'æ',
	AElig: 'Æ',
	oslash: 'ø',
	Oslash: 'Ø',
};
/** `&eacute;` is an e with the mark of that name. */
const marks: Readonly<Record<string, string>> = {
	acute: '\u0301',
	grave: '\u0300',
	circ: '\u0302',
	tilde: '\u0303',
	uml: '\u0308',
	ring: '\u030A',
	cedil: '\u0327',
	caron: '\u030C',
};

function named(name: string): string | undefined {
	if (Object.hasOwn(names, name)) return names[name];
	const [, letter = '', mark = ''] = /^([A-Za-z])([a-z]+)$/.exec(name) ?? [];
	return Object.hasOwn(marks, mark) ? (letter + (marks[mark] ?? '')).normalize('NFC') : undefined;
}

function numbered(digits: string): string | undefined {
	const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
	return code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) ? String.fromCodePoint(code) : undefined;
}

/** What is no reference that is known stays as it is written. The result is as harmful as any text from outside. */
export function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replaceAll(
		/&(?:#(x[\da-f]{1,6}|\d{1,7})|([a-z][a-z\d]{1,9}));/gi,
		(all, digits?: string, name?: string) => (digits === undefined ? named(name ?? '') : numbered(digits)) ?? all,
	);
}
