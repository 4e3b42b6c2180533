/** What a new ops log begins with. */
export const header: readonly string[] = [
	'# Ops log',
	'',
	'One line per round: date, service/environment, operator, status, what each check found, anomalies, time taken.',
	'',
];
