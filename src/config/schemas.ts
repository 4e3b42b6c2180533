/** The JSON Schemas that ship in the package, by file name; the build writes them. */
import * as z from 'zod';
import {reportSchema} from '../checks/kit/report-schema.ts';
import {jsonSchema} from './json-schema.ts';

/** Fresh objects, ready for JSON. */
export function schemas(): Readonly<Record<string, object>> {
	return {'rounds.schema.json': jsonSchema(), 'report.schema.json': z.toJSONSchema(reportSchema, {target: 'draft-7'})};
}
