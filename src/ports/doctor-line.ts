import type {Status} from '../base/status.ts';

/** One line of `rounds doctor`. */
export interface DoctorLine {
	readonly subject: string;
	readonly status: Status;
	readonly text: string;
	readonly advice?: string;
}
