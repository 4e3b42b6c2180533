import * as z from 'zod';

const unitMs = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000} as const;

export const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** `90s`, `15m`, `36h`, `7d` as milliseconds; undefined where it is no duration. */
export function parseDuration(text: string): number | undefined {
	const match = durationPattern.exec(text);
	return match ? Number(match[1]) * unitMs[match[2] as keyof typeof unitMs] : undefined;
}

const phrase = 'a duration such as 90s, 15m, 36h or 7d';

/** A duration in rounds.yaml; milliseconds once parsed. */
export const duration = z
	.string(phrase)
	.regex(durationPattern, phrase)
	.transform((text) => parseDuration(text) ?? 0);
