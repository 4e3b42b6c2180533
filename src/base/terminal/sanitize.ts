/**
 * Makes text from outside harmless before it reaches the terminal. Two passes: the first drops whole escape
 * sequences so that no residue such as `[31m` is left to read; the second drops every character that could act,
 * hide or reorder, and is the one that guarantees the result whatever the first has missed.
 */

/** CSI, string sequences (OSC, DCS, SOS, PM, APC) that end, and two-character escapes. An unended string hides nothing: only its introducer goes. */
const sequences =
	// oxlint-disable-next-line no-control-regex -- control characters are what this is about
	/(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u0080-\u009F\n]{0,4096}(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]*[0-Z\\^-~]/gu;

/** Controls, format characters (bidi marks, overrides and isolates, zero-width ones, tags), invisible fillers and lone surrogates. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** More than four marks on one letter climb out of their row. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

// oxlint-disable-next-line no-control-regex -- some line breaks are control characters
const lineBreaks = /\r\n|[\n\r\u000B\f\u0085\u2028\u2029]/gu;
/** ASCII, Latin letters and marks without the soft hyphen, and the ellipsis: nothing in it acts or hides. */
const plain = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2026]*$/;

/**
 * One line of harmless text: no escape sequence, control, bidi or invisible character; line breaks become one space,
 * tabs two. Text that is already plain comes back as it is.
 */
export function sanitize(text: string): string {
	if (plain.test(text)) return text;
	return text.replace(sequences, '').replace(lineBreaks, ' ').replaceAll('\t', '  ').replace(acting, '').replace(stackedMarks, '$1');
}

/** As `sanitize`, for a text of several lines: line breaks stay, as `\n`, and tabs become four spaces. */
export function sanitizeMultiline(text: string): string {
	if (plain.test(text)) return text;
	return text
		.split(lineBreaks)
		.map((line) => sanitize(line.replaceAll('\t', '    ')))
		.join('\n');
}
