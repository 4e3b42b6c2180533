/** The simulated company in a process of its own, so that its work is not counted as the product's. Prints one JSON line, then stays. */
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {type CompanyOptions, startCompany} from '../../src/demo/company/company.ts';

/** What of the company's options a bench chooses. */
export type CompanySize = Partial<Omit<CompanyOptions, 'clock' | 'directory'>>;

const size: CompanySize = JSON.parse(process.argv[2] ?? '{}');
const company = await startCompany({scenario: 'morning', ...size, clock: systemClock});
const {configPath, kubeconfigPath, environment, directory, world} = company;
process.stdout.write(`${JSON.stringify({configPath, kubeconfigPath, environment, directory, startedAt: world.story.startedAt})}\n`);
process.on('SIGTERM', () => void company.close().then(() => process.exit(0)));
