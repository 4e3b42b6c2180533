import * as z from 'zod';
import {durationPattern, parseDuration} from './times.ts';

const phrase = 'a duration such as 90s, 15m, 36h or 7d';

/** A duration in rounds.yaml; milliseconds once parsed. */
export const duration = z
	.string(phrase)
	.regex(durationPattern, phrase)
	.transform((text) => parseDuration(text) ?? 0);
