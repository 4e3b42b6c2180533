/** Characters that are one column each and join nothing: what Ink asks Unicode's tables about, known without asking. */

/** Latin letters and their signs, dashes and quotes, arrows, boxes and blocks, the two marks; no soft hyphen, which is not seen. */
export function isNarrow(code: number): boolean {
	if (code < 0x7f) return code >= 0x20;
	return (
		(code >= 0xa1 && code <= 0x2ff && code !== 0xad) ||
		(code >= 0x2500 && code <= 0x259f) ||
		(code >= 0x2010 && code <= 0x2027) ||
		(code >= 0x2190 && code <= 0x2193) ||
		code === 0x2713 ||
		code === 0x2717
	);
}

/** As a regular expression has it, for where Ink asks one. */
export const narrow = {
	test(text: string): boolean {
		for (let at = 0; at < text.length; at++) if (!isNarrow(text.charCodeAt(at))) return false;
		return true;
	},
};
