import type {HttpAnswer} from '../ports.ts';

/** An answer for the report: bodies may be long, and may hold what belongs into no file. */
export function withoutBody({body: _body, ...answer}: HttpAnswer): Omit<HttpAnswer, 'body'> {
	return answer;
}
