/** The time that the kubelet writes before each line when asked for timestamps, read byte by byte. */

export interface StampReader {
	/** Reads the stamp at `start`; false where there is none, and then the fields below mean nothing. */
	readonly read: (bytes: Uint8Array, start: number, end: number) => boolean;
	/** Whole seconds since the epoch, and the nanoseconds of that second. */
	second: number;
	nanos: number;
	/** Where the line's own text begins: behind the one space. */
	textStart: number;
}

const secondsLength = '2026-11-20T08:33:04'.length;
const powers = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

const isDigit = (byte: number | undefined): byte is number => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Whole seconds of `2026-11-20T08:33:04` as if in UTC; undefined where it is none. */
function parseSeconds(text: string): number | undefined {
	const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
	return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** Seconds east of UTC of `+02:00`; undefined where it is none. */
function parseOffset(text: string): number | undefined {
	const match = /^([+-])(\d\d):(\d\d)$/.exec(text);
	return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60) : undefined;
}

/** A reader that remembers the last second: most lines share theirs with the line before. RFC 3339, up to nine digits. */
export function createStampReader(): StampReader {
	const known = new Uint8Array(secondsLength);
	let knownSecond = 0;
	const ascii = (bytes: Uint8Array, start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString('latin1');

	function learn(bytes: Uint8Array, start: number): boolean {
		const second = parseSeconds(ascii(bytes, start, start + secondsLength));
		if (second === undefined) return false;
		known.set(bytes.subarray(start, start + secondsLength));
		knownSecond = second;
		return true;
	}

	const reader: StampReader = {
		second: 0,
		nanos: 0,
		textStart: 0,
		read(bytes, start, end) {
			if (end - start <= secondsLength || bytes[start + 4] !== 0x2d || bytes[start + 10] !== 0x54) return false;
			for (let index = secondsLength - 1; index >= 0; index--) {
				if (bytes[start + index] === known[index]) continue;
				if (!learn(bytes, start)) return false;
				break;
			}
			let at = start + secondsLength;
			let nanos = 0;
			if (bytes[at] === 0x2e) {
				let digits = 0;
				for (at++; at < end && digits < 9 && isDigit(bytes[at]); at++, digits++) nanos = nanos * 10 + (bytes[at] as number) - 0x30;
				if (digits === 0) return false;
				nanos *= powers[9 - digits] as number;
			}
			let second = knownSecond;
			if (bytes[at] === 0x5a) at++;
			else {
				const offset = parseOffset(ascii(bytes, at, Math.min(end, at + 6)));
				if (offset === undefined) return false;
				second -= offset;
				at += 6;
			}
			if (at < end && bytes[at] !== 0x20) return false;
			reader.second = second;
			reader.nanos = nanos;
			reader.textStart = Math.min(end, at + 1);
			return true;
		},
	};
	return reader;
}
